// The loaded end of one thread: its root with all that was said of it, and the newest replies with theirs, wherever they lie in the channel.
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import { storedAbout, subjectOf } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { insert, type Window } from "@/lib/client/events/window.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { type Kin, rootOf } from "./kin.ts";

const FACES = 3;

export class Stretch {
  readonly channel: ChannelId;
  readonly root: EventId;
  /** all replies that stand in the thread, the loaded and the others */
  count = 0;
  lastAt = 0;
  faces: readonly UserId[] = [];
  hasOlder = false;
  loaded = false;
  readonly #window: Window = { records: [], byId: new Map() };
  /** every reply that was counted */
  readonly #counted = new Set<EventId>();
  /** the place of the oldest reply that is loaded */
  #from = Number.POSITIVE_INFINITY;

  constructor(channel: ChannelId, root: EventId) {
    this.channel = channel;
    this.root = root;
  }

  get records(): readonly EventRecord[] {
    return this.#window.records;
  }

  find(id: EventId): EventRecord | undefined {
    return this.#window.byId.get(id);
  }

  /** How many replies are loaded. */
  get replies(): number {
    return this.#window.records.filter((record) => rootOf(record.content) === this.root).length;
  }

  /** Loads the root and as many of the newest replies; more than before where `most` grew. */
  async load(vault: Vault, rows: readonly Kin[], root: EventRecord | undefined, most: number): Promise<void> {
    const replies = rows.filter((row) => row.t === "reply");
    const shown = replies.slice(-most).filter((row) => !this.#has(row.pos));
    const wholes = await Promise.all(
      shown.map(async ({ id, pos }) => [
        await storedAt(vault, this.channel, pos),
        ...(await storedAbout(vault, this.channel, id)),
      ]),
    );
    const ofRoot = root === undefined ? [] : [root, ...(await storedAbout(vault, this.channel, this.root))];
    // What arrived meanwhile is newer than what was read.
    for (const record of [...ofRoot, ...wholes.flat()])
      if (record !== undefined && !this.#has(record.pos)) insert(this.#window, record);
    this.#from = Math.min(this.#from, shown[0]?.pos ?? Number.POSITIVE_INFINITY);
    this.hasOlder = replies.length > most;
    this.loaded = true;
  }

  /** The replies that stand, as they were counted; what comes then is added. */
  counted(replies: readonly Kin[]): void {
    this.count = replies.length;
    this.lastAt = replies.at(-1)?.at ?? 0;
    this.faces = facesOf(replies, FACES);
    for (const { id } of replies) this.#counted.add(id);
  }

  /** Takes what arrived or changed in the channel. */
  take(records: readonly EventRecord[]): void {
    for (const record of records) {
      if (record.channel !== this.channel || !this.#belongs(record)) continue;
      if (rootOf(record.content) === this.root && record.status === "opened") this.#count(record);
      insert(this.#window, record);
    }
  }

  #count(record: EventRecord): void {
    if (this.#counted.has(record.id) || record.user === null) return;
    this.#counted.add(record.id);
    this.count += 1;
    this.lastAt = Math.max(this.lastAt, record.receivedAt);
    this.faces = [...new Set([record.user, ...this.faces])].slice(0, FACES);
  }

  #has(pos: number): boolean {
    return this.#window.records.some((record) => record.pos === pos);
  }

  #belongs(record: EventRecord): boolean {
    if (record.status === "refused") return false;
    if (record.id === this.root) return true;
    if (rootOf(record.content) === this.root) return !this.hasOlder || record.pos >= this.#from;
    const subject = subjectOf(record.content);
    return subject !== null ? this.find(subject) !== undefined : this.find(record.id)?.pos === record.pos;
  }
}

/** People who wrote, the newest first, each once. */
export function facesOf(replies: readonly { readonly user: UserId | null }[], most: number): UserId[] {
  const faces = new Set<UserId>();
  for (let at = replies.length - 1; at >= 0 && faces.size < most; at -= 1) {
    const user = replies[at]?.user;
    if (user !== null && user !== undefined) faces.add(user);
  }
  return [...faces];
}
