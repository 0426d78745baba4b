// Messages that a list outside their channel shows: looked up once, kept while they are asked for, anew when they changed.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { KeptMessage } from "@/lib/client/api/daily/keeping.ts";
import { type Original, type Originals, versionsOf } from "@/lib/client/conversation/originals.ts";
import { subjectOf } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";

const MOST = 2_000;

/** The part of an account that reads single messages. */
export type Reading = Parts & { readonly originals: Pick<Originals, "read"> };

export class KeptMessages {
  readonly #account: Reading;
  readonly #known = new Map<string, KeptMessage | null>();
  readonly #asked = new Set<string>();
  readonly #changed: () => void;

  constructor(account: Reading, changed: () => void) {
    this.#account = account;
    this.#changed = changed;
  }

  /** Null while it is looked up, and where this device holds nothing that its person may read. */
  get(channel: ChannelId, event: EventId): KeptMessage | null {
    if (!this.#account.channels().includes(channel)) return null;
    const key = `${channel}/${event}`;
    if (!this.#known.has(key) && !this.#asked.has(key))
      void this.#ask(key, channel, event).catch(() => this.#asked.delete(key));
    return this.#known.get(key) ?? null;
  }

  async #ask(key: string, channel: ChannelId, event: EventId): Promise<void> {
    this.#asked.add(key);
    if (this.#known.size >= MOST) this.#known.clear();
    const original = await this.#account.originals.read(channel, event);
    // Something came that changes it: the next one who asks reads anew.
    if (!this.#asked.delete(key)) return;
    this.#known.set(key, original === null ? null : keptOf(original));
    this.#changed();
  }

  /** What comes may be a message that was asked for, or about one. */
  heard(records: readonly EventRecord[]): void {
    for (const record of records)
      for (const id of [record.id, subjectOf(record.content)]) {
        if (id === null) continue;
        this.#known.delete(`${record.channel}/${id}`);
        this.#asked.delete(`${record.channel}/${id}`);
      }
  }
}

function keptOf(original: Original): KeptMessage | null {
  const { user, sentAt, status } = original.record;
  if (user === null) return null;
  const text = versionsOf(original).at(-1)?.text;
  return { author: user, text: text ?? "", sentAt, deleted: status === "gone" };
}
