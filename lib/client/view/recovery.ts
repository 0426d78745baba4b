// The state of a person's recovery code, as the settings show it (PROTOCOL D2 to D4).
import type { Account } from "@/lib/client/account/account.ts";
import type { RecoveryView } from "@/lib/client/api/recovery.ts";
import { isConfirmed, isDrillable } from "@/lib/client/recovery/confirmed.ts";
import { deedsOf } from "@/lib/client/recovery/deeds.ts";
import { drillPlaces } from "@/lib/client/recovery/drill.ts";

export function recoveryView(account: Account): RecoveryView {
  const { book, state, me } = account;
  const person = state.users.get(me);
  return {
    confirmed: isConfirmed(account),
    generation: person?.recovery?.gen ?? null,
    setAt: book.timeOf(setAt(account)),
    drill: drillPlaces(account),
    drillable: isDrillable(account),
    reset: lastReset(account),
  };
}

/** Where the code in force was set: by a link of its own, or on the card with which one came. */
function setAt({ book, state, me }: Account): number {
  const sets = book
    .valid()
    .filter(({ link }) => link.user === me && (link.type === "recovery_set" || link.type === "user_reset"));
  const last = sets.findLast(({ link }) => link.type === "recovery_set" || hasRecovery(link.body));
  return last?.n ?? state.users.get(me)?.joinedAt ?? 0;
}

function hasRecovery(body: object): boolean {
  return "recovery" in body && body.recovery !== null;
}

function lastReset({ book, state, me }: Account): RecoveryView["reset"] {
  const person = state.users.get(me);
  const n = person?.resetAt.at(-1);
  if (person === undefined || n === undefined) return null;
  const signedOut = [...person.devices.values()].filter(({ revokedAt }) => revokedAt === n).map(({ id }) => id);
  return { at: book.timeOf(n), signedOut, deeds: deedsOf(book, me).filter((deed) => deed.n < n) };
}
