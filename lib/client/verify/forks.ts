// Two histories of one workspace: told with evidence, writing ended after two people, and left by a teammate's head (PROTOCOL L9, L10).
import type { UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { OpenedEvent } from "@/lib/crypto/message.ts";
import { deviceActiveAt, roleAt } from "@/lib/proof/queries.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
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
