// The index on disk: segments as sealed rows of the vault, read piece by piece into a cache of bounded size.
import { Fault } from "@/lib/base/errors.ts";
import { sortable, type Vault, type VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { Reader, Writer } from "./bytes.ts";
import type { Dict } from "./dict.ts";
import { type Columns, decodeColumns } from "./doc.ts";
import type { Open } from "./match.ts";
import type { Built, Source } from "./segment.ts";

export const TABLE = "search";
const MANIFEST = "manifest";
/** Raised when words are folded otherwise, or bytes mean something else: then the index is made anew. */
const VERSION = 1;
const CHUNK = 128 * 1024;
/** Bytes of the index that stay in memory, as they take there. */
const MOST_CACHED = 48 * 1024 * 1024;

/** What is known of a segment without reading it. `purge`: it holds words that must leave the disk. */
export type SegmentInfo = {
  readonly id: number;
  readonly count: number;
  readonly size: number;
  readonly purge: boolean;
};
/** The stretch of a channel that is in the index, and the places in it that could not be read yet. */
export type Cover = Stretch & {
  /** up to this place it was another device of its person that read; 0: nowhere */
  readonly taken: number;
  /** what was taken over and does not reach up to the rest yet: between the two lies what neither has */
  readonly far: Stretch | null;
};
export type Stretch = {
  readonly low: number;
  readonly high: number;
  readonly lowAt: number;
  readonly dark: readonly number[];
};
export type Manifest = {
  readonly next: number;
  readonly segments: readonly SegmentInfo[];
  readonly cover: ReadonlyMap<string, Cover>;
};

type StoredManifest = {
  v: number;
  next: number;
  segments: { id: number; count: number; size: number; purge: boolean }[];
  cover: (StoredStretch & { c: string; t?: number; f?: StoredStretch | null })[];
};
export type StoredStretch = { l: number; h: number; a: number; d: readonly number[] };

export function storedStretch({ low, high, lowAt, dark }: Stretch): StoredStretch {
  return { l: low, h: high, a: lowAt, d: dark };
}

export function stretchOf({ l, h, a, d }: StoredStretch): Stretch {
  return { low: l, high: h, lowAt: a, dark: d };
}

const headKey = (id: number) => `${sortable(id)}/head`;
const deadKey = (id: number) => `${sortable(id)}/dead`;
const chunkKey = (id: number, chunk: number) => `${sortable(id)}/${sortable(chunk)}`;

type Head = { readonly columns: Columns; readonly dict: Dict };
type StoredHead = { c: Uint8Array; d: Uint8Array; s: Uint8Array };

export class SegmentStore {
  readonly #vault: Vault;
  /** least lately used first */
  readonly #cache = new Map<string, { value: Head | Uint8Array; bytes: number }>();
  #cached = 0;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** What was written last; undefined: nothing, or what an other version wrote. */
  async manifest(): Promise<Manifest | undefined> {
    const stored = (await this.#vault.get<Cbor>(TABLE, MANIFEST)) as unknown as StoredManifest | undefined;
    if (stored?.v !== VERSION) return undefined;
    const cover = stored.cover.map(({ c, t = 0, f = null, ...own }): [string, Cover] => {
      return [c, { ...stretchOf(own), taken: t, far: f === null ? null : stretchOf(f) }];
    });
    return { next: stored.next, segments: stored.segments, cover: new Map(cover) };
  }

  manifestOp({ next, segments, cover }: Manifest): VaultOp {
    const value: StoredManifest = {
      v: VERSION,
      next,
      segments: segments.map((one) => ({ ...one })),
      cover: [...cover].map(([c, one]) => {
        return { c, ...storedStretch(one), t: one.taken, f: one.far === null ? null : storedStretch(one.far) };
      }),
    };
    return { op: "put", table: TABLE, key: MANIFEST, value };
  }

  /** Rows of no segment that the manifest names: what a crash left half written. */
  async orphans(segments: readonly SegmentInfo[]): Promise<VaultOp[]> {
    const known = new Set(segments.map(({ id }) => sortable(id)));
    const ops: VaultOp[] = [];
    for (let after: string | undefined; ; ) {
      const rows = await this.#vault.scan<Cbor>(TABLE, { limit: 16, ...(after === undefined ? {} : { after }) });
      for (const { key } of rows)
        if (key !== MANIFEST && !known.has(key.split("/")[0] ?? "")) ops.push({ op: "delete", table: TABLE, key });
      after = rows.at(-1)?.key;
      if (after === undefined) return ops;
    }
  }

  segmentOps(id: number, built: Built): { ops: VaultOp[]; info: SegmentInfo } {
    const { columns, dict, postings } = built;
    const head: StoredHead = { c: columns, d: dict.bytes, s: new Uint8Array(dict.stops.slice().buffer) };
    const ops: VaultOp[] = [{ op: "put", table: TABLE, key: headKey(id), value: head }];
    for (let at = 0; at < postings.length; at += CHUNK) {
      const value = postings.slice(at, at + CHUNK);
      ops.push({ op: "put", table: TABLE, key: chunkKey(id, at / CHUNK), value });
    }
    return { ops, info: { id, count: built.count, size: postings.length, purge: false } };
  }

  removeOps({ id, size }: SegmentInfo): VaultOp[] {
    const keys = [headKey(id), deadKey(id)];
    for (let at = 0; at < size; at += CHUNK) keys.push(chunkKey(id, at / CHUNK));
    return keys.map((key) => ({ op: "delete", table: TABLE, key }));
  }

  deadOp(id: number, dead: ReadonlySet<number>): VaultOp {
    const out = new Writer();
    let last = 0;
    for (const row of [...dead].sort((a, b) => a - b)) {
      out.number(row - last);
      last = row;
    }
    return { op: "put", table: TABLE, key: deadKey(id), value: out.done() };
  }

  async dead(id: number): Promise<Set<number>> {
    const rows = new Set<number>();
    const stored = await this.#vault.get<Uint8Array>(TABLE, deadKey(id));
    if (stored === undefined) return rows;
    const from = new Reader(stored);
    let row = 0;
    while (!from.ended) {
      row += from.number();
      rows.add(row);
    }
    return rows;
  }

  /** A segment to search in. Throws store/corrupt where a row of it is gone. */
  async open({ id }: SegmentInfo, dead: ReadonlySet<number>): Promise<Open> {
    const { columns, dict } = await this.#head(id);
    return { columns, dict, dead, read: (from, to) => this.#read(id, from, to) };
  }

  async columns({ id }: SegmentInfo): Promise<Columns> {
    return (await this.#head(id)).columns;
  }

  /** A whole segment, to be made part of another one. */
  async source({ id, size }: SegmentInfo, dead: ReadonlySet<number>): Promise<Source> {
    const { columns, dict } = await this.#head(id);
    const postings = new Uint8Array(size);
    for (let at = 0; at < size; at += CHUNK) postings.set(await this.#stored(chunkKey(id, at / CHUNK)), at);
    return { columns, dict, postings, dead };
  }

  /** Lets go of what a removed segment left in memory. */
  forget(id: number): void {
    for (const [key, { bytes }] of this.#cache) {
      if (!key.startsWith(`${sortable(id)}/`)) continue;
      this.#cache.delete(key);
      this.#cached -= bytes;
    }
  }

  async #head(id: number): Promise<Head> {
    return (await this.#through(headKey(id), async (key) => {
      const stored = (await this.#vault.get<Cbor>(TABLE, key)) as unknown as StoredHead | undefined;
      if (stored === undefined) throw new Fault("store/corrupt", { detail: "search" });
      const columns = decodeColumns(stored.c);
      const stops = new Float64Array(stored.s.slice().buffer);
      const bytes = columns.count * 19 + stored.d.length + stored.s.length;
      return { value: { columns, dict: { bytes: stored.d, stops } }, bytes };
    })) as Head;
  }

  async #read(id: number, from: number, to: number): Promise<Uint8Array> {
    const first = Math.floor(from / CHUNK);
    const last = Math.floor(Math.max(from, to - 1) / CHUNK);
    const chunk = async (at: number) =>
      (await this.#through(chunkKey(id, at), (key) => this.#bytes(key))) as Uint8Array;
    if (first === last) return (await chunk(first)).subarray(from - first * CHUNK, to - first * CHUNK);
    const whole = new Uint8Array((last - first + 1) * CHUNK);
    for (let at = first; at <= last; at += 1) whole.set(await chunk(at), (at - first) * CHUNK);
    return whole.subarray(from - first * CHUNK, to - first * CHUNK);
  }

  async #stored(key: string): Promise<Uint8Array> {
    return (await this.#bytes(key)).value;
  }

  async #bytes(key: string): Promise<{ value: Uint8Array; bytes: number }> {
    const value = await this.#vault.get<Uint8Array>(TABLE, key);
    if (value === undefined) throw new Fault("store/corrupt", { detail: "search" });
    return { value, bytes: value.length };
  }

  async #through(
    key: string,
    read: (key: string) => Promise<{ value: Head | Uint8Array; bytes: number }>,
  ): Promise<Head | Uint8Array> {
    const known = this.#cache.get(key);
    const entry = known ?? (await read(key));
    if (known === undefined) this.#cached += entry.bytes;
    this.#cache.delete(key);
    this.#cache.set(key, entry);
    for (const [old, { bytes }] of this.#cache) {
      if (this.#cached <= MOST_CACHED || old === key) break;
      this.#cache.delete(old);
      this.#cached -= bytes;
    }
    return entry.value;
  }
}
