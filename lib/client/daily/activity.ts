// What concerns a person across all places, as this device hears of it: mentions, reactions, answers in his threads.
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { ActivityItem, ActivityView } from "@/lib/client/api/daily/activity.ts";
import { isMentioned } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { sortable } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { KeptMessages } from "./messages.ts";
import { type OwnPages, ownValues } from "./own.ts";

const TABLE = "activity";
/** Seen up to this time, on all devices. */
const SEEN = "activity-seen";
const MOST = 300;

type Stored = { id: string; what: string; ch: string; ev: string; by: string; at: number; emoji: string };
type Entry = Omit<ActivityItem, "message" | "fresh">;

const keyOf = (entry: Entry) => `${sortable(Math.floor(entry.at / 1000))} ${entry.id}`;

export class Activity {
  readonly #account: Parts;
  readonly #own: OwnPages;
  readonly #messages: KeptMessages;
  readonly #entries = new Map<EventId, Entry>();

  constructor(account: Parts, own: OwnPages, messages: KeptMessages) {
    this.#account = account;
    this.#own = own;
    this.#messages = messages;
  }

  async load(): Promise<void> {
    const rows = await this.#account.vault.scan<Stored & Cbor>(TABLE, { limit: MOST, reverse: true });
    for (const { value } of rows) {
      const entry = parseEntry(value);
      this.#entries.set(entry.id, entry);
    }
  }

  view(): ActivityView {
    const seen = this.#seen();
    const items = [...this.#entries.values()]
      .sort((a, b) => b.at - a.at)
      .map((entry): ActivityItem => {
        const message = this.#messages.get(entry.channel, entry.event);
        return { ...entry, message, fresh: entry.at > seen };
      })
      .filter(({ message }) => message?.deleted !== true);
    return { items, fresh: items.filter((one) => one.fresh).length };
  }

  /** A count without the messages themselves, for badges. */
  fresh(): number {
    const seen = this.#seen();
    return [...this.#entries.values()].filter(({ at }) => at > seen).length;
  }

  async mark(): Promise<void> {
    const newest = Math.max(0, ...[...this.#entries.values()].map(({ at }) => at));
    if (newest > this.#seen()) await this.#own.say<"setting">({ k: "setting", key: SEEN, value: String(newest) });
  }

  /** Looks at what came; what it is about may lie outside of memory, so that this takes a moment. */
  async heard(records: readonly EventRecord[]): Promise<void> {
    const found: Entry[] = [];
    for (const record of records) {
      const entry = await this.#concerns(record);
      if (entry !== null && !this.#entries.has(entry.id)) found.push(entry);
      if (record.content?.k === "reaction" && !record.content.on) await this.#takenBack(record);
    }
    if (found.length === 0) return;
    for (const entry of found) this.#entries.set(entry.id, entry);
    await this.#account.vault.write(
      found.map((entry) => ({ op: "put", table: TABLE, key: keyOf(entry), value: formatEntry(entry) })),
    );
    await this.#shorten();
    this.#account.changed({ topic: "activity" });
  }

  async #concerns(record: EventRecord): Promise<Entry | null> {
    const { me } = this.#account;
    const { content, user, channel, id } = record;
    if (record.status !== "opened" || user === null || user === me) return null;
    if (record.n < this.#account.memberSince(channel)) return null;
    const base = { id, channel, by: user, at: record.receivedAt, emoji: "" };
    if (content?.k === "message") {
      if (isMentioned(me, content.text, content.mentions)) return { ...base, what: "mention", event: id };
      const mine = content.thread !== null && (await this.#isMine(channel, content.thread));
      return mine ? { ...base, what: "reply", event: id } : null;
    }
    if (content?.k !== "reaction" || !content.on || !(await this.#isMine(channel, content.target.id))) return null;
    return { ...base, what: "reaction", event: content.target.id, emoji: content.emoji };
  }

  async #isMine(channel: ChannelId, event: EventId): Promise<boolean> {
    const { log, me } = this.#account;
    return (log.find(channel, event) ?? (await log.byId(channel, event)))?.user === me;
  }

  async #takenBack({ content, user }: EventRecord): Promise<void> {
    if (content?.k !== "reaction") return;
    const gone = [...this.#entries.values()].filter(
      (one) =>
        one.what === "reaction" && one.by === user && one.event === content.target.id && one.emoji === content.emoji,
    );
    await this.#drop(gone);
  }

  async #shorten(): Promise<void> {
    const old = [...this.#entries.values()].sort((a, b) => b.at - a.at).slice(MOST);
    await this.#drop(old);
  }

  async #drop(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    for (const entry of entries) this.#entries.delete(entry.id);
    await this.#account.vault.write(entries.map((entry) => ({ op: "delete", table: TABLE, key: keyOf(entry) })));
    this.#account.changed({ topic: "activity" });
  }

  #seen(): number {
    return Number(ownValues(this.#account, "setting").get(SEEN)?.value ?? 0);
  }
}

function formatEntry({ id, what, channel, event, by, at, emoji }: Entry): Stored {
  return { id, what, ch: channel, ev: event, by, at, emoji };
}

function parseEntry({ id, what, ch, ev, by, at, emoji }: Stored): Entry {
  return {
    id: id as EventId,
    what: what as Entry["what"],
    channel: ch as ChannelId,
    event: ev as EventId,
    by: by as UserId,
    at,
    emoji,
  };
}
