// invites.open, .request, .waiting, .requests, .decline: what an invite tells its holder, and who waits by one (PROTOCOL I1, I4).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { Id, InviteId, ScopeId } from "@/lib/base/ids.ts";
import { fromJson, jsonId, toJson } from "@/lib/protocol/fields.ts";
import type { JoinRow } from "@/lib/protocol/invite.ts";
import { joinDeclineInput, joinRequestInput, joinWaitingInput } from "@/lib/protocol/invite.ts";
import type { InviteOpenAnswer } from "@/lib/protocol/sync.ts";
import { inviteFault } from "@/server/auth/login.ts";
import { keepJoin, openJoins } from "@/server/ledger/joins.ts";
import { announceJoins } from "@/server/live/announce.ts";
import { judgeDecider } from "@/server/may.ts";
import { deviceTo, inviteTo, openTo, router } from "@/server/trpc.ts";

const input = z.strictObject({ invite: jsonId<"invite">() });
const none = z.strictObject({}).optional();
/** Requests in one answer; the oldest first, so that whoever floods stands behind the others. */
const MOST = 200;
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

  request: inviteTo("invites.request")
    .input(joinRequestInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ stored: number }> => {
      const signed = { bytes: fromJson(input.b), sig: fromJson(input.s) };
      await keepJoin(app, workspace, session.invite, signed);
      announceJoins(app, workspace);
      return { stored: 1 };
    }),

  waiting: inviteTo("invites.waiting")
    .input(joinWaitingInput)
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<{ waiting: boolean }> => {
      const mine = (await openJoins(app, workspace)).find(({ user }) => user === input.user);
      return { waiting: mine?.invite === session.invite };
    }),

  requests: deviceTo("invites.requests")
    .input(none)
    .query(async ({ ctx: { app, workspace, session } }): Promise<{ requests: JoinRow[] }> => {
      const code = judgeDecider(workspace.state, session.user);
      if (code !== null) throw new Fault(code);
      const all = await openJoins(app, workspace);
      const requests = all.slice(0, MOST).map(({ invite, user, receivedAt, bytes, sig }) => {
        return { invite, user, at: receivedAt, b: toJson(bytes), s: toJson(sig) };
      });
      return { requests };
    }),

  decline: deviceTo("invites.decline")
    .input(joinDeclineInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ stored: number }> => {
      const code = judgeDecider(workspace.state, session.user);
      if (code !== null) throw new Fault(code);
      const stored = await app.store.joins.dropJoins(workspace.ws, [input]);
      announceJoins(app, workspace);
      return { stored };
    }),
});
