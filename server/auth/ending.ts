// What a device that is out may still have: the ledger up to the link that ended it, so that it can see who did and when (PROTOCOL L2, S1).
import type { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import { deviceOf, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { LedgerPage, loginInput } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { entryFor } from "@/server/ledger/page.ts";
import { proveLogin } from "./login.ts";

/** Position of the link that put a device out; null while it is in. */
function endedAt(state: LedgerState, user: UserId, device: DeviceId): number | null {
  const revoked = deviceOf(state, device)?.revokedAt ?? null;
  const removed = roleAt(state, user) === null ? (state.users.get(user)?.role.at(-1)?.n ?? null) : null;
  if (revoked === null || removed === null) return revoked ?? removed;
  return Math.min(revoked, removed);
}

/** Entries after `after` up to that link. Throws may/bad-challenge for everyone who is in, or unknown. */
export async function endingOf(app: App, login: z.output<typeof loginInput>, after: number): Promise<LedgerPage> {
  const { workspace, sessionOf } = proveLogin(app, login);
  const session = sessionOf(app.now());
  const { state, ws } = workspace;
  const end = session.as === "device" ? endedAt(state, session.user, session.device) : null;
  if (session.as !== "device" || end === null) throw new Fault("may/bad-challenge");
  const rows = await app.store.ledger.links(ws, after, LIMITS.linksPerRead);
  const viewer = { kind: "user", user: session.user } as const;
  const seen = rows.filter(({ n }) => n <= end).map((row) => entryFor(state, viewer, row));
  return { entries: seen, head: { n: end, hash: toJson(state.heads[end - 1] ?? state.head) } };
}
