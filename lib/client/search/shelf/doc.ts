// A message as the index knows it, and the columns in which a segment keeps many of them.
import { Reader, Writer } from "./bytes.ts";

/** What `has:` and `is:` ask of a message itself; each is one bit. */
export const FLAGS = { file: 1, link: 2, image: 4, reaction: 8, thread: 16 } as const;

/** One message. `tokens` are its words in order; an empty one keeps the words beside it from being one phrase. */
export type Doc = {
  readonly channel: string;
  /** its place in the channel */
  readonly pos: number;
  /** when the server took it: the order of what is found */
  readonly at: number;
  readonly author: string;
  readonly flags: number;
  readonly tokens: readonly string[];
};

/** Places lie in the order of channel, then place: the number of a message is its row here. */
export type Columns = {
  readonly count: number;
  readonly channels: readonly string[];
  /** first row of each channel, and the number of rows at the end */
  readonly starts: Uint32Array;
  readonly authors: readonly string[];
  readonly pos: Float64Array;
  readonly at: Float64Array;
  readonly author: Uint16Array;
  readonly flags: Uint8Array;
};

export type Row = Omit<Doc, "tokens">;

export function byPlace(a: Row, b: Row): number {
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return a.pos - b.pos;
}

/** Rows that are in order already, as bytes. */
export function encodeColumns(rows: readonly Row[]): Uint8Array {
  const out = new Writer();
  const authors = new Map<string, number>();
  for (const { author } of rows) if (!authors.has(author)) authors.set(author, authors.size);
  const channels: { name: string; rows: number }[] = [];
  for (const { channel } of rows) {
    const last = channels.at(-1);
    if (last?.name === channel) last.rows += 1;
    else channels.push({ name: channel, rows: 1 });
  }
  out.number(authors.size);
  for (const author of authors.keys()) out.text(author);
  out.number(channels.length);
  for (const { name, rows: count } of channels) {
    out.text(name);
    out.number(count);
  }
  let before: Row | undefined;
  for (const row of rows) {
    const same = before?.channel === row.channel ? before : undefined;
    out.number(row.pos - (same?.pos ?? 0));
    out.signed(row.at - (same?.at ?? 0));
    out.number(authors.get(row.author) ?? 0);
    out.byte(row.flags);
    before = row;
  }
  return out.done();
}

/** Throws store/corrupt for bytes that end too early. */
export function decodeColumns(bytes: Uint8Array): Columns {
  const from = new Reader(bytes);
  const authors = Array.from({ length: from.number() }, () => from.text());
  const named = Array.from({ length: from.number() }, () => ({ name: from.text(), rows: from.number() }));
  const starts = new Uint32Array(named.length + 1);
  named.forEach(({ rows }, i) => {
    starts[i + 1] = (starts[i] as number) + rows;
  });
  const count = starts[named.length] as number;
  const columns = {
    count,
    channels: named.map(({ name }) => name),
    starts,
    authors,
    pos: new Float64Array(count),
    at: new Float64Array(count),
    author: new Uint16Array(count),
    flags: new Uint8Array(count),
  };
  for (let channel = 0; channel < named.length; channel += 1) {
    let pos = 0;
    let at = 0;
    for (let row = starts[channel] as number; row < (starts[channel + 1] as number); row += 1) {
      pos += from.number();
      at += from.signed();
      columns.pos[row] = pos;
      columns.at[row] = at;
      columns.author[row] = from.number();
      columns.flags[row] = from.byte();
    }
  }
  return columns;
}

/** The channel of a row. */
export function channelAt(columns: Columns, row: number): string {
  let low = 0;
  let high = columns.channels.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((columns.starts[middle] as number) <= row) low = middle;
    else high = middle;
  }
  return columns.channels[low] ?? "";
}

/** The row of a place; undefined when the segment does not have it. */
export function rowAt(columns: Columns, channel: string, pos: number): number | undefined {
  const index = columns.channels.indexOf(channel);
  if (index < 0) return undefined;
  let low = columns.starts[index] as number;
  let high = columns.starts[index + 1] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns.pos[middle] as number) < pos) low = middle + 1;
    else high = middle;
  }
  return low < (columns.starts[index + 1] as number) && columns.pos[low] === pos ? low : undefined;
}

/** A row with its names, as it was given. */
export function rowOf(columns: Columns, row: number): Row {
  return {
    channel: channelAt(columns, row),
    pos: columns.pos[row] as number,
    at: columns.at[row] as number,
    author: columns.authors[columns.author[row] as number] ?? "",
    flags: columns.flags[row] as number,
  };
}
