// restore.begin, .links, .missing, .rows, .done, .confirm: a server that fell back to an older backup is made whole (PROTOCOL L10).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import { isAdminRole, roleAt } from "@/lib/proof/queries.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { GiveLinksAnswer, MissingAnswer, RestoredJson } from "@/lib/protocol/sync.ts";
import { fromLinkJson, giveLinksInput, giveRowsInput, missingInput, restoreInput } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import { parseLinks, type Workspace } from "@/server/ledger/workspace.ts";
import { announceEvents, announceRestored } from "@/server/live/announce.ts";
import { judgeRead } from "@/server/may.ts";
import { judgeTime, parseGiven, provesLoss } from "@/server/restore/given.ts";
import { deviceTo, router } from "@/server/trpc.ts";

const NO_KEYS = { seals: [], boxes: [] };
const none = z.strictObject({}).optional();

/** The restore that a device speaks of. Throws may/not-found for another. */
function restored(app: App, workspace: Workspace, id?: string): RestoredJson {
  const found = app.restores.describe(workspace);
  if (found === null || (id !== undefined && found.id !== id)) throw new Fault("may/not-found");
  return found;
}

export const restoreRouter = router({
  /** An admin's word stops all writing; anybody else's only opens the way for what he holds. */
  begin: deviceTo("restore.begin")
    .input(none)
    .mutation(async ({ ctx: { app, workspace, session } }): Promise<RestoredJson> => {
      const admin = isAdminRole(roleAt(workspace.state, session.user));
      await app.restores.begin(workspace, admin, workspace.state.n);
      announceRestored(app, workspace);
      return restored(app, workspace);
    }),

  links: deviceTo("restore.links")
    .input(giveLinksInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<GiveLinksAnswer> => {
      const links = parseLinks(input.links.map(fromLinkJson));
      app.rates.take("calls", loginOf(session), Math.ceil(links.length / 8));
      const after = { n: input.after.n, hash: fromJson(input.after.hash) };
      const acts = links.map(({ link }) => link);
      const before = workspace.state;
      const landed = await workspace.append({ after, links, keys: NO_KEYS, judge: () => null });
      if (landed === "appended") {
        // What late devices bring after a restore that is over stops nobody again.
        const known = judgeTime(app.restores.of(workspace.ws), app.now()) === null;
        if (!known) await app.restores.begin(workspace, provesLoss(before, session, acts), before.n);
        announceRestored(app, workspace);
      }
      const { n, head } = workspace.state;
      return { head: { n, hash: toJson(head) }, restored: app.restores.describe(workspace) };
    }),

  missing: deviceTo("restore.missing")
    .input(missingInput)
    .mutation(async ({ ctx: { app, workspace, session }, input: { channel, held } }): Promise<MissingAnswer> => {
      const { ws } = workspace;
      const code = judgeRead(workspace.state, session.user, channel);
      if (code !== null) throw new Fault(code);
      const { restores } = app.store;
      const ids = held.map((one) => one.id);
      const entry = app.restores.of(ws);
      // Written before anybody noticed, at places that this device knows otherwise: it would never ask for them.
      if (judgeTime(entry, app.now()) === null && entry !== undefined)
        announceEvents(app, workspace, await restores.makeRoom(ws, channel, entry.number, held));
      const missing = await restores.missing(ws, channel, ids);
      return { missing, base: await restores.base(ws, channel, entry?.number ?? 0) };
    }),

  rows: deviceTo("restore.rows")
    .input(giveRowsInput)
    .mutation(async ({ ctx: { app, workspace, session }, input: { channel, rows } }): Promise<{ stored: number }> => {
      const { state, ws } = workspace;
      const entry = app.restores.of(ws);
      const code = judgeRead(state, session.user, channel) ?? judgeTime(entry, app.now());
      if (code !== null) throw new Fault(code);
      app.rates.take("calls", loginOf(session), Math.ceil(rows.length / 10));
      const given = rows.map((row) => parseGiven(state, session, channel, row, app.now()));
      if (entry?.closedAt === null) return { stored: await app.store.restores.putGiven(ws, channel, given) };
      const placed = await app.store.restores.appendGiven(ws, channel, given);
      announceEvents(app, workspace, placed);
      return { stored: placed.length };
    }),

  done: deviceTo("restore.done")
    .input(restoreInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<RestoredJson> => {
      restored(app, workspace, input.id);
      await app.restores.done(workspace, session.device);
      announceRestored(app, workspace);
      return restored(app, workspace);
    }),

  confirm: deviceTo("restore.confirm")
    .input(restoreInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<RestoredJson> => {
      if (!isAdminRole(roleAt(workspace.state, session.user))) throw new Fault("may/forbidden");
      restored(app, workspace, input.id);
      if (await app.restores.confirm(workspace)) announceRestored(app, workspace);
      return restored(app, workspace);
    }),
});
