// The code on my screen, and what comes of scanning another's: both keys and the head compared at once (PROTOCOL A3, L10).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { roleAt } from "@/lib/proof/queries.ts";
import { at } from "@/lib/proof/state.ts";
import { formatVerifyCode, parseVerifyCode, type VerifyCode } from "@/lib/protocol/verify/code.ts";
import { tellFork } from "./forks.ts";
import { rootOf } from "./standing.ts";

/** Both root keys. Throws verify/no-person for oneself and for those who are not members. */
export function pairOf(parts: Parts, user: UserId): { readonly own: Uint8Array; readonly theirs: Uint8Array } {
  const own = rootOf(parts, parts.me);
  const theirs = rootOf(parts, user);
  if (user === parts.me || own === undefined || theirs === undefined || roleAt(parts.state, user) === null)
    throw new Fault("verify/no-person");
  return { own, theirs };
}

/** What my screen shows for this person's camera. */
export function codeFor(parts: Parts, user: UserId): string {
  const { n, head } = parts.state;
  return formatVerifyCode({ ws: parts.ws, by: parts.me, to: user, ...pairOf(parts, user), n, head });
}

/** Reads a code that is meant for me, of the person I am verifying. */
export function readCode(parts: Parts, user: UserId, text: string): VerifyCode {
  const code = parseVerifyCode(text.trim());
  if (code.ws !== parts.ws) throw new Fault("verify/other-workspace");
  if (code.by === parts.me) throw new Fault("verify/own-code");
  if (code.by !== user) throw new Fault("verify/other-person");
  if (code.to !== parts.me) throw new Fault("verify/not-for-me");
  return code;
}

/** Says that keys differ, for good, and throws it. */
function differ(parts: Parts, user: UserId): never {
  parts.note("verify/keys-differ", "alarm", user);
  throw new Fault("verify/keys-differ");
}

/** After that position the shower was let in with a new card: an honest code can only come from a device of that card. */
function anew(parts: Parts, code: VerifyCode): boolean {
  return (parts.state.users.get(code.by)?.rekeyedAt ?? []).some((n) => n > code.n);
}

/** Keys and head against this device's ledger. Throws what is wrong; the first is alarmed and lasts. */
export async function compareCode(parts: Parts, code: VerifyCode): Promise<void> {
  await parts.book.syncTo(code.n);
  const { own, theirs } = pairOf(parts, code.by);
  const mine = parts.state.users.get(parts.me)?.rik ?? [];
  const others = parts.state.users.get(code.by)?.rik ?? [];
  const ours = parts.state.heads[code.n - 1];
  if (ours !== undefined && !equal(ours, code.head)) {
    tellFork(parts, code.by, { n: code.n, ours, theirs: code.head });
    if (!equal(own, code.theirs) || !equal(theirs, code.own)) differ(parts, code.by);
    throw new Fault("verify/fork");
  }
  if (equal(own, code.theirs) && equal(theirs, code.own)) {
    if (ours === undefined) throw new Fault("verify/behind");
    return;
  }
  // An honest code from before a renewal: it named what was in force at its position.
  const before = [at(mine, code.n), at(others, code.n)] as const;
  const known = ours !== undefined && before[0] !== undefined && before[1] !== undefined;
  if (known && !anew(parts, code) && equal(before[0], code.theirs) && equal(before[1], code.own))
    throw new Fault("verify/old-code");
  differ(parts, code.by);
}
