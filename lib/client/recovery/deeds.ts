// What was done in a person's name, from the ledger alone: what somebody looks at who lost a device (PROTOCOL D2).
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { Deed } from "@/lib/client/api/recovery.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Link } from "@/lib/protocol/link.ts";

const MOST = 200;
const ROOT = /^A+$/;

function subjectOf({ body }: Link): UserId | null {
  return "user" in body && typeof body.user === "string" ? body.user : null;
}

/** Links of one person, newest first, key rotations left out: they happen by themselves. */
export function deedsOf(book: Book, user: UserId): readonly Deed[] {
  const mine = book.valid().filter(({ link }) => link.user === user && link.type !== "epoch");
  return mine
    .slice(-MOST)
    .reverse()
    .map(({ n, link }) => ({
      n,
      at: link.ts,
      device: ROOT.test(link.device) ? null : (link.device as DeviceId),
      type: link.type,
      subject: subjectOf(link),
    }));
}
