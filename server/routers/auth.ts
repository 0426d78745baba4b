// auth.challenge, auth.login, auth.ending, auth.workspaces (PROTOCOL A1, D3).
import { z } from "zod";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { ChallengeAnswer, LedgerPage, LoginAnswer, WorkspacesAnswer } from "@/lib/protocol/sync.ts";
import { challengeInput, endingInput, loginInput } from "@/lib/protocol/sync.ts";
import { endingOf } from "@/server/auth/ending.ts";
import { login } from "@/server/auth/login.ts";
import { openTo, router } from "@/server/trpc.ts";

export const authRouter = router({
  challenge: openTo("auth.challenge")
    .input(challengeInput)
    .mutation(({ ctx, input }): ChallengeAnswer => {
      const { challenge, expires } = ctx.app.challenges.mint(input.ws);
      return { challenge: toJson(challenge), expires };
    }),

  workspaces: openTo("auth.workspaces")
    .input(z.strictObject({}).optional())
    .query(
      ({ ctx: { app } }): WorkspacesAnswer => ({ workspaces: app.workspaces.ids.slice(0, LIMITS.workspacesListed) }),
    ),

  login: openTo("auth.login")
    .input(loginInput)
    .mutation(({ ctx: { app }, input }): LoginAnswer => {
      const { workspaces, challenges, tokens, origins, now } = app;
      const tokenMinutes = app.settings.limits.tokenMinutes;
      return login({ workspaces, challenges, tokens, origins, now, tokenMinutes }, input);
    }),

  ending: openTo("auth.ending")
    .input(endingInput)
    .mutation(({ ctx: { app }, input }): Promise<LedgerPage> => endingOf(app, input.login, input.after)),
});
