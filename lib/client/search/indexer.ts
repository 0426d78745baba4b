// Brings the index up to what the vault holds: what came last first, then back in time, a batch at a time.
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { deletes } from "@/lib/client/account/deletions.ts";
import { storedAt, storedBeside, storedRecord } from "@/lib/client/events/lookup.ts";
import { aboutOps, storedAbout, subjectOf, subjectsIn } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import { covers, isDark, isTaken, joined, withDark } from "@/lib/client/search/share/covers.ts";
import type { Distant } from "@/lib/client/search/share/distant.ts";
import { FRESH, type Shelf } from "@/lib/client/search/shelf/shelf.ts";
import type { Cover } from "@/lib/client/search/shelf/store.ts";
import { emptied } from "@/lib/client/threads/kin.ts";
import { retentions } from "@/lib/proof/queries.ts";
import { docOf, isMessage, readable } from "./docs.ts";

const BATCH = 200;
/** Messages of a channel that are taken in at once when it is first seen. */
const FIRST = 50;
/** Deletions in a row leave the disk together. */
const PURGE_MS = 3_000;
const DAY_MS = 86_400_000;
const AGAIN_MS = 60_000;

export class Indexer {
  readonly #account: Account;
  readonly #shelf: Shelf;
  readonly #distant: Distant;
  readonly #breathe: () => Promise<void>;
  readonly #changed: () => void;
  /** by channel, ids of which a stored event speaks: only these have to be looked up on the way back */
  readonly #subjects = new Map<ChannelId, Set<EventId>>();
  /** places in the index whose message is another one now */
  readonly #again = new Map<ChannelId, Set<number>>();
  /** searches bring the index up to date too: one at a time, else a message would be in it twice */
  readonly #turn = new Mutex();
  #running: Promise<void> | null = null;
  #asked = false;
  #stopped = false;
  /** whether what is in the index was compared with what is stored */
  #looked = false;
  #cancel: (() => void) | null = null;
  fault: FaultCode | null = null;

  constructor(account: Account, shelf: Shelf, distant: Distant, changed: () => void) {
    this.#account = account;
    this.#shelf = shelf;
    this.#distant = distant;
    this.#breathe = account.ports.breathe;
    this.#changed = changed;
  }

  /** Something came, or what was there is no longer: the index follows in the background. */
  poke(): void {
    this.#asked = true;
    if (this.#stopped || this.#running !== null || this.fault !== null) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#asked) this.poke();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Resolves when all that is stored is in the index, or cannot be now. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** Records of a channel were stored anew: what lies inside of the index is another message now, or none. */
  heard(channel: ChannelId, records: readonly EventRecord[]): void {
    const cover = this.#shelf.cover(channel);
    if (cover === undefined) return;
    for (const { pos, status } of records) {
      this.#distant.forget(channel, pos);
      if (status === "waiting" || !covers(cover, pos)) continue;
      // Another device of this person read it and what changed it: only that it is gone is news.
      if (status === "opened" && isTaken(cover, pos) && !isDark(cover, pos)) continue;
      this.#queue(channel, pos);
    }
  }

  /** A message found in the index that is not there any more. */
  stray(channel: ChannelId, pos: number): void {
    this.#queue(channel, pos);
    this.poke();
  }

  /** Takes in what came since the last time; quick, however long the way back still is. */
  async forward(): Promise<void> {
    await this.#turn.run(async () => {
      for (const channel of this.#account.channels()) {
        await this.#forward(channel);
        await this.#rebuild(channel);
      }
    });
  }

  /** Does something with the index when all that came is in it and on the disk, and nothing else changes it. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return await this.#turn.run(async () => {
      await this.#compare();
      await this.#expire();
      for (const channel of this.#account.channels()) {
        await this.#forward(channel);
        await this.#rebuild(channel);
      }
      await this.#save();
      return await work();
    });
  }

  /** Messages that were just taken over and read otherwise now. */
  readAgain(channel: ChannelId, places: Iterable<number>): void {
    for (const pos of places) this.#putOff(channel, pos);
  }

