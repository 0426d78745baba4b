// keys.read, .puk, .recovery, .write, .request, .requests (PROTOCOL E2, E7, D3).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { Id, ScopeId, UserId } from "@/lib/base/ids.ts";
import { deviceOf, isScopeMember } from "@/lib/proof/queries.ts";
import { verifySignature } from "@/lib/proof/verify.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { requestBytes } from "@/lib/protocol/signed.ts";
import type { KeyRequest, KeysAnswer } from "@/lib/protocol/sync.ts";
import { keyRequestInput, keysReadInput, keysWriteInput } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import type { Session } from "@/server/auth/tokens.ts";
import { assertKeys, toKeyEntries } from "@/server/ledger/keys.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import { announceKeys, announceRequest } from "@/server/live/announce.ts";
import { judgeInviteScope, judgeScope } from "@/server/may.ts";
import type { BoxEntry, RecipientId, RequestEntry, SealEntry } from "@/server/store/port.ts";
import { deviceTo, recoveryTo, router, signedTo } from "@/server/trpc.ts";

const HOUR = 3600 * 1000;
const REQUEST_LIFE = 24 * HOUR;
const MOST = 4096;
const ALL_EPOCHS = { from: 0, upTo: Number.MAX_SAFE_INTEGER, limit: MOST } as const;
const none = z.strictObject({}).optional();

const recipient = (id: Id<string>): RecipientId => id as string as RecipientId;
/** Rows about a person's own keys carry the person's id in their scope column. */
export const pukRowScope = (user: UserId): ScopeId => user as string as ScopeId;

export function toKeysAnswer(seals: readonly SealEntry[], boxes: readonly BoxEntry[]): KeysAnswer {
  return {
    seals: seals.map(({ giver: _, ...seal }) => ({ ...seal, ct: toJson(seal.ct) })),
    boxes: boxes.map(({ giver: _, ...box }) => ({ ...box, ct: toJson(box.ct) })),
  };
}

function judgeReader(workspace: Workspace, session: Session, scope: ScopeId) {
  // Whoever recovers rotates in the batch that resets, and hands the keys before it on in the chain (D2, E10).
  if (session.as !== "invite") return judgeScope(workspace.state, session.user, scope);
  return judgeInviteScope(workspace.state, scope);
}

/** Pleas are worth showing to those who share the scope, while they are young. */
async function openRequests(app: App, workspace: Workspace, user: UserId): Promise<KeyRequest[]> {
  const { state } = workspace;
  const all = await app.store.keys.requests(workspace.ws, app.now() - REQUEST_LIFE);
  const mine = all.filter((one) => {
    const scope = state.scopes.get(one.scope);
    return scope !== undefined && isScopeMember(state, scope, user) && isScopeMember(state, scope, one.user);
  });
  return mine.map(({ receivedAt: _, ...one }) => ({ ...one, sig: toJson(one.sig) }));
}

export const keysRouter = router({
  read: signedTo("keys.read")
    .input(keysReadInput)
    .query(async ({ ctx: { app, workspace, session }, input: { scope, from, to } }): Promise<KeysAnswer> => {
      const code = judgeReader(workspace, session, scope);
      if (code !== null) throw new Fault(code);
      const span = { scope, from, upTo: to, limit: MOST };
      const mine =
        session.as === "invite"
          ? ({ to: "invite", recipient: recipient(session.invite) } as const)
          : ({ to: "user", recipient: recipient(session.user) } as const);
      const seals = await app.store.keys.seals(workspace.ws, { purpose: "epoch", ...mine, ...span });
      const boxes = await app.store.keys.boxes(workspace.ws, { purpose: "prev", ...span });
      return toKeysAnswer(seals, boxes);
    }),

  puk: deviceTo("keys.puk")
    .input(none)
    .query(async ({ ctx: { app, workspace, session } }): Promise<KeysAnswer> => {
      const scope = pukRowScope(session.user);
      const to = { to: "device", recipient: recipient(session.device) } as const;
      const seals = await app.store.keys.seals(workspace.ws, { purpose: "puk", scope, ...to, ...ALL_EPOCHS });
      const boxes = await app.store.keys.boxes(workspace.ws, { purpose: "puk", scope, ...ALL_EPOCHS });
      return toKeysAnswer(seals, boxes);
    }),

  recovery: recoveryTo("keys.recovery")
    .input(none)
    .query(async ({ ctx: { app, workspace, session } }): Promise<KeysAnswer & { user: UserId }> => {
      const scope = pukRowScope(session.user);
      const to = { to: "recovery", recipient: null } as const;
      const seals = await app.store.keys.seals(workspace.ws, { purpose: "puk", scope, ...to, ...ALL_EPOCHS });
      const boxes = await app.store.keys.boxes(workspace.ws, { purpose: "puk", scope, ...ALL_EPOCHS });
      const roots = await app.store.keys.boxes(workspace.ws, { purpose: "root", scope, ...ALL_EPOCHS });
      return { ...toKeysAnswer(seals, [...boxes, ...roots]), user: session.user };
    }),

  write: deviceTo("keys.write")
    .input(keysWriteInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ stored: number }> => {
      assertKeys(workspace.state, input, session.user);
      const entries = toKeyEntries(input, session.user);
      const stored = await app.store.keys.putKeys(workspace.ws, entries);
      const answered = entries.seals
        .filter((seal) => seal.purpose === "epoch" && seal.to === "user")
        .map((seal) => ({ scope: seal.scope, epoch: seal.epoch, user: seal.recipient as string as UserId }));
      if (answered.length > 0) await app.store.keys.dropRequests(workspace.ws, answered);
      announceKeys(app, workspace, entries);
      return { stored };
    }),

  request: deviceTo("keys.request")
    .input(keyRequestInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ stored: number }> => {
      const code = judgeScope(workspace.state, session.user, input.scope);
      if (code !== null) throw new Fault(code);
      const { user, device } = session;
      const sig = fromJson(input.sig);
      const keys = deviceOf(workspace.state, device)?.keys;
      const bytes = requestBytes({
        ws: workspace.ws,
        scope: input.scope,
        epoch: input.epoch,
        user,
        device,
        at: input.at,
      });
      if (keys === undefined || !verifySignature("request", keys.sign, bytes, sig))
        throw new Fault("proof/bad-signature");
      const now = app.now();
      const plea: RequestEntry = { ...input, user, device, sig, receivedAt: now };
      const kept = await app.store.keys.putRequest(workspace.ws, plea, now - HOUR);
      if (kept) announceRequest(app, workspace, { ...input, user, device });
      return { stored: kept ? 1 : 0 };
    }),

  requests: deviceTo("keys.requests")
    .input(none)
    .query(async ({ ctx: { app, workspace, session } }): Promise<{ requests: KeyRequest[] }> => {
      return { requests: await openRequests(app, workspace, session.user) };
    }),
});
