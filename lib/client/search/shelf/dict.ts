// The words of a segment in order, each with where its occurrences lie; found by their beginnings.
import { compare, utf8 } from "@/lib/base/bytes.ts";
import { Reader, Writer } from "./bytes.ts";

/** Every so many words one is written whole, so that a search can begin there. */
const STRIDE = 16;

/** A word and the stretch of bytes in which its occurrences lie. */
export type Entry = { readonly term: Uint8Array; readonly from: number; readonly to: number };

/** Words as bytes, and for every STRIDE-th one: where it lies, and where its occurrences begin. */
export type Dict = { readonly bytes: Uint8Array; readonly stops: Float64Array };

/** Takes words in the order of their bytes. */
export class DictWriter {
  readonly #out = new Writer();
  readonly #stops: number[] = [];
  #count = 0;
  #last: Uint8Array = new Uint8Array();

  add(term: Uint8Array, from: number, length: number): void {
    const whole = this.#count % STRIDE === 0;
    if (whole) this.#stops.push(this.#out.length, from);
    let shared = 0;
    if (!whole) while (shared < term.length && term[shared] === this.#last[shared]) shared += 1;
    this.#out.number(shared);
    this.#out.number(term.length - shared);
    this.#out.bytes(term.subarray(shared));
    this.#out.number(length);
    this.#last = term;
    this.#count += 1;
  }

  done(): Dict {
    return { bytes: this.#out.done(), stops: new Float64Array(this.#stops) };
  }
}

function next(reader: Reader, last: Uint8Array, from: number): Entry {
  const shared = reader.number();
  const rest = reader.bytes(reader.number());
  const term = new Uint8Array(shared + rest.length);
  term.set(last.subarray(0, shared));
  term.set(rest, shared);
  return { term, from, to: from + reader.number() };
}

/** All words from the stop on, in order. */
export function* entries(dict: Dict, stop = 0): Generator<Entry, void> {
  const offset = dict.stops[stop * 2];
  if (offset === undefined) return;
  const reader = new Reader(dict.bytes, offset);
  let from = dict.stops[stop * 2 + 1] as number;
  let last: Uint8Array = new Uint8Array();
  while (!reader.ended) {
    const entry = next(reader, last, from);
    yield entry;
    last = entry.term;
    from = entry.to;
  }
}

/** The last stop whose word does not come after `term`. */
function stopBefore(dict: Dict, term: Uint8Array): number {
  let low = 0;
  let high = dict.stops.length / 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const at = next(new Reader(dict.bytes, dict.stops[middle * 2] as number), new Uint8Array(), 0);
    if (compare(at.term, term) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

/** Words that lie side by side: where their occurrences begin, and how many bytes each one's take. */
export type Stretch = { readonly from: number; readonly lengths: readonly number[] };

/** One word, or all that begin with it; null when there is none. */
export function find(dict: Dict, term: string, prefix: boolean): Stretch | null {
  const sought = utf8(term);
  const reader = new Reader(dict.bytes);
  const lengths: number[] = [];
  let begin = 0;
  for (let stop = stopBefore(dict, sought); stop < dict.stops.length / 2; stop += 1) {
    reader.at = dict.stops[stop * 2] as number;
    let from = dict.stops[stop * 2 + 1] as number;
    const end = dict.stops[stop * 2 + 2] ?? dict.bytes.length;
    let term: Uint8Array = new Uint8Array();
    let fits = false;
    while (reader.at < end) {
      const shared = reader.number();
      const rest = reader.number();
      // A word that shares with one that fits all that is sought fits too: most need not be put together.
      if (fits && prefix && shared >= sought.length) reader.skip(rest);
      else {
        const whole = new Uint8Array(shared + rest);
        whole.set(term.subarray(0, shared));
        whole.set(reader.bytes(rest), shared);
        const order = compare(prefix ? whole.subarray(0, sought.length) : whole, sought);
        if (order > 0) return lengths.length > 0 ? { from: begin, lengths } : null;
        fits = order === 0;
        term = whole;
      }
      const length = reader.number();
      if (fits && lengths.length === 0) begin = from;
      if (fits) lengths.push(length);
      from += length;
    }
  }
  return lengths.length > 0 ? { from: begin, lengths } : null;
}
