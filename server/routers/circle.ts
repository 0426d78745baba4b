// circle.put, .read, .keys: letters of helpers to one who lost everything, and a helper's own part (PROTOCOL D6).
import { Fault } from "@/lib/base/errors.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { CircleReadAnswer, KeysAnswer } from "@/lib/protocol/sync.ts";
import { circleKeysInput, circlePutInput, circleReadInput } from "@/lib/protocol/sync.ts";
import { circleInForce } from "@/server/ledger/keys.ts";
import { judgeHelper } from "@/server/may.ts";
import type { RecipientId } from "@/server/store/port.ts";
import { deviceTo, openTo, router } from "@/server/trpc.ts";
import { pukRowScope, toKeysAnswer } from "./keys.ts";

/** Letters that one person has lying here: he helps a few, with two letters each. */
const MOST = 100;

export const circleRouter = router({
  put: deviceTo("circle.put")
    .input(circlePutInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ stored: number }> => {
      const entry = { ...input, user: session.user, receivedAt: app.now(), letter: fromJson(input.letter) };
      const kept = await app.store.letters.putLetter(workspace.ws, entry, MOST);
      if (kept === "exists") throw new Fault("may/letter-exists");
      if (kept === "full") throw new Fault("may/quota");
      return { stored: 1 };
    }),

  read: openTo("circle.read")
    .input(circleReadInput)
    .query(async ({ ctx: { app }, input: { mailbox, slot } }): Promise<CircleReadAnswer> => {
      const letter = await app.store.letters.letter(mailbox, slot);
      return { letter: letter === undefined ? null : toJson(letter) };
    }),

  keys: deviceTo("circle.keys")
    .input(circleKeysInput)
    .query(async ({ ctx: { app, workspace, session }, input: { user } }): Promise<KeysAnswer> => {
      const code = judgeHelper(workspace.state, session.user, user);
      const number = circleInForce(workspace.state, user);
      if (code !== null || number === null) throw new Fault(code ?? "may/not-found");
      const span = { purpose: "circle", scope: pukRowScope(user), from: number, upTo: number, limit: 64 } as const;
      const to = { to: "user", recipient: session.user as string as RecipientId } as const;
      const seals = await app.store.keys.seals(workspace.ws, { ...span, ...to });
      const boxes = await app.store.keys.boxes(workspace.ws, span);
      return toKeysAnswer(seals, boxes);
    }),
});
