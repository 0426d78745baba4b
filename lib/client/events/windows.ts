// The loaded stretches of the channels: each is filled out of sight, and shows once it is whole (PROTOCOL M7).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { EventRecord } from "./records.ts";
import { insert, type Window } from "./window.ts";

type Filling = { readonly arrived: EventRecord[]; readonly done: Promise<void> };

/** What came after a stretch began goes in; what lies before it comes with an older page. */
function add(window: Window, records: readonly EventRecord[]): void {
  const oldest = window.records[0]?.pos ?? 0;
  for (const record of records) if (record.pos >= oldest) insert(window, record);
}

export class Windows {
  readonly #shown = new Map<ChannelId, Window>();
  readonly #filling = new Map<ChannelId, Filling>();
  readonly #newest: (channel: ChannelId) => Promise<readonly EventRecord[]>;

  /** `newest` reads the newest stored stretch of a channel. */
  constructor(newest: (channel: ChannelId) => Promise<readonly EventRecord[]>) {
    this.#newest = newest;
  }

  get(channel: ChannelId): Window | undefined {
    return this.#shown.get(channel);
  }

  /** Loads a channel's newest stretch if none is loaded; rejects as the vault does, and shows what has arrived. */
  async open(channel: ChannelId): Promise<void> {
    if (this.#shown.has(channel)) return;
    const filling = this.#filling.get(channel) ?? this.#fill(channel);
    await filling.done;
  }

  /** Forgets a channel's stretch; false when none was loaded. */
  drop(channel: ChannelId): boolean {
    return this.#shown.delete(channel);
  }

  /** Puts in records that were just stored, also where a stretch is only being filled. */
  take(channel: ChannelId, records: readonly EventRecord[]): void {
    const window = this.#shown.get(channel);
    if (window !== undefined) add(window, records);
    this.#filling.get(channel)?.arrived.push(...records);
  }

  #fill(channel: ChannelId): Filling {
    const arrived: EventRecord[] = [];
    const read = async (): Promise<void> => {
      const window: Window = { records: [], byId: new Map() };
      try {
        for (const record of await this.#newest(channel)) insert(window, record);
      } finally {
        add(window, arrived);
        this.#filling.delete(channel);
        this.#shown.set(channel, window);
      }
    };
    const filling = { arrived, done: read() };
    this.#filling.set(channel, filling);
    return filling;
  }
}
