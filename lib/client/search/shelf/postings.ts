// Where words occur: the numbers of messages with the places of the word in each, as differences of few bytes.
import type { Writer } from "./bytes.ts";

/** One occurrence as one number: message × SPAN + place. A message has at most 100,000 letters and ten names of files. */
export const SPAN = 131_072;

/** Occurrences in order, without doubles. */
export function writePostings(out: Writer, keys: readonly number[] | Float64Array): void {
  let lastRow = -1;
  let i = 0;
  while (i < keys.length) {
    const row = Math.floor((keys[i] as number) / SPAN);
    let end = i + 1;
    while (end < keys.length && (keys[end] as number) < (row + 1) * SPAN) end += 1;
    const many = end - i > 1;
    out.number((row - lastRow) * 2 + (many ? 1 : 0));
    if (many) out.number(end - i);
    let last = 0;
    for (; i < end; i += 1) {
      const place = (keys[i] as number) - row * SPAN;
      out.number(place - last);
      last = place;
    }
    lastRow = row;
  }
}

/** Marks the messages in which a word occurs, whose occurrences lie from `from` up to `to`. */
export function markRows(bytes: Uint8Array, from: number, to: number, marks: Uint8Array): void {
  let at = from;
  let row = -1;
  while (at < to) {
    let byte = bytes[at++] as number;
    let head = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = bytes[at++] as number;
      head |= (byte & 127) << shift;
    }
    row += head >>> 1;
    marks[row] = 1;
    let left = 1;
    if ((head & 1) === 1) {
      byte = bytes[at++] as number;
      left = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++] as number;
        left |= (byte & 127) << shift;
      }
    }
    // Places are passed over: each ends with a byte below 128.
    for (; left > 0; left -= 1) while ((bytes[at++] as number) >= 128);
  }
}

/** Calls back for each occurrence. */
export function eachPlace(
  bytes: Uint8Array,
  from: number,
  to: number,
  place: (row: number, place: number) => void,
): void {
  let at = from;
  const number = () => {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = bytes[at] as number;
      at += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7;
    }
  };
  let row = -1;
  while (at < to) {
    const head = number();
    row += head >>> 1;
    let where = 0;
    for (let left = (head & 1) === 1 ? number() : 1; left > 0; left -= 1) {
      where += number();
      place(row, where);
    }
  }
}
