// npm run bite [-- MS-05 SRV files.guards.ts …]: takes each guard out in turn, in copies of the tree, and fails if its test stays green.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Guard } from "./guard.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const LEFT_OUT = new Set(["node_modules", ".git", ".next", "out", "data", ".cache", "test-results"]);
/** A bitten test waits for what never comes; in the copies it waits less long. */
const PATIENCE = { file: "tests/world.ts", find: "PATIENCE_MS = 30_000", replace: "PATIENCE_MS = 8_000" };
const RUN_MS = 180_000;

type Report = { readonly numPassedTests: number; readonly numFailedTests: number };
type Outcome = "bites" | "stays green" | "red anyway" | "broken" | "not found";

async function guards(): Promise<Guard[]> {
  const wanted = process.argv.slice(2);
  const found: Guard[] = [];
  for (const file of readdirSync(here).filter((name) => name.endsWith(".guards.ts"))) {
    const loaded = (await import(pathToFileURL(join(here, file)).href)) as { GUARDS: readonly Guard[] };
    const all = wanted.length === 0 || wanted.includes(file);
    found.push(...loaded.GUARDS.filter(({ rule }) => all || wanted.some((prefix) => rule.startsWith(prefix))));
  }
  return found;
}

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "tacit-bite-"));
  for (const name of readdirSync(root))
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const path = join(copy, PATIENCE.file);
  const source = readFileSync(path, "utf8");
  if (!source.includes(PATIENCE.find)) throw new TypeError(`${PATIENCE.file} has no ${PATIENCE.find}`);
  writeFileSync(path, source.replace(PATIENCE.find, PATIENCE.replace));
  return copy;
}

/** How these tests fare in a copy as it is now; undefined when they did not even begin. */
async function run(copy: string, test: string, more: readonly string[]): Promise<Report | undefined> {
  const output = join(copy, "bite.json");
  rmSync(output, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", test, ...more, "--reporter=json", `--outputFile=${output}`];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: "ignore", detached: true });
  let endless = false;
  const timer = setTimeout(() => {
    endless = true;
    // The whole group: what runs for ever is a worker of it, and would go on without it.
    process.kill(-(child.pid ?? process.pid), "SIGKILL");
  }, RUN_MS);
  await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  // What never ends has not passed: some checks are all that keeps a loop from going on for ever.
  if (endless) return { numPassedTests: 0, numFailedTests: 1 };
  try {
    const report = JSON.parse(readFileSync(output, "utf8")) as Report;
    return report.numPassedTests + report.numFailedTests === 0 ? undefined : report;
  } catch {
    return undefined;
  }
}

/** bites: green with the guard, red without. A source that no longer loads shows nothing: that is broken. */
async function judge(copy: string, guard: Guard): Promise<Outcome> {
  const before = new Map<string, string>();
  try {
    for (const { file, find, replace } of [guard, ...(guard.more ?? [])]) {
      const path = join(copy, file);
      const text = readFileSync(path, "utf8");
      if (!before.has(path)) before.set(path, text);
      if (text.split(find).length !== 2) return "not found";
      writeFileSync(
        path,
        text.replace(find, () => replace),
      );
    }
    const without = await run(copy, guard.test, ["-t", guard.name, "--bail=1"]);
    if (without === undefined) return "broken";
    if (without.numFailedTests === 0) return "stays green";
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
  }
  const whole = await runWhole(copy, guard.test);
  return whole?.numFailedTests === 0 ? "bites" : "red anyway";
}

/** What a file's tests say with every guard in place is asked once for each file. */
const wholes = new Map<string, Promise<Report | undefined>>();
function runWhole(copy: string, test: string): Promise<Report | undefined> {
  const known = wholes.get(test) ?? run(copy, test, []);
  wholes.set(test, known);
  return known;
}

const all = await guards();
const left = [...all];
let toothless = 0;
/** Each worker has a copy of its own; they share the list. */
const work = async (): Promise<void> => {
  const copy = copyTree();
  try {
    for (let guard = left.shift(); guard !== undefined; guard = left.shift()) {
      const started = performance.now();
      const outcome = await judge(copy, guard);
      if (outcome !== "bites") toothless += 1;
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      console.info(
        `${outcome.padEnd(12)} ${guard.rule.padEnd(8)} ${seconds} s  ${guard.file}  ${guard.keeps ?? guard.name}`,
      );
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
await Promise.all(Array.from({ length: Math.min(cpus().length, 4) }, work));
console.info(`${all.length - toothless} of ${all.length} guards bite`);
process.exitCode = toothless === 0 ? 0 : 1;
