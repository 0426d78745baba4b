// npm run bite: takes each guard out in turn, in a copy of the tree, and fails if its test stays green.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Guard } from "./guard.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const LEFT_OUT = new Set(["node_modules", ".git", ".next", "out", "data", ".cache"]);

async function guards(): Promise<Guard[]> {
  const found: Guard[] = [];
  for (const file of readdirSync(here).filter((name) => name.endsWith(".guards.ts"))) {
    const loaded = (await import(pathToFileURL(join(here, file)).href)) as { GUARDS: readonly Guard[] };
    found.push(...loaded.GUARDS);
  }
  const wanted = process.argv[2];
  return wanted === undefined ? found : found.filter((guard) => guard.rule.startsWith(wanted));
}

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "tacit-bite-"));
  for (const name of readdirSync(root))
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function passes(copy: string, guard: Guard): boolean {
  const args = ["vitest", "run", guard.test, "-t", guard.name, "--reporter=dot"];
  return spawnSync("npx", args, { cwd: copy, encoding: "utf8" }).status === 0;
}

/** bites: green with the guard, red without. */
function judge(copy: string, guard: Guard): "bites" | "stays green" | "red anyway" | "not found" {
  const path = join(copy, guard.file);
  const text = readFileSync(path, "utf8");
  if (text.split(guard.find).length !== 2) return "not found";
  writeFileSync(
    path,
    text.replace(guard.find, () => guard.replace),
  );
  const green = passes(copy, guard);
  writeFileSync(path, text);
  if (green) return "stays green";
  return passes(copy, guard) ? "bites" : "red anyway";
}

const copy = copyTree();
let toothless = 0;
try {
  const all = await guards();
  for (const guard of all) {
    const outcome = judge(copy, guard);
    if (outcome !== "bites") toothless += 1;
    console.info(`${outcome.padEnd(12)} ${guard.rule.padEnd(8)} ${guard.file}  ${guard.name}`);
  }
  console.info(`${all.length - toothless} of ${all.length} guards bite`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = toothless === 0 ? 0 : 1;
