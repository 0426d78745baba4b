// Builds the client into out/, unless out/ was built from these very sources.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { giveUp, root, run } from "./needs.mjs";
import { sealExport } from "./seal.mjs";

const parts = ["app", "lib", "public", "cli/house", "next.config.js", "tsconfig.json", "package-lock.json"];

function filesOf(folder, path) {
  const full = join(folder, path);
  if (!existsSync(full)) return [];
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries.flatMap((entry) => {
    const child = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesOf(folder, child) : [child];
  });
}

/** A hash over the names and contents of everything that the build reads. */
export function sourcesHash(folder = root) {
  const hash = createHash("sha256");
  for (const path of parts.flatMap((part) => filesOf(folder, part)).sort()) {
    const body = readFileSync(join(folder, path));
    hash.update(`${path}\0${body.length}\0`).update(body);
  }
  return hash.digest("hex");
}

/** Builds in `folder`, whatever is there; true when it worked. */
export async function buildIn(folder, { quiet = false } = {}) {
  rmSync(join(folder, "out"), { recursive: true, force: true });
  const next = join(folder, "node_modules", "next", "dist", "bin", "next");
  const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const code = await run(process.execPath, [next, "build"], {
    what: "still building the client",
    env,
    cwd: folder,
    quiet,
  });
  if (code !== 0) return false;
  sealExport(join(folder, "out"));
  return true;
}

/** Builds the client where it is missing or older than its sources. */
export async function ensureClient() {
  const stamp = join(root, ".cache", "client.sha256");
  const hash = sourcesHash();
  const built = existsSync(join(root, "out", "index.html")) && existsSync(stamp);
  if (built && readFileSync(stamp, "utf8") === hash) return;
  console.log("Building the client (about half a minute)");
  rmSync(stamp, { force: true });
  if (!(await buildIn(root))) giveUp("the client could not be built; the lines above say why.");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
