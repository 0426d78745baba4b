// What authors name as newest against what is held here: an event left out, or shown to them with another content (PROTOCOL M3, MS-12).
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Opened } from "./inbox.ts";
import { type EventRecord, IDS, type IdEntry } from "./records.ts";

const RECENT = 2000;

export class Prevs {
  readonly #vault: Vault;
  readonly #fault: (code: FaultCode, channel: ChannelId, record: EventRecord) => void;
  /** hashes of events that came last, so that prevs are rarely looked up on disk */
  readonly #recent = new Map<ChannelId, Map<EventId, Uint8Array | null>>();

  constructor(vault: Vault, fault: (code: FaultCode, channel: ChannelId, record: EventRecord) => void) {
    this.#vault = vault;
    this.#fault = fault;
  }

  /**
   * Whoever holds a channel from its start must hold every event that an author names; one lacking was left out. One
   * that is held with another hash was shown to the author with another content (M3, MS-12).
   */
  async check(
    channel: ChannelId,
    records: readonly EventRecord[],
    stated: readonly Opened[],
    whole: boolean,
  ): Promise<void> {
    const here = this.#recent.get(channel) ?? new Map<EventId, Uint8Array | null>();
    this.#recent.set(channel, here);
    for (const record of records) if (record.status !== "refused") here.set(record.id, record.hash);
    for (const { record, prevs } of stated) {
      for (const prev of prevs) {
        const hash = here.has(prev.id) ? here.get(prev.id) : await this.#hashOf(channel, prev.id);
        if (hash === undefined && whole) this.#fault("event/hole", channel, record);
        if (hash instanceof Uint8Array && !equal(hash, prev.hash)) this.#fault("event/equivocation", channel, record);
      }
    }
    for (const id of [...here.keys()].slice(0, Math.max(0, here.size - RECENT))) here.delete(id);
  }

  /** The hash of an event held here; null while it is not verified; undefined when it is not here. */
  async #hashOf(channel: ChannelId, id: EventId): Promise<Uint8Array | null | undefined> {
    const entry = await this.#vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
    return entry?.h;
  }
}
