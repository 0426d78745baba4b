// What a device leaves of its index: all of it but channels with a term, the newest messages where there are too many.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedBeside } from "@/lib/client/events/lookup.ts";
import { wordsIn } from "@/lib/client/events/past/about.ts";
import type { Indexer } from "@/lib/client/search/indexer.ts";
import { decodeColumns, type Row } from "@/lib/client/search/shelf/doc.ts";
import type { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { retentions } from "@/lib/proof/queries.ts";
import { eachNamed, namedOf, type TakenIds } from "./ids.ts";
import { encodeParcel, type Part } from "./parcel.ts";

/** More messages than this are not left: what is older is read anew. */
const MOST_ROWS = 300_000;
const PAGE = 500;

export type Packed = { readonly bytes: Uint8Array; readonly rows: number; readonly bare: readonly ChannelId[] };

/** Channels that keep only for some days: of these nothing is left, so that nothing outlives its term there (E9). */
export function bareChannels(account: Account): ChannelId[] {
  return retentions(account.state)
    .map(({ channel }) => channel)
    .sort();
}

export async function pack(
  account: Account,
  { shelf, indexer, taken }: { shelf: Shelf; indexer: Indexer; taken: TakenIds },
): Promise<Packed> {
  const bare = bareChannels(account);
  const readable = new Set<string>(account.channels());
  for (const channel of bare) readable.delete(channel);
  // Searches go on meanwhile: only what there is to pack is taken while nothing else changes it.
  const { frozen, covers } = await indexer.alone(async () => ({
    frozen: await shelf.frozen(),
    covers: new Map(shelf.covered()),
  }));
  const all = await frozen(({ channel }) => !readable.has(channel));
  const since = horizon(decodeColumns(all.columns).at);
  const late = (row: Row) => row.at >= since;
  const built =
    since === Number.NEGATIVE_INFINITY ? all : await frozen((row) => !readable.has(row.channel) || !late(row));
  const columns = decodeColumns(built.columns);
  const parts = new Map<ChannelId, Part>();
  for (const [index, name] of columns.channels.entries()) {
    const channel = name as ChannelId;
    const cover = covers.get(channel);
    if (cover === undefined) continue;
    const places = columns.pos.subarray(columns.starts[index], columns.starts[index + 1]);
    const low = since === Number.NEGATIVE_INFINITY ? cover.low : Math.max(cover.low, places[0] ?? cover.low);
    const lowAt = since === Number.NEGATIVE_INFINITY ? cover.lowAt : Math.max(cover.lowAt, since);
    const dark = cover.dark.filter((pos) => pos >= low);
    const named = namedOf(await idsOf(account, taken, channel, new Set(places)));
    const words = (await wordsIn(account.vault, channel)).filter(({ pos }) => pos >= low && pos <= cover.high);
    parts.set(channel, { stretch: { low, high: cover.high, lowAt, dark }, named, words });
    await account.ports.breathe();
  }
  const bytes = encodeParcel({ ws: account.ws, user: account.me }, built, parts);
  return { bytes, rows: columns.count, bare };
}

/** From when on the newest of so many came. */
function horizon(at: Float64Array): number {
  if (at.length <= MOST_ROWS) return Number.NEGATIVE_INFINITY;
  return at.slice().sort()[at.length - MOST_ROWS] as number;
}

async function idsOf(
  account: Account,
  taken: TakenIds,
  channel: ChannelId,
  places: ReadonlySet<number>,
): Promise<(readonly [EventId, number])[]> {
  const all = [...eachNamed(await taken.of(channel))].filter(([, pos]) => places.has(pos));
  for (let after = 0; ; ) {
    const page = await storedBeside(account.vault, channel, { after }, PAGE);
    for (const { id, pos } of page) if (places.has(pos)) all.push([id, pos]);
    after = page.at(-1)?.pos ?? after;
    if (page.length < PAGE) return all;
    await account.ports.breathe();
  }
}
