// Two histories of one workspace: told with evidence, writing ended after two people, and left by a teammate's head (PROTOCOL L9, L10).
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { OpenedEvent } from "@/lib/crypto/message.ts";
import { deviceActiveAt, roleAt } from "@/lib/proof/queries.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";

/** One member's word against the server's: a warning. Two members': nothing is written here any more (L9, MS-45). */
export function tellFork(parts: Parts, user: UserId, evidence: Cbor): void {
  parts.note("proof/fork", "alarm", user, evidence);
  blockOnForks(parts);
}

/** Somebody who is a member, on a device that counts, signed another history than ours. */
export function hearFork(parts: Parts, record: EventRecord, stated: OpenedEvent, row: RowJson): void {
  const { user, device } = stated.header;
  if (record.user === null || roleAt(parts.state, user) === null || !deviceActiveAt(parts.state, device)) return;
  const ours = parts.state.heads[stated.n - 1] ?? null;
  const { header, nonce, ciphertext } = row;
  tellFork(parts, user, { n: stated.n, ours, theirs: stated.head, header, nonce, ciphertext });
}

export function blockOnForks(parts: Parts): void {
  if (parts.warnings.forkers().size >= 2) parts.book.block("proof/fork");
}

/** A teammate stood beside and showed the history that is held here: the warnings end, and writing goes on. True when it had stopped. */
export function leaveFork(parts: Parts): boolean {
  const had = parts.book.unblock("proof/fork");
  parts.settled("proof/fork");
  return had;
}

/** Of a history that was left, these were told; a hole that was told since may be no more than what it could not judge. */
const TOLD: readonly FaultCode[] = ["proof/fork", "proof/gap", "proof/rollback", "proof/bad-hash"];
const TABLE = "crossing";
const DUE = "due";
/** The head that is gone over to. */
type Due = { n: number; head: Uint8Array };

/**
 * Goes over to a teammate's history: the ledger first, then every row that was refused by the one that is left. A crash or a
 * lost line in between loses nothing: what is still to be judged is judged at the next connection.
 */
export async function crossOver(parts: Parts, n: number, head: Uint8Array): Promise<void> {
  await parts.vault.put(TABLE, DUE, { n, head });
  await parts.book.takeHead(n, head);
  leaveFork(parts);
  await finishCrossing(parts);
}

/** Judges again what a device that went over to another history refused before. Net faults reject; the next time goes on. */
export async function finishCrossing(parts: Parts): Promise<void> {
  const due = await parts.vault.get<Due>(TABLE, DUE);
  const here = due === undefined ? undefined : parts.state.heads[due.n - 1];
  // Nothing is due, or the ledger is still the one that is to be left.
  if (due === undefined || here === undefined || !equal(here, due.head)) return;
  for (const channel of [...parts.stateChannels(), ...parts.channels()]) await rejudge(parts, channel);
  const told = parts.warnings.all.filter(({ code }) => TOLD.includes(code));
  const since = Math.min(...told.map(({ at }) => at));
  for (const { code, at, detail } of parts.warnings.all)
    if (code === "event/hole" && at >= since) parts.settled(code, detail);
  for (const code of TOLD) parts.settled(code);
  await parts.vault.write([{ op: "delete", table: TABLE, key: DUE }]);
}

async function rejudge(parts: Parts, channel: ChannelId): Promise<void> {
  const records = await parts.log.since(channel, 0);
  let places = records.filter(({ status }) => status === "refused").map(({ pos }) => pos);
  while (places[0] !== undefined) {
    const page = { channel, after: places[0] - 1, before: null, limit: LIMITS.eventsPerRead };
    const { rows } = await parts.session.call("events.read", page);
    await parts.log.rejudge(channel, rows);
    const last = rows.at(-1)?.pos;
    places = last === undefined ? [] : places.filter((pos) => pos > last);
  }
}
