// Messages that a list outside their channel shows: looked up once, kept while they are asked for, followed as they change.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { KeptMessage } from "@/lib/client/api/daily/keeping.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";

const MOST = 2_000;

export class KeptMessages {
  readonly #account: Parts;
  readonly #known = new Map<EventId, KeptMessage | null>();
  readonly #asked = new Set<EventId>();
  readonly #changed: () => void;

  constructor(account: Parts, changed: () => void) {
    this.#account = account;
    this.#changed = changed;
  }

  /** Null while it is looked up, and where this device does not hold it. */
  get(channel: ChannelId, event: EventId): KeptMessage | null {
    const known = this.#known.get(event);
    if (known !== undefined) return known;
    if (!this.#asked.has(event)) void this.#ask(channel, event).catch(() => this.#asked.delete(event));
    return null;
  }

  async #ask(channel: ChannelId, event: EventId): Promise<void> {
    this.#asked.add(event);
    const { log } = this.#account;
    const record = log.find(channel, event) ?? (await log.byId(channel, event));
    if (this.#known.size >= MOST) this.#known.clear();
    if (record === undefined) {
      this.#asked.delete(event);
      return;
    }
    let kept = messageOf(record);
    // What was said of it since, as far as it is at hand; the rest is heard as it comes.
    for (const later of log.records(channel)) kept = after(kept, later, event);
    this.#known.set(event, kept);
    this.#changed();
  }

  #forget(event: EventId): void {
    this.#known.delete(event);
    this.#asked.delete(event);
  }

  /** What comes may be a message that was asked for, its edit or its end. */
  heard(records: readonly EventRecord[]): void {
    for (const record of records) {
      const { content } = record;
      if (content?.k === "message") this.#asked.delete(record.id);
      const target = content?.k === "edit" ? content.target.id : undefined;
      const known = target === undefined ? undefined : this.#known.get(target);
      if (target !== undefined && known !== undefined) this.#known.set(target, after(known, record, target));
      // Whether a deletion counts is the log's matter: it is asked again.
      if (content?.k === "delete") this.#forget(content.target.id);
      if (record.status === "gone") this.#forget(record.id);
    }
  }
}

function messageOf(record: EventRecord): KeptMessage | null {
  const { user, sentAt, content, status } = record;
  if (user === null || (content?.k !== "message" && status !== "gone")) return null;
  const text = content?.k === "message" ? content.text : "";
  return { author: user, text, sentAt, deleted: status === "gone" };
}

/** A message after its author's edit or a deletion; others' edits change nothing (M8). */
function after(kept: KeptMessage | null, record: EventRecord, id: EventId): KeptMessage | null {
  const { content, user } = record;
  if (kept === null || record.status !== "opened") return kept;
  if (content?.k === "edit" && content.target.id === id && user === kept.author) return { ...kept, text: content.text };
  const gone = content?.k === "delete" && content.target.id === id && user === kept.author;
  return gone ? { ...kept, text: "", deleted: true } : kept;
}
