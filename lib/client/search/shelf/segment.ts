// One segment: messages, words and occurrences that never change; made from messages, or from other segments.
import { compare, utf8 } from "@/lib/base/bytes.ts";
import { Writer } from "./bytes.ts";
import { type Dict, DictWriter, type Entry, entries } from "./dict.ts";
import { byPlace, type Columns, type Doc, encodeColumns, type Row, rowOf } from "./doc.ts";
import { eachPlace, SPAN, writePostings } from "./postings.ts";

/** A segment as bytes, before it is sealed. */
export type Built = {
  readonly count: number;
  readonly columns: Uint8Array;
  readonly dict: Dict;
  readonly postings: Uint8Array;
};

/** A segment that goes into another one: `dead` rows stay behind. */
export type Source = {
  readonly columns: Columns;
  readonly dict: Dict;
  readonly postings: Uint8Array;
  readonly dead: ReadonlySet<number>;
};

/** Occurrences between two looks at the clock. */
const STEP = 20_000;
/** Short lists are sorted where they are. */
const FEW = 24;

/** Makes a segment of messages; each place at most once. */
export function buildSegment(docs: readonly Doc[]): Built {
  const sorted = [...docs].sort(byPlace);
  const places = new Map<string, number[]>();
  sorted.forEach(({ tokens }, row) => {
    const most = Math.min(tokens.length, SPAN);
    for (let place = 0; place < most; place += 1) {
      const term = tokens[place] as string;
      if (term === "") continue;
      const known = places.get(term);
      if (known === undefined) places.set(term, [row * SPAN + place]);
      else known.push(row * SPAN + place);
    }
  });
  const terms = [...places].map(([term, keys]) => ({ term: utf8(term), keys }));
  terms.sort((a, b) => compare(a.term, b.term));
  const out = new Writer();
  const dict = new DictWriter();
  for (const { term, keys } of terms) {
    const from = out.length;
    writePostings(out, keys);
    dict.add(term, from, out.length - from);
  }
  return { count: sorted.length, columns: encodeColumns(sorted), dict: dict.done(), postings: out.done() };
}

type Moving = {
  readonly source: Source;
  readonly to: Int32Array;
  readonly words: Iterator<Entry, void>;
  now: Entry | null;
};

/** Where the rows of each source go: all that live, in order of place. */
function moveRows(sources: readonly Source[]): { rows: Row[]; to: Int32Array[] } {
  const live = sources.flatMap(({ columns, dead }, source) =>
    Array.from({ length: columns.count }, (_, row) => row)
      .filter((row) => !dead.has(row))
      .map((row) => ({ source, row, is: rowOf(columns, row) })),
  );
  live.sort((a, b) => byPlace(a.is, b.is));
  const to = sources.map(({ columns }) => new Int32Array(columns.count).fill(-1));
  live.forEach(({ source, row }, place) => {
    (to[source] as Int32Array)[row] = place;
  });
  return { rows: live.map(({ is }) => is), to };
}

/** The occurrences of one word in one source, at their new places. */
function collect({ source, to, now }: Moving, keys: number[]): void {
  if (now === null) return;
  eachPlace(source.postings, now.from, now.to, (row, place) => {
    const moved = to[row] as number;
    if (moved >= 0) keys.push(moved * SPAN + place);
  });
}

function step(moving: Moving): void {
  const { value } = moving.words.next();
  moving.now = value ?? null;
}

/** One segment of several. Yields now and then, so that whoever drives it can let others work in between. */
export function* mergeSegments(sources: readonly Source[]): Generator<void, Built> {
  const { rows, to } = moveRows(sources);
  const moving = sources.map((source, i): Moving => {
    const words = entries(source.dict);
    return { source, to: to[i] as Int32Array, words, now: words.next().value ?? null };
  });
  yield;
  const out = new Writer();
  const dict = new DictWriter();
  let since = 0;
  for (;;) {
    let least: Uint8Array | null = null;
    for (const { now } of moving)
      if (now !== null && (least === null || compare(now.term, least) < 0)) least = now.term;
    if (least === null) break;
    const keys: number[] = [];
    for (const one of moving) {
      if (one.now === null || compare(one.now.term, least) !== 0) continue;
      collect(one, keys);
      step(one);
    }
    since += keys.length + 1;
    if (keys.length > 0) {
      const from = out.length;
      writePostings(out, inOrder(keys));
      dict.add(least, from, out.length - from);
    }
    if (since > STEP) {
      since = 0;
      yield;
    }
  }
  return { count: rows.length, columns: encodeColumns(rows), dict: dict.done(), postings: out.done() };
}

/** Sources that hold different channels or times follow on each other already. */
function inOrder(keys: number[]): readonly number[] | Float64Array {
  if (keys.length > FEW) {
    for (let i = 1; i < keys.length; i += 1)
      if ((keys[i] as number) < (keys[i - 1] as number)) return new Float64Array(keys).sort();
    return keys;
  }
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as number;
    let at = i;
    for (; at > 0 && (keys[at - 1] as number) > key; at -= 1) keys[at] = keys[at - 1] as number;
    keys[at] = key;
  }
  return keys;
}
