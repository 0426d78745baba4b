// An index as one device leaves it for another: written as bytes, and read back with distrust (PROTOCOL section 14).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, ID_BYTES, idBytes, mintId, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { Word } from "@/lib/client/events/past/about.ts";
import { Reader } from "@/lib/client/search/shelf/bytes.ts";
import { entries } from "@/lib/client/search/shelf/dict.ts";
import { type Columns, decodeColumns } from "@/lib/client/search/shelf/doc.ts";
import { SPAN } from "@/lib/client/search/shelf/postings.ts";
import type { Built, Source } from "@/lib/client/search/shelf/segment.ts";
import { type StoredStretch, type Stretch, storedStretch, stretchOf } from "@/lib/client/search/shelf/store.ts";
import { type Cbor, encodeCbor, parseCbor } from "@/lib/protocol/cbor.ts";
import { decodePlaces, eachNamed, encodePlaces, type Named, placeIn } from "./ids.ts";

/** Raised when words are folded otherwise, or bytes mean something else. */
const VERSION = 1;

/** What of a channel is in it: the stretch, the ids of its messages, and what changed their words. */
export type Part = { readonly stretch: Stretch; readonly named: Named; readonly words: readonly Word[] };
export type Whose = { readonly ws: WorkspaceId; readonly user: UserId };
export type Parcel = { readonly source: Source; readonly parts: ReadonlyMap<ChannelId, Part> };

type StoredPart = {
  c: string;
  s: StoredStretch;
  i: Uint8Array;
  p: Uint8Array;
  w: { s: Uint8Array; p: number; k: string }[];
};
type Stored = {
  v: number;
  ws: string;
  user: string;
  columns: Uint8Array;
  dict: Uint8Array;
  postings: Uint8Array;
  parts: StoredPart[];
};

export function encodeParcel(whose: Whose, built: Built, parts: ReadonlyMap<ChannelId, Part>): Uint8Array {
  const value: Stored = {
    v: VERSION,
    ...whose,
    columns: built.columns,
    dict: built.dict.bytes,
    postings: built.postings,
    parts: [...parts].map(([c, { stretch, named, words }]) => ({
      c,
      s: storedStretch(stretch),
      i: named.ids,
      p: encodePlaces(named.places),
      w: words.map(({ subject, pos, kind }) => ({ s: idBytes(subject), p: pos, k: kind })),
    })),
  };
  return encodeCbor(value as unknown as Cbor);
}

/** Throws store/bad-index for what is not a whole index of this person in this workspace. */
export function parseParcel(bytes: Uint8Array, whose: Whose): Parcel {
  try {
    const stored = parseCbor(bytes) as unknown as Stored;
    if (stored.v !== VERSION || stored.ws !== whose.ws || stored.user !== whose.user) throw bad("whose");
    const columns = decodeColumns(stored.columns);
    const dict = { bytes: stored.dict, stops: new Float64Array(stored.dict.length > 0 ? [0, 0] : []) };
    const source: Source = { columns, dict, postings: stored.postings, dead: new Set() };
    const parts = new Map<ChannelId, Part>(stored.parts.map((part) => [part.c as ChannelId, partOf(part)]));
    checkRows(columns, parts);
    checkWords(source);
    return { source, parts };
  } catch (thrown) {
    // Whatever it is that its bytes do to who reads them: they are of no use.
    throw thrown instanceof Fault && thrown.code === "store/bad-index" ? thrown : bad("bytes");
  }
}

function bad(detail: string): Fault {
  return new Fault("store/bad-index", { detail });
}

function partOf({ s, i, p, w }: StoredPart): Part {
  const named = { ids: i, places: decodePlaces(p) };
  if (i.length !== named.places.length * ID_BYTES) throw bad("ids");
  const words = w.map(({ s: subject, p: pos, k: kind }) => ({ subject: mintId<"event">(subject), pos, kind }));
  return { stretch: stretchOf(s), named, words };
}

/** Each row lies once in a stretch, and has an id: without one nothing could take it out again. */
function checkRows({ channels, starts, pos, authors, author, count }: Columns, parts: Parcel["parts"]): void {
  if (new Set(channels).size !== channels.length) throw bad("channels");
  for (const [index, channel] of channels.entries()) {
    const part = parts.get(channel as ChannelId);
    if (part === undefined) throw bad("channel");
    const places = new Set<number>();
    // In order by their bytes: only so are they found.
    for (const [id, place] of eachNamed(part.named)) if (placeIn(part.named, id) === place) places.add(place);
    let last = part.stretch.low - 1;
    for (let row = starts[index] as number; row < (starts[index + 1] as number); row += 1) {
      const at = pos[row] as number;
      if (at <= last || at > part.stretch.high || !places.has(at)) throw bad("row");
      last = at;
    }
  }
  for (let row = 0; row < count; row += 1) if ((author[row] as number) >= authors.length) throw bad("author");
}

/** Occurrences end where the next word's begin, in rows and places that there are. */
function checkWords({ columns, dict, postings }: Source): void {
  let end = 0;
  let last: Uint8Array | null = null;
  for (const { term, from, to } of entries(dict)) {
    if (from !== end || to > postings.length || (last !== null && equal(last, term))) throw bad("word");
    checkOccurrences(new Reader(postings.subarray(0, to), from), columns.count);
    end = to;
    last = term;
  }
  if (end !== postings.length) throw bad("words");
}

function checkOccurrences(reader: Reader, count: number): void {
  let row = -1;
  while (!reader.ended) {
    const head = reader.number();
    row += Math.floor(head / 2);
    if (row < 0 || row >= count) throw bad("occurrence");
    let place = 0;
    for (let left = head % 2 === 1 ? reader.number() : 1; left > 0; left -= 1) place += reader.number();
    if (place >= SPAN) throw bad("place");
  }
}
