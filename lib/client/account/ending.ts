// Being out: removed, gone by oneself, or on a device that was retired; who did it and when, by the ledger's word (PROTOCOL L2, L7, D2).
import { asFault, isFault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Ended } from "@/lib/client/api/members.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { deviceOf, roleAt } from "@/lib/proof/queries.ts";
import type { Parts } from "./parts.ts";

type Out = { readonly book: Book; readonly keyring: Keyring };

/** Position of the link that put this person or device out; null while it is in. */
function endedAt({ book, keyring }: Out): number | null {
  const { state } = book;
  const role = state.users.get(keyring.user)?.role.at(-1);
  if (role !== undefined && role.value === null) return role.n;
  return deviceOf(state, keyring.device.id)?.revokedAt ?? null;
}

/** The position as of which this device last was in: what it could read then, it can read still. */
export function lastPosition(out: Out): number {
  const ended = endedAt(out);
  return ended === null ? out.book.state.n : ended - 1;
}

/** Who ended it, when and how; null while it goes on. */
export function endedOf(out: Out): Ended | null {
  const n = endedAt(out);
  if (n === null) return null;
  const { book, keyring } = out;
  const by: UserId = book.actorOf(n) ?? keyring.user;
  const gone = roleAt(book.state, keyring.user) === null;
  return { why: gone ? (by === keyring.user ? "left" : "removed") : "retired", at: book.timeOf(n), by };
}

/** Asks for the links up to the end, after the server would not let this device sign in. False: it is not out. */
export async function learnEnding(book: Book, session: Session): Promise<boolean> {
  try {
    for (;;) {
      const before = book.state.n;
      const page = await session.ending(before);
      if (page.entries.length > 0) await book.take(before, page.entries, true);
      if (book.state.n >= page.head.n || book.state.n === before) return true;
    }
  } catch (thrown) {
    if (isFault(thrown, "may/bad-challenge")) return false;
    throw thrown;
  }
}

/** The server lets this device no longer in: the ledger says whether that is right, and by whom (L2). */
export async function askEnding(account: Parts): Promise<void> {
  if (endedOf(account) !== null) return;
  await learnEnding(account.book, account.session).catch((thrown: unknown) => {
    const { code, entry } = asFault(thrown);
    // Every later sign-in that is refused asks again.
    if (entry.blame !== "network") account.note(code, "note", "");
  });
}
