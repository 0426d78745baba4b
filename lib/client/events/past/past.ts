// Stretches of channels around old messages, apart from the newest one: what stands there, and what was said of it since.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { storedBeside } from "@/lib/client/events/lookup.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { insert, type Window } from "@/lib/client/events/window.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { storedAbout, subjectOf } from "./about.ts";

const BEFORE = 40;
const AFTER = 60;
const MORE = 100;

/** `upTo`: the last place of the stretch; what lies beyond and speaks of a message in it is in the window too. */
export type Stretch = {
  readonly window: Window;
  upTo: number;
  /** nothing is left out between the stretch and the newest event */
  whole: boolean;
  /** it is read, and shows */
  ready: boolean;
};

const nameOf = (channel: ChannelId, anchor: EventId) => `${channel}/${anchor}`;

export class Past {
  readonly #vault: Vault;
  readonly #missing = new Set<string>();
  readonly #stretches = new Map<string, { channel: ChannelId; stretch: Stretch; users: number }>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Undefined until it is read as a whole. */
  get(channel: ChannelId, anchor: EventId): Stretch | undefined {
    const stretch = this.#stretches.get(nameOf(channel, anchor))?.stretch;
    return stretch?.ready === true ? stretch : undefined;
  }

  /** There is no such message here, nor where one could get it. */
  miss(channel: ChannelId, anchor: EventId): void {
    this.#missing.add(nameOf(channel, anchor));
  }

  isMissing(channel: ChannelId, anchor: EventId): boolean {
    return this.#missing.has(nameOf(channel, anchor));
  }

  /** Loads what stands around a place, under the name of the message there. Each `open` needs its `close`. */
  async open(channel: ChannelId, anchor: EventId, pos: number): Promise<void> {
    const name = nameOf(channel, anchor);
    this.#missing.delete(name);
    const known = this.#stretches.get(name);
    if (known !== undefined) {
      known.users += 1;
      return;
    }
    const stretch: Stretch = { window: { records: [], byId: new Map() }, upTo: pos - 1, whole: false, ready: false };
    this.#stretches.set(name, { channel, stretch, users: 1 });
    await this.#put(channel, stretch, await storedBeside(this.#vault, channel, { before: pos }, BEFORE));
    await this.#forward(channel, stretch, AFTER);
    stretch.ready = true;
  }

  /** Forgets a stretch that nobody looks at any more. */
  close(channel: ChannelId, anchor: EventId): void {
    const name = nameOf(channel, anchor);
    const known = this.#stretches.get(name);
    if (known === undefined) return;
    known.users -= 1;
    if (known.users <= 0) this.#stretches.delete(name);
  }

  /** Older stored messages in front; false when the vault has none. */
  async older(channel: ChannelId, anchor: EventId): Promise<boolean> {
    const stretch = this.get(channel, anchor);
    const first = stretch?.window.records[0];
    if (stretch === undefined || first === undefined) return false;
    const records = await storedBeside(this.#vault, channel, { before: first.pos }, MORE);
    await this.#put(channel, stretch, records);
    return records.length > 0;
  }

  /** Newer messages behind, towards the newest. */
  async newer(channel: ChannelId, anchor: EventId): Promise<void> {
    const stretch = this.get(channel, anchor);
    if (stretch !== undefined && !stretch.whole) await this.#forward(channel, stretch, MORE);
  }

  /** An event of a channel in any of its stretches. */
  find(channel: ChannelId, id: EventId): EventRecord | undefined {
    for (const { channel: of, stretch } of this.#stretches.values()) {
      const record = of === channel ? stretch.window.byId.get(id) : undefined;
      if (record !== undefined) return record;
    }
    return undefined;
  }

  /** Takes records that were just stored: what follows, what is inside, and what speaks of what is inside. */
  take(channel: ChannelId, records: readonly EventRecord[]): void {
    for (const { channel: of, stretch } of this.#stretches.values()) {
      if (of !== channel) continue;
      const first = stretch.window.records[0]?.pos ?? Number.POSITIVE_INFINITY;
      for (const record of records) {
        const subject = subjectOf(record.content);
        const speaks = subject !== null && stretch.window.byId.has(subject);
        const held = stretch.window.byId.has(record.id);
        if (record.pos > stretch.upTo ? stretch.whole : record.pos >= first) {
          insert(stretch.window, record);
          stretch.upTo = Math.max(stretch.upTo, record.pos);
        } else if (speaks || held) insert(stretch.window, record);
      }
    }
  }

  async #forward(channel: ChannelId, stretch: Stretch, count: number): Promise<void> {
    const records = await storedBeside(this.#vault, channel, { after: stretch.upTo }, count);
    if (records.length < count) stretch.whole = true;
    await this.#put(channel, stretch, records);
    stretch.upTo = Math.max(stretch.upTo, records.at(-1)?.pos ?? 0);
  }

  async #put(channel: ChannelId, stretch: Stretch, records: readonly EventRecord[]): Promise<void> {
    const said = await Promise.all(records.map(({ id }) => storedAbout(this.#vault, channel, id)));
    for (const record of [...records, ...said.flat()]) insert(stretch.window, record);
  }
}
