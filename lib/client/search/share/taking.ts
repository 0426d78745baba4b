// Another device's index becomes part of this one: what this person may read now, within its term, older than what is here.
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { wordOps } from "@/lib/client/events/past/about.ts";
import type { Indexer } from "@/lib/client/search/indexer.ts";
import { type Row, rowAt, rowOf } from "@/lib/client/search/shelf/doc.ts";
import type { Source } from "@/lib/client/search/shelf/segment.ts";
import type { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import type { Cover } from "@/lib/client/search/shelf/store.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { retentionOf } from "@/lib/proof/queries.ts";
import { joined } from "./covers.ts";
import { changedBy, type Distant } from "./distant.ts";
import { eachNamed, placeIn } from "./ids.ts";
import type { Parcel, Part } from "./parcel.ts";

const DAY_MS = 86_400_000;

/** The stretch of one channel that comes over. */
type Piece = {
  readonly low: number;
  readonly high: number;
  readonly since: number;
  readonly part: Part;
  /** what was deleted since it was left, and all that has to be read again */
  readonly gone: Set<number>;
  readonly again: Set<number>;
};

export type Takeover = {
  readonly account: Account;
  readonly shelf: Shelf;
  readonly indexer: Indexer;
  readonly distant: Distant;
};

/** Resolves with how many channels anything came of. */
export async function takeOver(to: Takeover, { source, parts }: Parcel): Promise<number> {
  const { account, shelf, indexer, distant } = to;
  return await indexer.alone(async () => {
    const pieces = new Map<string, Piece>();
    for (const channel of account.channels()) {
      const part = parts.get(channel);
      const piece = part === undefined ? null : pieceOf(account, shelf.cover(channel), channel, part);
      if (piece === null) continue;
      pieces.set(channel, piece);
      await hear(distant, source, channel, piece);
    }
    const covers = new Map<string, Cover>();
    const ops: VaultOp[] = [];
    for (const [name, piece] of pieces) {
      const channel = name as ChannelId;
      await clear(shelf, channel);
      covers.set(channel, coverOf(shelf.cover(channel) as Cover, piece));
      const within = ([, pos]: readonly [unknown, number]) => pos >= piece.low && pos <= piece.high;
      ops.push(await distant.ids.op(channel, [...eachNamed(piece.part.named)].filter(within)));
      ops.push(...wordOps(channel, piece.part.words));
    }
    const leave = (row: Row) => !fits(row, pieces.get(row.channel));
    await shelf.adopt(source, leave, covers, ops);
    for (const [channel, { again }] of pieces) indexer.readAgain(channel as ChannelId, again);
    return pieces.size;
  });
}

function pieceOf(account: Account, own: Cover | undefined, channel: ChannelId, part: Part): Piece | null {
  if (own === undefined) return null;
  const { stretch } = part;
  const high = Math.min(stretch.high, own.low - 1);
  if (high < stretch.low) return null;
  const days = retentionOf(account.state, channel);
  const since = days === null ? Number.NEGATIVE_INFINITY : account.ports.clock.now() - days * DAY_MS;
  return { low: stretch.low, high, since, part, gone: new Set(), again: new Set() };
}

/** What events that are stored here say of messages, which whoever left them had not heard. */
async function hear(distant: Distant, { columns }: Source, channel: ChannelId, piece: Piece): Promise<void> {
  for (const record of await distant.spoken(channel, piece.part.stretch.high)) {
    const id = changedBy(record);
    const pos = id === null ? undefined : placeIn(piece.part.named, id);
    const row = pos === undefined ? undefined : rowAt(columns, channel, pos);
    if (pos === undefined || row === undefined) continue;
    piece.again.add(pos);
    if (distant.deletes(record, rowOf(columns, row))) piece.gone.add(pos);
  }
}

function fits({ pos, at }: Row, piece: Piece | undefined): boolean {
  return piece !== undefined && pos >= piece.low && pos <= piece.high && at >= piece.since && !piece.gone.has(pos);
}

/** What came over earlier and never reached up to the rest gives way to what is newer. */
async function clear(shelf: Shelf, channel: ChannelId): Promise<void> {
  const cover = shelf.cover(channel);
  const far = cover?.far ?? null;
  if (cover === undefined || far === null) return;
  await shelf.remove(channel, ({ pos }) => pos <= far.high);
  shelf.setCover(channel, { ...cover, far: null });
}

function coverOf(own: Cover, { low, high, part, again }: Piece): Cover {
  const dark = [...new Set([...part.stretch.dark, ...again])].filter((pos) => pos <= high);
  return joined({ ...own, far: { low, high, lowAt: part.stretch.lowAt, dark } }, false);
}
