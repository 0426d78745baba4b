// Links in SQLite: compare-and-set on the newest position, batches whole or not at all.
import { and, asc, gt, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { idBytes, type ScopeId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { ChainId } from "@/lib/protocol/link.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import type { Parts } from "./parts.ts";
import { bound, is, read, toStored } from "./parts.ts";
import type { KeyEntries, LedgerStore, LinkRow } from "./port.ts";
import { links, setupTokens, workspaces } from "./schema.ts";
import type { SqliteKeys } from "./sqlite-keys.ts";

type StoredLink = typeof links.$inferSelect;

const toRow = (row: StoredLink): LinkRow => ({
  n: row.n,
  stub: { kind: row.kind, chain: row.chain, seq: row.seq, hash: row.hash },
  link: { bytes: row.bytes, sig: row.sig, extra: row.extra },
});

/** What lies of a scope beside its events, straight from the tables, past the mapping above. */
const RAW = [
  { table: "links", where: "chain = ?", newest: "seq", by: "chain" },
  { table: "seals", where: "purpose IN ('epoch', 'puk') AND scope = ?", newest: "epoch", by: "scope" },
  { table: "boxes", where: "purpose IN ('prev', 'puk') AND scope = ?", newest: "epoch", by: "scope" },
] as const;

function prepare(db: BetterSQLite3Database) {
  return {
    after: db
      .select()
      .from(links)
      .where(and(is(links.w, "w"), gt(links.n, sql.placeholder("after"))))
      .orderBy(asc(links.n))
      .limit(sql.placeholder("limit"))
      .prepare(),
    chain: db
      .select()
      .from(links)
      .where(and(is(links.w, "w"), is(links.chain, "chain")))
      .orderBy(asc(links.seq))
      .prepare(),
    newest: db
      .select({ n: sql<number | null>`max(${links.n})` })
      .from(links)
      .where(is(links.w, "w"))
      .prepare(),
    insert: db
      .insert(links)
      .values({
        w: sql.placeholder("w"),
        n: sql.placeholder("n"),
        kind: sql.placeholder("kind"),
        chain: sql.placeholder("chain"),
        seq: sql.placeholder("seq"),
        hash: sql.placeholder("hash"),
        bytes: sql.placeholder("bytes"),
        sig: sql.placeholder("sig"),
        extra: sql.placeholder("extra"),
      })
      .prepare(),
    create: db
      .insert(workspaces)
      .values({ ws: sql.placeholder("ws"), createdAt: sql.placeholder("now") })
      .onConflictDoNothing()
      .returning({ w: workspaces.w })
      .prepare(),
    useToken: db
      .delete(setupTokens)
      .where(and(is(setupTokens.hash, "hash"), gt(setupTokens.expires, bound(setupTokens.expires, "now"))))
      .prepare(),
    // A link printed at a first start is worth nothing once there is a workspace.
    dropFirst: db.delete(setupTokens).where(is(setupTokens.first, "first")).prepare(),
  };
}

export class SqliteLedger implements LedgerStore {
  private readonly parts: Parts;
  private readonly keys: SqliteKeys;
  private readonly run: ReturnType<typeof prepare>;

  constructor(parts: Parts, keys: SqliteKeys) {
    this.parts = parts;
    this.keys = keys;
    this.run = prepare(parts.db);
  }

  workspaces(): Promise<WorkspaceId[]> {
    return read(() => this.parts.numbers.all());
  }

  links(ws: WorkspaceId, after: number, limit: number): Promise<LinkRow[]> {
    return read(() => this.run.after.all({ w: this.parts.numbers.of(ws), after, limit }).map(toRow));
  }

  chainLinks(ws: WorkspaceId, chain: ChainId): Promise<LinkRow[]> {
    return read(() => this.run.chain.all({ w: this.parts.numbers.of(ws), chain }).map(toRow));
  }

  storedRows(ws: WorkspaceId, scope: ScopeId, chain: ChainId, limit: number): Promise<StoredRow[]> {
    return read(() => {
      const w = this.parts.numbers.of(ws);
      return RAW.flatMap(({ table, where, newest, by }) => {
        const id = Buffer.from(idBytes(by === "chain" ? chain : scope));
        const found = this.parts.raw
          .prepare(`SELECT * FROM ${table} WHERE w = ? AND ${where} ORDER BY ${newest} DESC LIMIT ?`)
          .all(w, id, limit);
        return found.map((row) => toStored(table, row));
      });
    });
  }

  async createWorkspace(first: Parameters<LedgerStore["createWorkspace"]>[0]): Promise<"created" | "refused"> {
    const w = await this.parts.queue.write(() => {
      if (this.run.useToken.run({ hash: first.tokenHash, now: first.now }).changes === 0) return undefined;
      const created = this.run.create.get({ ws: first.ws, now: first.now });
      if (created === undefined) return undefined;
      this.run.dropFirst.run({ first: true });
      this.insert(created.w, first.links, first.keys);
      return created.w;
    });
    if (w === undefined) return "refused";
    this.parts.numbers.add(first.ws, w);
    return "created";
  }

  appendLinks(
    ws: WorkspaceId,
    after: number,
    rows: readonly LinkRow[],
    keys: KeyEntries,
  ): Promise<"appended" | "stale"> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      if ((this.run.newest.get({ w })?.n ?? 0) !== after) return "stale";
      this.insert(w, rows, keys);
      return "appended";
    });
  }

  private insert(w: number, rows: readonly LinkRow[], keys: KeyEntries): void {
    for (const { n, stub, link } of rows) this.run.insert.run({ w, n, ...stub, ...link });
    this.keys.insert(w, keys);
  }
}
