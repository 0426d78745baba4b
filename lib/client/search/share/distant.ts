// Messages that are in the index and not stored here: what speaks of them, and what they say when they are asked for.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import { subjectOf, wordsIn } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Readable } from "@/lib/client/search/docs.ts";
import type { Row } from "@/lib/client/search/shelf/doc.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import { Glimpses } from "./glimpse.ts";
import { TakenIds } from "./ids.ts";

/** Kinds that change the words of a message, or its being there. */
const CHANGES: ReadonlySet<string> = new Set(["edit", "delete", "file", "unsent"]);

/** The message whose words an event changes; null: it changes none. */
export function changedBy({ status, content }: EventRecord): EventId | null {
  return status === "opened" && content !== null && CHANGES.has(content.k) ? subjectOf(content) : null;
}

type Again = { readonly channel: ChannelId; readonly pos: number };

export class Distant {
  readonly ids: TakenIds;
  readonly glimpses: Glimpses;
  readonly #account: Account;
  readonly #again = new Map<string, Again>();

  constructor(account: Account) {
    this.#account = account;
    this.ids = new TakenIds(account.vault);
    this.glimpses = new Glimpses(account);
  }

  forget(channel: ChannelId, pos: number): void {
    this.glimpses.forget(channel, pos);
  }

  /** The place of the message that an event changes; undefined: it changes none that was taken over. */
  async subject(record: EventRecord): Promise<number | undefined> {
    const id = changedBy(record);
    return id === null ? undefined : await this.ids.place(record.channel, id);
  }

  /** Stored events after a place that change messages which were taken over. */
  async spoken(channel: ChannelId, since: number): Promise<EventRecord[]> {
    const words = await wordsIn(this.#account.vault, channel);
    const later = words.filter(({ pos }) => pos > since);
    const records = await Promise.all(later.map(({ pos }) => storedAt(this.#account.vault, channel, pos)));
    return records.filter((record) => record !== undefined);
  }

  /**
   * Whether this deletion takes a message of which nothing but its row is here (M8). That it names the right hash cannot
   * be seen here.
   */
  deletes(record: EventRecord, { author, channel }: Row): boolean {
    if (record.content?.k !== "delete" || record.user === null) return false;
    const by = { user: record.user, author: author as typeof record.user, channel: channel as ChannelId };
    return mayDelete(this.#account.state, by, record.n) === null;
  }

  /** A message has to be read again. */
  put(channel: ChannelId, pos: number): void {
    this.#again.set(`${channel}/${pos}`, { channel, pos });
  }

  /** Those that could be read; the others wait for the next time. */
  async read(): Promise<(Again & { readonly read: Readable | null })[]> {
    const done: (Again & { readonly read: Readable | null })[] = [];
    if (this.#account.live.connection !== "online") return done;
    for (const [name, one] of [...this.#again]) {
      try {
        this.forget(one.channel, one.pos);
        done.push({ ...one, read: await this.glimpses.read(one.channel, one.pos) });
        this.#again.delete(name);
      } catch {
        break;
      }
    }
    return done;
  }
}