  async #run(): Promise<void> {
    this.#asked = false;
    try {
      await this.#turn.run(() => this.#compare());
      for (;;) {
        if (this.#stopped) return;
        await this.forward();
        const channel = this.#nextBack();
        if (channel === undefined) break;
        await this.#turn.run(() => this.#back(channel));
        await this.#breathe();
        this.#changed();
      }
      await this.#readAfar();
      if (this.#shelf.unclean) this.#later(PURGE_MS, () => void this.clean().catch(() => undefined));
      this.#told(null);
    } catch (thrown) {
      await this.#failed(thrown);
    }
  }

  /** Writes what is in memory, and leaves no word on the disk of what is gone. */
  async clean(): Promise<void> {
    try {
      await this.#turn.run(async () => {
        await this.#expire();
        await this.#save();
      });
      this.#told(null);
    } catch (thrown) {
      await this.#failed(thrown);
      throw thrown;
    }
  }

  async #save(): Promise<void> {
    await this.#shelf.save();
    await this.#shelf.tend();
  }

  async #failed(thrown: unknown): Promise<void> {
    if (this.#stopped) return;
    if (await this.#shelf.survive(thrown).catch(() => false)) {
      this.#asked = true;
      return;
    }
    this.#told(asFault(thrown).code);
    this.#later(AGAIN_MS, () => {
      this.fault = null;
      this.poke();
    });
  }

  #told(code: FaultCode | null): void {
    this.fault = code;
    this.#changed();
  }

  #later(ms: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#account.ports.clock.after(ms, run);
  }

  /** What is stored no longer leaves the index; what could not be read and can now comes in. */
  async #compare(): Promise<void> {
    if (this.#looked) return;
    this.#looked = true;
    const { vault } = this.#account;
    for (const [name, cover] of this.#shelf.covered()) {
      const channel = name as ChannelId;
      const [first] = await storedBeside(vault, channel, { after: 0 }, 1);
      const low = first?.pos ?? cover.high + 1;
      if (low <= Math.max(cover.low, cover.taken + 1)) continue;
      await this.#shelf.remove(channel, ({ pos }) => pos < low);
      const dark = cover.dark.filter((pos) => pos >= low);
      this.#shelf.setCover(channel, { ...cover, low, dark, taken: 0, far: null });
    }
    await this.#expire();
    for (const [channel, { dark }] of this.#shelf.covered())
      for (const pos of dark) {
        const record = await storedAt(vault, channel as ChannelId, pos);
        if (record === undefined || record.status !== "waiting") this.#queue(channel as ChannelId, pos);
      }
  }

  /** What a channel no longer keeps may have left the vault when a crash came before its words left the index (E9). */
  async #expire(): Promise<void> {
    for (const { channel, days } of retentions(this.#account.state)) {
      const before = this.#account.ports.clock.now() - days * DAY_MS;
      await this.#shelf.remove(channel, ({ at }) => at < before);
    }
  }

  async #forward(channel: ChannelId): Promise<void> {
    const { high } = this.#account.log.mark(channel);
    if (high === 0) return;
    let cover = this.#shelf.cover(channel);
    if (cover === undefined) {
      cover = { low: high + 1, high, lowAt: Number.MAX_SAFE_INTEGER, dark: [], taken: 0, far: null };
      this.#shelf.setCover(channel, cover);
      // What was said last is found from the first search on.
      await this.#back(channel, FIRST);
      cover = this.#shelf.cover(channel) ?? cover;
    }
    while (cover.high < high) {
      const records = await storedBeside(this.#account.vault, channel, { after: cover.high }, BATCH);
      const last = records.at(-1)?.pos ?? high;
      for (const record of records) this.#take(record, []);
      cover = { ...cover, high: last, dark: [...cover.dark, ...this.#dark(records)] };
      this.#shelf.setCover(channel, cover);
      for (const record of records) await this.#speaks(record, cover);
      await this.#rebuild(channel);
      if (this.#shelf.fresh >= FRESH) await this.#save();
    }
  }

  /** The channel whose way back has come least far. */
  #nextBack(): ChannelId | undefined {
    let next: { channel: ChannelId; at: number } | undefined;
    for (const channel of this.#account.channels()) {
      const cover = this.#shelf.cover(channel);
      if (cover === undefined || cover.low <= this.#account.log.mark(channel).low) continue;
      if (next === undefined || cover.lowAt > next.at) next = { channel, at: cover.lowAt };
    }
    return next?.channel;
  }

  async #back(channel: ChannelId, count = BATCH): Promise<void> {
    const { vault, log } = this.#account;
    const cover = this.#shelf.cover(channel);
    if (cover === undefined) return;
    const subjects = this.#subjects.get(channel) ?? (await subjectsIn(vault, channel));
    this.#subjects.set(channel, subjects);
    const { far } = cover;
    const before = await storedBeside(vault, channel, { before: cover.low }, count);
    const records = before.filter(({ pos }) => pos > (far?.high ?? 0));
    // Vaults of earlier versions do not say of whom an event speaks: from here on they do.
    await vault.write(records.flatMap(aboutOps));
    for (const record of records) {
      const subject = record.status === "opened" ? subjectOf(record.content) : null;
      if (subject !== null) subjects.add(subject);
    }
    for (const record of records) {
      const spoken = subjects.has(record.id) && isMessage(record.content);
      const said = spoken ? await storedAbout(vault, channel, record.id) : [];
      this.#take(record, said);
      for (const one of said) await this.#forgets(one, record);
    }
    const next = {
      ...cover,
      low: Math.min(cover.low, records[0]?.pos ?? log.mark(channel).low),
      lowAt: Math.min(cover.lowAt, records[0]?.receivedAt ?? cover.lowAt),
      dark: [...this.#dark(records), ...cover.dark],
    };
    this.#shelf.setCover(channel, joined(next, records.length < before.length));
    if (this.#shelf.fresh >= FRESH) await this.#save();
  }

  #dark(records: readonly EventRecord[]): number[] {
    return records.filter(({ status }) => status === "waiting").map(({ pos }) => pos);
  }

  #take(record: EventRecord, said: readonly EventRecord[]): void {
    const read = readable(this.#account, record, said);
    if (read !== null) this.#shelf.add(docOf(read));
  }

  /** What an event says of an earlier message that is in the index: that one is read again. */
  async #speaks(record: EventRecord, cover: Cover): Promise<void> {
    const subject = record.status === "opened" ? subjectOf(record.content) : null;
    if (subject === null) return;
    this.#subjects.get(record.channel)?.add(subject);
    const target = await storedRecord(this.#account.vault, record.channel, subject);
    if (target === undefined) await this.#speaksAfar(record);
    else await this.#forgets(record, target);
    if (target !== undefined && target.pos >= cover.low && target.pos <= cover.high)
      this.#queue(record.channel, target.pos);
  }

  /** What a deletion takes leaves this device also where nobody looks at its channel (M8). */
  async #forgets(record: EventRecord, target: EventRecord): Promise<void> {
    const { log, state, vault } = this.#account;
    if (target.status !== "opened" || !deletes(state, record, target)) return;
    await log.replace(emptied(target));
    for (const file of await storedAbout(vault, target.channel, target.id))
      if (file.content?.k === "file" && file.user === target.user) await log.replace(emptied(file));
  }

  async #rebuild(channel: ChannelId): Promise<void> {
    const places = this.#again.get(channel);
    this.#again.delete(channel);
    for (const pos of places ?? []) {
      const { vault } = this.#account;
      const record = await storedAt(vault, channel, pos);
      const held = this.#shelf.cover(channel);
      if (record === undefined && held !== undefined && isTaken(held, pos)) {
        this.#putOff(channel, pos);
        continue;
      }
      const said = record === undefined ? [] : await storedAbout(vault, channel, record.id);
      const read = record === undefined ? null : readable(this.#account, record, said);
      await this.#shelf.replace(channel, pos, read === null ? null : docOf(read));
      const cover = this.#shelf.cover(channel);
      if (cover?.dark.includes(pos) && record?.status !== "waiting")
        this.#shelf.setCover(channel, { ...cover, dark: cover.dark.filter((one) => one !== pos) });
      // A subject that came out of the dark speaks now.
      if (record !== undefined && cover !== undefined) await this.#speaks(record, cover);
    }
  }

  /** A message that was taken over and is not stored is another one now, or none. */
  async #speaksAfar(record: EventRecord): Promise<void> {
    const { channel } = record;
    const subject = await this.#distant.subject(record);
    const cover = this.#shelf.cover(channel);
    if (subject === undefined || cover === undefined || !isTaken(cover, subject)) return;
    const row = await this.#shelf.row(channel, subject);
    // It leaves at once; reading it again shows whether it was meant.
    if (row !== undefined && this.#distant.deletes(record, row)) await this.#shelf.replace(channel, subject, null);
    if (row !== undefined || isDark(cover, subject)) this.#putOff(channel, subject);
  }

  /** It is read again when the server can be asked for it; until then it is found as it was. */
  #putOff(channel: ChannelId, pos: number): void {
    const cover = this.#shelf.cover(channel);
    this.#distant.put(channel, pos);
    if (cover !== undefined && !isDark(cover, pos))
      this.#shelf.setCover(
        channel,
        withDark(cover, (dark) => [...dark, pos]),
      );
  }

  async #readAfar(): Promise<void> {
    for (const { channel, pos, read } of await this.#distant.read())
      await this.#turn.run(async () => {
        // What came meanwhile is stored, and was read from there.
        if ((await storedAt(this.#account.vault, channel, pos)) === undefined)
          await this.#shelf.replace(channel, pos, read === null ? null : docOf(read));
        const cover = this.#shelf.cover(channel);
        if (cover !== undefined)
          this.#shelf.setCover(
            channel,
            withDark(cover, (dark) => dark.filter((one) => one !== pos)),
          );
      });
  }

  #queue(channel: ChannelId, pos: number): void {
    const places = this.#again.get(channel) ?? new Set<number>();
    this.#again.set(channel, places.add(pos));
  }
}
