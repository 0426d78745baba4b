// Builds the client into out/, unless out/ was built from these very sources.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeEmoji } from "./emoji.mjs";
import { giveUp, root, run } from "./needs.mjs";
import { packExport } from "./pack.mjs";
import { sealExport } from "./seal.mjs";
import { writeService } from "./service.mjs";

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

/** Builds from `folder` into its folder `out`, whatever is there; true when it worked. */
export async function buildIn(folder, { quiet = false, out = "out" } = {}) {
  rmSync(join(folder, out), { recursive: true, force: true });
  const next = join(folder, "node_modules", "next", "dist", "bin", "next");
  const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", ...(out === "out" ? {} : { TACIT_OUT: out }) };
  const code = await run(process.execPath, [next, "build"], {
    what: "still building the client",
    env,
    cwd: folder,
    quiet,
  });
  if (code !== 0) return false;
  writeEmoji(folder, join(folder, out));
  sealExport(join(folder, out));
  await writeService(folder, join(folder, out));
  return true;
}

const cache = join(root, ".cache");
const stamp = join(cache, "client.sha256");
const lock = join(cache, "building");

const isBuilt = (hash) =>
  existsSync(join(root, "out", "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown.code === "EPERM";
  }
}

/** Takes the one lock on building here, waiting for whoever holds it; a process that is gone holds nothing. */
async function holdLock() {
  mkdirSync(cache, { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      process.once("exit", () => rmSync(lock, { force: true }));
      return;
    } catch (thrown) {
      if (thrown.code !== "EEXIST") throw thrown;
    }
    const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) console.log("Another build of the client is under way; waiting for it");
    told = true;
    await new Promise((done) => setTimeout(done, 300));
  }
}

/** Builds beside what is there, and puts it into its place only when it is whole: a server that runs loses nothing. */
async function buildBeside() {
  const [fresh, old] = [join(".cache", "out"), join(cache, "out-before")];
  if (!(await buildIn(root, { out: fresh }))) return false;
  await packExport(join(root, fresh));
  rmSync(old, { recursive: true, force: true });
  if (existsSync(join(root, "out"))) renameSync(join(root, "out"), old);
  renameSync(join(root, fresh), join(root, "out"));
  rmSync(old, { recursive: true, force: true });
  return true;
}

/** Builds the client where it is missing or older than its sources. */
export async function ensureClient() {
  if (isBuilt(sourcesHash())) return;
  await holdLock();
  try {
    const hash = sourcesHash();
    if (isBuilt(hash)) return;
    console.log("Building the client (about half a minute)");
    if (!(await buildBeside())) giveUp("the client could not be built; the lines above say why.");
    writeFileSync(stamp, hash);
  } finally {
    rmSync(lock, { force: true });
  }
}
