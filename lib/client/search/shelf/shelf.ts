// The index as a whole: newest messages in memory, the rest in segments on disk, written together and never half.
import { asFault } from "@/lib/base/errors.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import { type Columns, type Doc, decodeColumns, type Row, rowAt, rowOf } from "./doc.ts";
import { match } from "./match.ts";
import { type After, byAge, fits, type Plan } from "./plan.ts";
import { type Built, buildSegment, mergeSegments, type Source } from "./segment.ts";
import { type Cover, type SegmentInfo, SegmentStore } from "./store.ts";

/** Messages in memory before they become a segment. */
export const FRESH = 2048;
/** Segments smaller than a floor's size are merged when there are this many of them. */
const FLOORS = [
  { below: 8_192, at: 8 },
  { below: 65_536, at: 8 },
] as const;
/** A share of rows that were replaced, beyond which a segment is written anew. */
const MOST_DEAD = 0.25;
const MOST_DAMAGED = 3;

export type Found = { readonly total: number; readonly rows: readonly Row[] };

const placeOf = (channel: string, pos: number) => `${channel}/${pos}`;

export class Shelf {
  readonly #vault: Vault;
  readonly #store: SegmentStore;
  readonly #breathe: () => Promise<void>;
  /** searches and changes of what there is to search go one after the other */
  readonly #turn = new Mutex();
  readonly #fresh = new Map<string, Doc>();
  readonly #dead = new Map<number, Set<number>>();
  readonly #stale = new Set<number>();
  #cover = new Map<string, Cover>();
  #segments: readonly SegmentInfo[] = [];
  #next = 1;
  #damaged = 0;
  readonly #purged: (at: number) => void;

  /** `breathe` lets others work in the middle of a long task. `purged` hears when each message came that is gone. */
  constructor(vault: Vault, breathe: () => Promise<void>, purged: (at: number) => void = () => undefined) {
    this.#vault = vault;
    this.#store = new SegmentStore(vault);
    this.#breathe = breathe;
    this.#purged = purged;
  }

