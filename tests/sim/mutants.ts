// `npm run sim -- mutants [name …]`: takes guards out of copies of the tree, and says which of them the short set misses.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Patch } from "@/tests/bite/guard.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LEFT_OUT = new Set(["node_modules", ".git", ".next", "out", "data", ".cache", "test-results"]);
/** The seeds of the short set. */
const SEEDS = 300;

/** A copy is played by its own code alone. */
const PLAYER = "tests/sim/run.ts";

type Mutant = Patch & { readonly name: string; readonly more?: readonly Patch[] };

const MUTANTS: readonly Mutant[] = [
  {
    name: "E4 writers rotate first",
    file: "lib/client/keys/rooms.ts",
    find: "if (epoch === null || needsRotation(state, scope)) return true;",
    replace: "if (epoch === null) return true;",
  },
  {
    name: "E4 taking out of a channel is a revoking change",
    file: "lib/proof/effects/rooms.ts",
    find: `else if (wasIn && role !== "manager") markRevoking(draft, id, n);`,
    replace: "",
  },
  {
    name: "E8 who comes later reads from then on",
    file: "lib/proof/queries.ts",
    find: `return scope.history === "since-join" && (scope.addedAt.at(-1) ?? 0) > last.n ? "cut" : "chain";`,
    replace: `return "chain";`,
  },
  {
    name: "M4 authors have the right",
    file: "lib/client/events/inbox.ts",
    find: "const fault = context.self ? selfFault(header, context) : judgeAuthor(context.ledger, { ...header, n: opened.n });",
    replace: "const fault = context.self ? selfFault(header, context) : null;",
  },
  {
    name: "M6 an id counts once",
    file: "lib/client/events/inbox.ts",
    find: `if (context.seen(row.id)) return "event/duplicate";`,
    replace: "",
  },
  {
    name: "M8 only the author edits",
    file: "lib/client/view/changes/edits.ts",
    find: "if (named.user !== record.user) {",
    replace: "if (named.user === null) {",
  },
  {
    name: "M10 one's own row under the id ends it",
    file: "lib/client/events/outbox.ts",
    find: `if (mine && typeof columns.pos === "number")`,
    replace: `if (mine && columns.pos === "never")`,
  },
  {
    name: "L7 links are signed",
    file: "lib/proof/rules/envelope.ts",
    find: `signedByDevice(step) ? null : "proof/bad-signature",`,
    replace: "signedByDevice(step) ? null : null,",
  },
  {
    name: "L9 another history is refused",
    file: "lib/client/events/inbox.ts",
    find: `if (conflict) return`,
    replace: `if (conflict && opened.n < 0) return`,
  },
  {
    name: "L10 rows are given back",
    file: "lib/client/heal/heal.ts",
    find: "[...(await giveRows(account))].map(([channel, ids]) => ({ channel, ids: [...ids] }))",
    replace: `[] as Stored["purges"]`,
  },
  {
    name: "A2 a gap is fetched",
    file: "lib/client/account/catch-up.ts",
    find: "if (rows.some((row, i) => row.pos !== high + 1 + i)) return await this.#pull(channel);",
    replace: "",
  },
  {
    name: "D2 a device that goes turns the key of its person",
    file: "lib/client/events/outbox-entry.ts",
    find: "if (self !== null) return epoch === currentPuk(state, self)?.gen;",
    replace: "if (self !== null) return epoch > 0;",
  },
];

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "tacit-mutant-"));
  for (const name of readdirSync(root))
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** What the first failing seed of the short set says; null when none fails. */
async function hunt(copy: string): Promise<string | null> {
  const args = ["--import", "tsx", join(copy, PLAYER), "hunt", String(SEEDS)];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code === 0) return null;
  return said.trim().split("\n").at(-1) ?? "it does not even begin";
}

/** True when the short set shows that the guard is gone. */
async function judge(copy: string, { file, find, replace, name }: Mutant): Promise<boolean> {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  if (text.split(find).length !== 2) {
    console.info(`not there   ${name}  ${file}`);
    return false;
  }
  const started = performance.now();
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const shown = await hunt(copy).finally(() => writeFileSync(path, text));
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4);
  console.info(`${shown === null ? "not found " : "found     "} ${seconds} s  ${name}  ${(shown ?? "").slice(0, 300)}`);
  return shown?.startsWith("seed ") === true;
}

/** Judges those whose names begin so, or all; the exit code says whether each was found. */
export async function judgeMutants(prefixes: readonly string[]): Promise<number> {
  const chosen = MUTANTS.filter(({ name }) => prefixes.length === 0 || prefixes.some((one) => name.startsWith(one)));
  const left = [...chosen];
  let found = 0;
  const work = async (): Promise<void> => {
    const copy = copyTree();
    try {
      for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift())
        if (await judge(copy, mutant)) found += 1;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), left.length) }, work));
  console.info(`${found} of ${chosen.length} mutants found within ${SEEDS} seeds`);
  return found === chosen.length ? 0 : 1;
}
