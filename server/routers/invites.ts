// invites.open: what an invite tells its holder; noise to everyone else (PROTOCOL I1).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { Id, InviteId, ScopeId } from "@/lib/base/ids.ts";
import { jsonId, toJson } from "@/lib/protocol/fields.ts";
import type { InviteOpenAnswer } from "@/lib/protocol/sync.ts";
import { inviteFault } from "@/server/auth/login.ts";
import { openTo, router } from "@/server/trpc.ts";

const input = z.strictObject({ invite: jsonId<"invite">() });
/** Boxes about an invite carry its id in their scope column. */
const boxScope = (invite: InviteId): ScopeId => invite as Id<string> as ScopeId;

export const invitesRouter = router({
  open: openTo("invites.open")
    .input(input)
    .query(async ({ ctx: { app, address }, input: { invite } }): Promise<InviteOpenAnswer> => {
      const workspace = app.workspaces.ofInvite(invite);
      const found = workspace?.state.invites.get(invite);
      if (workspace === undefined || found === undefined) {
        app.rates.take("guesses", address);
        throw new Fault("proof/bad-invite");
      }
      const why = inviteFault(workspace.state, found, app.now());
      if (why !== null) throw new Fault(why);
      const wanted = { purpose: "invite", scope: boxScope(invite), from: 0, upTo: Number.MAX_SAFE_INTEGER } as const;
      const [box] = await app.store.keys.boxes(workspace.ws, { ...wanted, limit: 1 });
      if (box === undefined) throw new Fault("proof/bad-invite");
      return { box: toJson(box.ct) };
    }),
});