  /** Reads what there is, and clears away what a crash left half written. */
  async load(): Promise<void> {
    const manifest = await this.#store.manifest();
    this.#segments = manifest?.segments ?? [];
    this.#next = manifest?.next ?? 1;
    this.#cover = new Map(manifest?.cover);
    for (const { id } of this.#segments) this.#dead.set(id, await this.#store.dead(id));
    await this.#vault.write(await this.#store.orphans(this.#segments));
  }

  cover(channel: string): Cover | undefined {
    return this.#cover.get(channel);
  }

  covered(): ReadonlyMap<string, Cover> {
    return this.#cover;
  }

  /** Says what of a channel is in the index; it is kept with the next `save`. */
  setCover(channel: string, cover: Cover): void {
    this.#cover.set(channel, cover);
  }

  /** Messages in the index. */
  get size(): number {
    return this.#segments.reduce(
      (sum, { id, count }) => sum + count - (this.#dead.get(id)?.size ?? 0),
      this.#fresh.size,
    );
  }

  get fresh(): number {
    return this.#fresh.size;
  }

  /** Whether words lie on the disk that must not. */
  get unclean(): boolean {
    return this.#segments.some(({ purge }) => purge);
  }

  /** Puts in a message whose place was never in the index. */
  add(doc: Doc): void {
    this.#fresh.set(placeOf(doc.channel, doc.pos), doc);
  }

  /** Puts a message as it is now in the place of what it was; null: it is gone, and its words leave the disk. */
  async replace(channel: string, pos: number, doc: Doc | null): Promise<void> {
    await this.#turn.run(async () => {
      this.#fresh.delete(placeOf(channel, pos));
      for (const info of this.#segments) {
        const columns = await this.#store.columns(info);
        const row = rowAt(columns, channel, pos);
        if (row !== undefined) this.#bury(info, columns, [row], doc === null);
      }
      if (doc !== null) this.add(doc);
    });
  }

  /** Takes out the messages of a channel that are gone; their words leave the disk. */
  async remove(channel: string, gone: (is: { pos: number; at: number }) => boolean): Promise<void> {
    await this.#turn.run(async () => {
      for (const [place, doc] of this.#fresh) if (doc.channel === channel && gone(doc)) this.#fresh.delete(place);
      for (const info of this.#segments) {
        const columns = await this.#store.columns(info);
        const rows = rowsOf(columns, channel, gone);
        if (rows.length > 0) this.#bury(info, columns, rows, true);
      }
    });
  }

  /** The newest messages that answer a plan, after a given one, and how many there are in all. */
  async find(plan: Plan, limit: number, after: After | null): Promise<Found> {
    return await this.#turn.run(async () => {
      const best: Row[] = [];
      let total = 0;
      const take = (row: Row) => {
        if (after !== null && byAge(row, after) <= 0) return;
        keep(best, row, limit);
      };
      for (const doc of this.#fresh.values()) {
        if (!fits(doc, plan)) continue;
        total += 1;
        take(doc);
      }
      for (const info of this.#segments) {
        const segment = await this.#store.open(info, this.#dead.get(info.id) ?? new Set());
        const hits = await match(segment, plan);
        const { columns } = segment;
        for (let row = hits.length - 1; row >= 0; row -= 1) {
          if (hits[row] !== 1) continue;
          total += 1;
          // Most are older than what is held already, and are told so by one number.
          const at = columns.at[row] as number;
          if (best.length < limit || at >= (best.at(-1)?.at ?? 0)) take(rowOf(columns, row));
        }
      }
      return { total, rows: best };
    });
  }

  /** Writes what is in memory, in one piece with `extra`; what was there before stays if that fails. */
  async save(extra: readonly VaultOp[] = []): Promise<void> {
    await this.#turn.run(async () => {
      const docs = [...this.#fresh.values()];
      const ops: VaultOp[] = [...extra];
      const added: SegmentInfo[] = [];
      if (docs.length > 0) {
        const { ops: written, info } = this.#store.segmentOps(this.#next, buildSegment(docs));
        ops.push(...written);
        added.push(info);
      }
      await this.#commit([...this.#segments, ...added], ops, this.#next + added.length);
      for (const { channel, pos } of docs) this.#fresh.delete(placeOf(channel, pos));
      for (const { id } of added) this.#dead.set(id, new Set());
    });
  }

  /** Merges small segments, and writes those anew that hold what must go. Call it when there is time. */
  async tend(): Promise<void> {
    for (let some = this.#due(); some.length > 0; some = this.#due()) await this.#remake(some);
  }

  /** The author and place of a message in the index; undefined: it is not, or no longer. */
  async row(channel: string, pos: number): Promise<Row | undefined> {
    return await this.#turn.run(async () => {
      const fresh = this.#fresh.get(placeOf(channel, pos));
      if (fresh !== undefined) return fresh;
      for (const info of this.#segments) {
        const columns = await this.#store.columns(info);
        const row = rowAt(columns, channel, pos);
        if (row !== undefined && this.#dead.get(info.id)?.has(row) !== true) return rowOf(columns, row);
      }
      return undefined;
    });
  }

  /** All that lies on the disk as it is now: what makes one segment of it, without the rows that `leave` names. */
  async frozen(): Promise<(leave: (row: Row) => boolean) => Promise<Built>> {
    const held = this.#segments.map(({ id }) => new Set(this.#dead.get(id)));
    const sources = await Promise.all(this.#segments.map((info, i) => this.#store.source(info, held[i] ?? new Set())));
    return async (leave) => await this.#merged(sources.map((source) => without(source, leave)));
  }

  /** Takes over a segment that another made, without the rows that `leave` names, in one write with covers and `extra`. */
  async adopt(
    source: Source,
    leave: (row: Row) => boolean,
    covers: ReadonlyMap<string, Cover>,
    extra: readonly VaultOp[],
  ): Promise<void> {
    const built = await this.#merged([without(source, leave)]);
    await this.#turn.run(async () => {
      const { ops, info } = this.#store.segmentOps(this.#next, built);
      const before = new Map(this.#cover);
      for (const [channel, cover] of covers) this.#cover.set(channel, cover);
      try {
        const some = built.count > 0;
        const after = some ? [...this.#segments, info] : this.#segments;
        await this.#commit(after, [...extra, ...(some ? ops : [])], this.#next + Number(some));
        if (some) this.#dead.set(info.id, new Set());
      } catch (thrown) {
        this.#cover = before;
        throw thrown;
      }
    });
  }

  async #merged(sources: readonly Source[]): Promise<Built> {
    const merging = mergeSegments(sources);
    let step = merging.next();
    while (step.done !== true) {
      await this.#breathe();
      step = merging.next();
    }
    return step.value;
  }

  /** Forgets everything, so that the index is made anew: for bytes on the disk that are not what was written. */
  async reset(): Promise<void> {
    await this.#turn.run(async () => {
      this.#fresh.clear();
      this.#cover.clear();
      const ops = this.#segments.flatMap((info) => this.#store.removeOps(info));
      const gone = this.#segments;
      await this.#commit([], ops, this.#next);
      for (const { id } of gone) this.#drop(id);
    });
  }

  /** True when a failure came from damaged rows and the index was cleared, so that what follows works. */
  async survive(thrown: unknown): Promise<boolean> {
    if (asFault(thrown).code !== "store/corrupt" || this.#damaged >= MOST_DAMAGED) return false;
    this.#damaged += 1;
    await this.reset();
    return true;
  }

  #due(): readonly SegmentInfo[] {
    const foul = this.#segments.find(
      ({ id, count, purge }) => purge || (this.#dead.get(id)?.size ?? 0) > count * MOST_DEAD,
    );
    if (foul !== undefined) return [foul];
    for (const { below, at } of FLOORS) {
      const small = this.#segments.filter(({ count }) => count < below);
      if (small.length >= at) return small;
    }
    return [];
  }

  async #remake(some: readonly SegmentInfo[]): Promise<void> {
    const held = some.map(({ id }) => new Set(this.#dead.get(id)));
    const sources = await Promise.all(some.map((info, i) => this.#store.source(info, held[i] ?? new Set())));
    const built = await this.#merged(sources);
    await this.#turn.run(async () => {
      const id = this.#next;
      const gone = new Set(some.map((one) => one.id));
      const others = this.#segments.filter((one) => !gone.has(one.id));
      const removed = some.flatMap((one) => this.#store.removeOps(one));
      if (built.count === 0) await this.#commit(others, removed, id);
      else {
        // What died meanwhile is dead in the new segment too.
        const dead = new Set<number>();
        const columns = decodeColumns(built.columns);
        sources.forEach((source, i) => {
          for (const row of this.#dead.get(some[i]?.id ?? 0) ?? []) {
            if (held[i]?.has(row) === true) continue;
            const { channel, pos } = rowOf(source.columns, row);
            dead.add(rowAt(columns, channel, pos) as number);
          }
        });
        const { ops, info } = this.#store.segmentOps(id, built);
        this.#dead.set(id, dead);
        if (dead.size > 0) this.#stale.add(id);
        await this.#commit([...others, { ...info, purge: dead.size > 0 }], [...ops, ...removed], id + 1);
      }
      for (const one of gone) this.#drop(one);
    });
  }

  /** Rows of a segment count no longer. */
  #bury(info: SegmentInfo, columns: Columns, rows: readonly number[], purge: boolean): void {
    const dead = this.#dead.get(info.id) ?? new Set<number>();
    if (purge) for (const row of rows) this.#purged(columns.at[row] as number);
    for (const row of rows) dead.add(row);
    this.#dead.set(info.id, dead);
    this.#stale.add(info.id);
    if (purge && !info.purge)
      this.#segments = this.#segments.map((one) => (one.id === info.id ? { ...one, purge: true } : one));
  }

  async #commit(segments: readonly SegmentInfo[], ops: readonly VaultOp[], next: number): Promise<void> {
    const stale = [...this.#stale].filter((id) => segments.some((one) => one.id === id));
    const manifest = this.#store.manifestOp({ next, segments, cover: this.#cover });
    const dead = stale.map((id) => this.#store.deadOp(id, this.#dead.get(id) ?? new Set()));
    await this.#vault.write([...ops, ...dead, manifest]);
    for (const id of stale) this.#stale.delete(id);
    this.#segments = segments;
    this.#next = next;
  }

  #drop(id: number): void {
    this.#dead.delete(id);
    this.#stale.delete(id);
    this.#store.forget(id);
  }
}

function without(source: Source, leave: (row: Row) => boolean): Source {
  const dead = new Set(source.dead);
  for (let row = 0; row < source.columns.count; row += 1) if (leave(rowOf(source.columns, row))) dead.add(row);
  return { ...source, dead };
}

function rowsOf(columns: Columns, channel: string, gone: (is: { pos: number; at: number }) => boolean): number[] {
  const index = columns.channels.indexOf(channel);
  const rows: number[] = [];
  if (index < 0) return rows;
  for (let row = columns.starts[index] as number; row < (columns.starts[index + 1] as number); row += 1)
    if (gone({ pos: columns.pos[row] as number, at: columns.at[row] as number })) rows.push(row);
  return rows;
}

/** Keeps the newest `limit` rows, in order. */
function keep(best: Row[], row: Row, limit: number): void {
  let at = best.length;
  while (at > 0 && byAge(row, best[at - 1] as Row) < 0) at -= 1;
  if (at >= limit) return;
  best.splice(at, 0, row);
  if (best.length > limit) best.pop();
}
