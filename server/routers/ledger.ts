// ledger.head, .read, .chain, .append (PROTOCOL section 3).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { ScopeId } from "@/lib/base/ids.ts";
import { selfScope } from "@/lib/proof/hash.ts";
import { chainVisible } from "@/lib/proof/queries.ts";
import type { LedgerState, Viewer } from "@/lib/proof/state.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type ChainId, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { AppendAnswer, ChainAnswer, HeadJson, LedgerPage, StoredRow } from "@/lib/protocol/sync.ts";
import { appendInput, chainInput, fromLinkJson, readInput, toLinkJson } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import { actorOf, judgeBatch, judgeQuotas } from "@/server/ledger/append.ts";
import { dropCircles } from "@/server/ledger/circles.ts";
import { dropDecided } from "@/server/ledger/joins.ts";
import { judgeKeys, toKeyEntries } from "@/server/ledger/keys.ts";
import { entryFor } from "@/server/ledger/page.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import { parseLinks } from "@/server/ledger/workspace.ts";
import { judgeScope, viewerOf } from "@/server/may.ts";
import { deviceTo, router, signedTo } from "@/server/trpc.ts";

/** Of each table, the newest. */
const STORED_ROWS = 100;

const headOf = (state: LedgerState): HeadJson => ({ n: state.n, hash: toJson(state.head) });

async function pageAfter(app: App, workspace: Workspace, viewer: Viewer, after: number, limit: number) {
  const { state } = workspace;
  const rows = await app.store.ledger.links(workspace.ws, after, limit);
  // A commit under way may have stored links that the state does not know yet.
  const known = rows.filter((row) => row.n <= state.n);
  return { entries: known.map((row) => entryFor(state, viewer, row)), head: headOf(state) };
}

export const ledgerRouter = router({
  head: signedTo("ledger.head")
    .input(z.strictObject({}).optional())
    .query(({ ctx }): HeadJson => headOf(ctx.workspace.state)),

  read: signedTo("ledger.read")
    .input(readInput)
    .query(
      ({ ctx: { app, workspace, session }, input }): Promise<LedgerPage> =>
        pageAfter(app, workspace, viewerOf(session), input.after, Math.max(1, input.limit)),
    ),

  chain: deviceTo("ledger.chain")
    .input(chainInput)
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<ChainAnswer> => {
      const { state, ws } = workspace;
      const chain = input.scope as string as ChainId;
      const viewer = viewerOf(session);
      if (!state.scopes.has(input.scope) || !state.chains.has(chain)) throw new Fault("may/not-found");
      const rows = await app.store.ledger.chainLinks(ws, chain);
      // Who is out may have it up to the link that put him out: without it he could not fold what he is shown (L2).
      const seen = rows.filter((row) => row.n <= state.n && chainVisible(state, viewer, chain, row.n));
      if (seen.length === 0) throw new Fault("may/not-found");
      return { links: seen.map((row) => ({ n: row.n, link: toLinkJson(row.link) })) };
    }),

  stored: deviceTo("ledger.stored")
    .input(chainInput)
    .query(async ({ ctx: { app, workspace, session }, input: { scope } }): Promise<{ rows: StoredRow[] }> => {
      const { state, ws } = workspace;
      // Keys of one's own lie under the person, and so do the entries about them (D3).
      const mine = scope === selfScope(ws, session.user);
      const code = mine ? null : judgeScope(state, session.user, scope);
      if (code !== null) throw new Fault(code);
      app.rates.take("calls", loginOf(session), 4);
      const place = mine ? (session.user as string as ScopeId) : scope;
      const own = place as string as ChainId;
      const chain = state.chains.has(own) ? own : WORKSPACE_CHAIN;
      const rows = await app.store.ledger.storedRows(ws, place, chain, STORED_ROWS);
      return { rows: rows.filter(({ table, columns }) => table !== "links" || Number(columns.n) <= state.n) };
    }),

  append: signedTo("ledger.append")
    .input(appendInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<AppendAnswer> => {
      app.restores.assertWhole(workspace.ws);
      const links = parseLinks(input.batch.links.map(fromLinkJson));
      const acts = links.map(({ link }) => link);
      const actor = actorOf(session, acts);
      const code = judgeBatch(session, acts);
      if (code !== null || actor === undefined) throw new Fault(code ?? "may/forbidden");
      app.rates.take("links", loginOf(session), links.length);
      const after = { n: input.after.n, hash: fromJson(input.after.hash) };
      const before = workspace.state;
      const limits = app.settings.limits;
      const result = await workspace.append({
        after,
        links,
        keys: toKeyEntries(input.batch, actor),
        judge: (next) => judgeQuotas(before, next, actor, limits) ?? judgeKeys(next, input.batch, actor),
      });
      if (result === "appended" && acts.some(({ kind, type }) => kind === "W" && type !== "epoch"))
        await dropDecided(app, workspace);
      if (result === "appended") await dropCircles(app, workspace, acts);
      if (result === "appended") return { ok: true, head: headOf(workspace.state) };
      return { ok: false, ...(await pageAfter(app, workspace, viewerOf(session), after.n, LIMITS.linksPerRead)) };
    }),
});
