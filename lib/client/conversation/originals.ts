// Single messages by their ids, wherever they lie: with everything that is about them, read once and kept while true.
import { compare, equal } from "@/lib/base/bytes.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Follower, Parts } from "@/lib/client/account/parts.ts";
import { storedAbout, subjectOf } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { VaultOp } from "@/lib/client/vault.ts";

const MOST = 2_000;

/** A stored message, and the stored events about it, in the channel's order. */
export type Original = { readonly record: EventRecord; readonly about: readonly EventRecord[] };

type Entry = {
  /** undefined while it is read; null: this device holds nothing under that id that its person may read */
  found: Original | null | undefined;
  /** channels whose screens were told of it */
  readonly viewers: Set<ChannelId>;
};

/** What a message said, oldest first, with the position of each word of its author. */
export type Said = { readonly text: string; readonly at: number };

export class Originals implements Follower {
  readonly #account: Parts;
  readonly #entries = new Map<string, Entry>();
  /** deletions that came and were not gone through yet, also in channels that no screen has loaded */
  #deletions: EventRecord[] = [];

  constructor(account: Parts) {
    this.#account = account;
  }

  /** What is known at once; undefined: it is being read, and `viewer` is drawn anew when it is. */
  peek(channel: ChannelId, id: EventId, viewer: ChannelId): Original | null | undefined {
    const key = `${channel}/${id}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.viewers.add(viewer);
      // Whoever was put out of a channel since reads nothing more of it here.
      return this.#account.channels().includes(channel) ? known.found : null;
    }
    if (this.#entries.size >= MOST) this.#entries.clear();
    const entry: Entry = { found: undefined, viewers: new Set([viewer]) };
    this.#entries.set(key, entry);
    void this.#fill(entry, channel, id);
    return undefined;
  }

  /** The message from the store, now. Null: not here, or not this person's to read. */
  async read(channel: ChannelId, id: EventId): Promise<Original | null> {
    const account = this.#account;
    if (!account.channels().includes(channel)) return null;
    const record = await account.log.byId(channel, id);
    if (record === undefined || record.status === "refused") return null;
    return { record, about: await storedAbout(account.vault, channel, id) };
  }

  start(): void {
    this.#entries.clear();
  }

  stop(): void {
    this.#entries.clear();
  }

  arrived(): VaultOp[] {
    return [];
  }

  /** Stored records that are new or changed: what was read of them is no longer true. */
  shown(_: ChannelId, records: readonly EventRecord[]): void {
    for (const record of records) {
      if (record.content?.k === "delete") this.#deletions.push(record);
      for (const id of [record.id, subjectOf(record.content)]) {
        const key = `${record.channel}/${id}`;
        const entry = id === null ? undefined : this.#entries.get(key);
        if (entry === undefined || id === null) continue;
        this.#entries.delete(key);
        this.#tell(entry);
      }
    }
  }

  /** Deletions of a channel that came since the last time. */
  takeDeletions(channel: ChannelId): EventRecord[] {
    const taken = this.#deletions.filter((one) => one.channel === channel);
    this.#deletions = this.#deletions.filter((one) => one.channel !== channel);
    return taken;
  }

  async #fill(entry: Entry, channel: ChannelId, id: EventId): Promise<void> {
    try {
      entry.found = await this.read(channel, id);
    } catch {
      // The vault was shut meanwhile: whoever asks again reads again.
      this.#entries.delete(`${channel}/${id}`);
      return;
    }
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    for (const channel of entry.viewers) this.#account.changed({ channel });
  }
}

/** Everything its author made it say, oldest first; the last one is what it says now (M7, M8). Empty once it is gone. */
export function versionsOf({ record, about }: Original): Said[] {
  const { content, hash } = record;
  if (content?.k === "poll") return [{ text: content.question, at: record.sentAt }];
  if (content?.k !== "message" || hash === null) return [];
  const edits = about.flatMap((one) =>
    one.content?.k === "edit" && one.user === record.user && one.hash !== null && equal(one.content.target.hash, hash)
      ? [{ rev: one.content.rev, hash: one.hash, text: one.content.text, at: one.sentAt }]
      : [],
  );
  edits.sort((a, b) => a.rev - b.rev || compare(a.hash, b.hash));
  return [{ text: content.text, at: record.sentAt }, ...edits.map(({ text, at }) => ({ text, at }))];
}
