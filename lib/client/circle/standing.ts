// A person's recovery circle as the ledger has it, and what ends requests to its helpers (PROTOCOL D6).
import { type AskId, ID_BYTES, idBytes, type MailboxId, mintId, type UserId } from "@/lib/base/ids.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import { type CircleName, H } from "@/lib/proof/hash.ts";
import { isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";

/** The circle in force; `since`: position of the link that first named these parts, `n`: where it was last said again. */
export type Standing = CircleName & { readonly since: number; readonly n: number };

export function circleOf(book: Book, user: UserId): Standing | null {
  const { state } = book;
  const circle = state.users.get(user)?.circle ?? null;
  if (circle === null) return null;
  const sets = book.valid().filter(({ link }) => link.type === "circle_set" && link.user === user);
  const parts = (helpers: CircleName["helpers"]) => helpers.map(({ hash }) => hash.join()).join(" ");
  const same = sets.filter(
    ({ link }) => link.type === "circle_set" && parts(link.body.helpers) === parts(circle.helpers),
  );
  return { ws: state.ws, user, ...circle, since: same[0]?.n ?? 0, n: sets.at(-1)?.n ?? 0 };
}

/** Position of the newest link that ends what helpers were asked before it: the person's word on his circle, or his return. */
export function overSince(book: Book, user: UserId): number {
  const person = book.state.users.get(user);
  const set = circleOf(book, user)?.n ?? Number.MAX_SAFE_INTEGER;
  return Math.max(set, person?.resetAt.at(-1) ?? 0, person?.rekeyedAt.at(-1) ?? 0);
}

/** A helper who lost everything since, or is out of the workspace, has his part no more. */
export function canHelp(state: LedgerState, helper: UserId, since: number): boolean {
  const person = state.users.get(helper);
  return roleAt(state, helper) !== null && (person?.rekeyedAt.at(-1) ?? 0) < since;
}

/** True when a new code came into force after these parts were made. */
export function isOutdated(book: Book, { user, since }: Standing): boolean {
  const last = book
    .valid()
    .findLast(
      ({ link }) =>
        link.user === user &&
        (link.type === "recovery_set" || (link.type === "user_reset" && link.body.recovery !== null)),
    );
  return (last?.n ?? 0) > since;
}

/** Members of the workspace scope, where helpers tell all what they were asked; guests hear nothing there. */
export function candidatesFor(state: LedgerState, owner: UserId): UserId[] {
  return [...state.users.keys()].filter((user) => user !== owner && isInsideRole(roleAt(state, user)));
}

/** The name of a request, for people; the server knows the mailbox and not this. */
export function askOf(mailbox: MailboxId): AskId {
  return mintId<"ask">(H("circle-ask", idBytes(mailbox)).subarray(0, ID_BYTES));
}
