// The ground of all procedures: one builder for each kind of login, and each procedure named in the table of may.ts.
import { initTRPC } from "@trpc/server";
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceSession, InviteSession, RecoverySession, Session } from "@/server/auth/tokens.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import type { App } from "./app.ts";
import { findSession } from "./app.ts";
import type { Place } from "./may.ts";
import { audienceOf } from "./may.ts";

export type CallContext = { readonly app: App; readonly token: string | null; readonly address: string };

const t = initTRPC.context<CallContext>().create();
export const { router, createCallerFactory } = t;

/** Anyone may call: by address, so that one stranger cannot keep the others out. */
export const openTo = (place: Place) =>
  t.procedure.use(({ ctx, next }) => {
    if (!audienceOf(place).who.includes("anyone")) throw new Fault("bug/unexpected");
    ctx.app.rates.take("strangers", ctx.address);
    return next();
  });

type Signed<S extends Session> = { readonly session: S; readonly workspace: Workspace };

function admit(ctx: CallContext, place: Place): Signed<Session> {
  const session = findSession(ctx.app, ctx.token);
  if (session === undefined) {
    ctx.app.rates.take("strangers", ctx.address);
    throw new Fault("may/not-signed-in");
  }
  ctx.app.rates.take("calls", loginOf(session));
  if (!audienceOf(place).who.includes(session.as)) throw new Fault("may/forbidden");
  return { session, workspace: ctx.app.workspaces.of(session.ws) };
}

/** Whoever the table names for this place, with a token that is still good. */
export const signedTo = (place: Place) =>
  t.procedure.use(({ ctx, next }) => next({ ctx: { ...ctx, ...admit(ctx, place) } }));

/** Devices alone. */
export const deviceTo = (place: Place) =>
  t.procedure.use(({ ctx, next }) => {
    const { session, workspace } = admit(ctx, place);
    if (session.as !== "device") throw new Fault("may/forbidden");
    const mine: Signed<DeviceSession> = { session, workspace };
    return next({ ctx: { ...ctx, ...mine } });
  });

/** Holders of a recovery code alone. */
export const recoveryTo = (place: Place) =>
  t.procedure.use(({ ctx, next }) => {
    const { session, workspace } = admit(ctx, place);
    if (session.as !== "recovery") throw new Fault("may/forbidden");
    const mine: Signed<RecoverySession> = { session, workspace };
    return next({ ctx: { ...ctx, ...mine } });
  });

/** Holders of an invite alone. */
export const inviteTo = (place: Place) =>
  t.procedure.use(({ ctx, next }) => {
    const { session, workspace } = admit(ctx, place);
    if (session.as !== "invite") throw new Fault("may/forbidden");
    const mine: Signed<InviteSession> = { session, workspace };
    return next({ ctx: { ...ctx, ...mine } });
  });
