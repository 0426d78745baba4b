// tacit audit: plants canaries in every field through real engines, then searches everything the server has for them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Aviary } from "@/cli/audit/canaries.ts";
import { COLUMNS, type FoundColumn, unclassified } from "@/cli/audit/columns.ts";
import { drive } from "@/cli/audit/drive.ts";
import { type Hit, readSinks, type Sink, search } from "@/cli/audit/search.ts";
import { type StoredSizes, storedSizes } from "@/cli/audit/sizes.ts";
import { Tap } from "@/cli/audit/wire.ts";
import { SERVER_VERSION } from "@/server/app.ts";
import { makeBackup } from "@/server/backup/backup.ts";
import { logTo } from "@/server/log.ts";
import { startServer } from "@/server/main.ts";

export type AuditReport = {
  readonly fields: readonly string[];
  readonly sinks: readonly { readonly name: string; readonly bytes: number }[];
  readonly columns: number;
  readonly unclassified: readonly FoundColumn[];
  readonly hits: readonly Hit[];
  readonly sizes: StoredSizes;
};

/** Every column of every table of a database file. */
function columnsOf(path: string): FoundColumn[] {
  const database = new Database(path, { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[];
    return tables.flatMap(({ name }) =>
      (database.prepare(`SELECT name FROM pragma_table_info(?)`).all(name) as { name: string }[]).map((column) => ({
        table: name,
        column: column.name,
      })),
    );
  } finally {
    database.close();
  }
}

/** Runs the audit in a temporary folder. The database is read while its WAL and freed pages are still there. */
export async function audit(): Promise<AuditReport> {
  const folder = mkdtempSync(join(tmpdir(), "tacit-audit-"));
  const lines: Buffer[] = [];
  const log = logTo((text) => lines.push(Buffer.from(text)), Date.now);
  const server = await startServer({ dataDir: join(folder, "data"), log });
  const tap = new Tap();
  const aviary = new Aviary();
  const leave: (() => Promise<void>)[] = [];
  let up = true;
  const stop = async () => {
    if (up) await server.stop();
    up = false;
  };
  try {
    const setupFragment = `#${(server.setupLink ?? "").split("#")[1]}`;
    aviary.note("setup link", setupFragment.slice("#s1.".length));
    await drive({ origin: server.publicUrl, setupFragment, folder, tap, aviary, leave });
    await makeBackup(join(folder, "data"), join(folder, "backup.tacit"), SERVER_VERSION);
    const running = readSinks("running", join(folder, "data"));
    const found = columnsOf(server.databasePath);
    for (const end of leave.splice(0)) await end();
    // Stopping folds the WAL into the file: both states are searched.
    await stop();
    const stopped = readSinks("stopped", join(folder, "data"));
    const stored = [...running, ...stopped, ...readSinks("backup", join(folder, "backup.tacit"))];
    const sinks: Sink[] = [...stored, { name: "log", bytes: Buffer.concat(lines) }, ...tap.sinks()];
    // The setup link's token travels once, when it is used; what may not be is that it stays.
    const kept = aviary.canaries.filter((canary) => canary.field !== "setup link");
    const resting = sinks.filter((sink) => !sink.name.startsWith("HTTP"));
    const hits = [
      ...search(sinks, kept),
      ...search(
        resting,
        aviary.canaries.filter((canary) => canary.field === "setup link"),
      ),
    ];
    return {
      fields: aviary.fields,
      sinks: sinks.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      columns: found.length,
      unclassified: unclassified(found),
      hits,
      sizes: storedSizes(stopped),
    };
  } finally {
    for (const end of leave) await end();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function clean({ hits, unclassified: unknown, sizes }: AuditReport): boolean {
  return hits.length === 0 && unknown.length === 0 && sizes.unpadded.length === 0;
}

/** The report as a table for people. */
export function formatReport(report: AuditReport): string {
  const lines = [`${"searched".padEnd(44)}${"bytes".padStart(12)}${"hits".padStart(6)}`];
  for (const { name, bytes } of report.sinks) {
    const hits = report.hits.filter((hit) => hit.sink === name).length;
    lines.push(`${name.slice(-43).padEnd(44)}${String(bytes).padStart(12)}${String(hits).padStart(6)}`);
  }
  for (const hit of report.hits) lines.push(`FOUND ${hit.field} in ${hit.sink} as ${hit.encoding}`);
  for (const { table, column } of report.unclassified) lines.push(`NOT CLASSIFIED ${table}.${column}`);
  for (const name of report.sizes.unpadded) lines.push(`NOT PADDED ${name}`);
  lines.push(`${report.sizes.files} files stored, ${report.sizes.unpadded.length} of a size that no padding class has`);
  lines.push(`${report.fields.length} kinds of field: ${report.fields.join(", ")}`);
  lines.push(
    `${report.columns} columns in ${Object.keys(COLUMNS).length} tables, ${report.unclassified.length} not classified`,
  );
  lines.push(
    `forms searched: UTF-8, UTF-16 (both orders), hex, base64 (three alignments, both alphabets), and inside gzip and zlib`,
  );
  lines.push(clean(report) ? "audit: 0 hits" : `audit: ${report.hits.length} hits`);
  return `${lines.join("\n")}\n`;
}

export async function run(): Promise<number> {
  const report = await audit();
  process.stdout.write(formatReport(report));
  return clean(report) ? 0 : 1;
}
