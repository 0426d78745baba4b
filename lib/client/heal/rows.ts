// Giving events back to a server that lost them: the exact bytes that lay there, oldest first (PROTOCOL L10).
import type { ChannelId, EventId, ScopeId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { mayDelete, mayReadChannel, scopeOfChannel } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const MOST_BYTES = 3 * 1024 * 1024;

/** Deletions of one's own that the server forgot: what it has to purge again, by channel. */
export type Purges = ReadonlyMap<ChannelId, readonly EventId[]>;

/** Who gives, and the ledger as the server knows it: it judges by that what it takes. */
type Giver = Pick<Parts, "me" | "log" | "session" | "channels" | "stateChannels"> & {
  readonly state: LedgerState;
};

/** Gives back what the server lacks, in every channel or in these. Net faults reject; whatever was given stays given. */
export async function giveRows(account: Giver, only?: ReadonlySet<ChannelId>): Promise<Purges> {
  const purges = new Map<ChannelId, EventId[]>();
  for (const channel of [...account.stateChannels(), ...account.channels()]) {
    if (account.log.mark(channel).high === 0 || only?.has(channel) === false || !isKnown(account, channel)) continue;
    const { places, deleted } = await compare(account, channel);
    await giveChannel(account, channel, places);
    if (deleted.length > 0) purges.set(channel, deleted);
  }
  return purges;
}

/** The server knows this channel, and this person in it. */
function isKnown({ state, me }: Giver, channel: ChannelId): boolean {
  return mayReadChannel(state, me, channel);
}

/** May be given back: what was verified or may be yet; of what was deleted, the place, by whoever might delete it. */
function isGivable(account: Giver, { status, sealed, user, channel, epoch, n }: EventRecord): boolean {
  if (sealed === null || status === "refused" || n > account.state.n) return false;
  const scope = account.state.scopes.get(scopeOfChannel(account.state, channel) ?? ("" as ScopeId));
  if (scope !== undefined && epoch > scope.epochs.length) return false;
  if (status !== "gone") return sealed.ciphertext.length > 0;
  return user !== null && mayDelete(account.state, { user: account.me, author: user, channel }) === null;
}

/**
 * Places of held events that the server lacks, ascending: from the newest down to where it has all that is here; and what
 * this person deleted in that stretch, whoever gives that back.
 */
async function compare(account: Giver, channel: ChannelId): Promise<{ places: number[]; deleted: EventId[] }> {
  const places: number[] = [];
  const deleted: EventId[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await account.log.held(channel, Math.min(before, 999_999_999_999), LIMITS.eventsPerRead);
    const oldest = page.at(-1);
    if (oldest === undefined) break;
    before = oldest.pos;
    const givable = page.filter((record) => isGivable(account, record));
    if (givable.length === 0) continue;
    const held = givable.map(({ id, pos }) => ({ id, pos }));
    const answer = await account.session.call("restore.missing", { channel, held });
    const missing = new Set(answer.missing);
    places.push(...givable.filter((record) => missing.has(record.id)).map((record) => record.pos));
    for (const { content, user, pos, id } of givable)
      if (content?.k === "delete" && user === account.me && (pos > answer.base || missing.has(id)))
        deleted.push(content.target.id);
    if (missing.size === 0 && oldest.pos <= answer.base) break;
  }
  return { places: places.sort((a, b) => a - b), deleted };
}

async function giveChannel(account: Giver, channel: ChannelId, places: readonly number[]): Promise<void> {
  let batch: EventRecord[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length > 0) await account.session.call("restore.rows", { channel, rows: batch.map(toGiven) });
    batch = [];
    bytes = 0;
  };
  for (const pos of places) {
    const [record] = await account.log.held(channel, pos + 1, 1);
    if (record?.pos !== pos || record.sealed === null) continue;
    const size = record.sealed.ciphertext.length + record.sealed.header.length;
    if (batch.length >= LIMITS.eventsPerAppend || bytes + size > MOST_BYTES) await flush();
    batch.push(record);
    bytes += size;
  }
  await flush();
}

function toGiven({ pos, receivedAt, sealed }: EventRecord) {
  const { header, nonce, ciphertext } = sealed ?? { header: NONE, nonce: NONE, ciphertext: NONE };
  return { pos, receivedAt, h: toJson(header), n: toJson(nonce), c: toJson(ciphertext) };
}

const NONE = new Uint8Array();
