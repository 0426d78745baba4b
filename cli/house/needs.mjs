// What a run needs before anything else: the right Node, the packages of the lockfile. Node builtins only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Ends the process with one line that names the mend. */
export function giveUp(line) {
  console.error(`tacit: ${line}`);
  process.exit(1);
}

/** Refuses a Node outside `engines` of package.json, which reads ">=A.B <C". */
export function checkNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [, major, minor, below] = /^>=(\d+)\.(\d+) <(\d+)$/.exec(engines.node) ?? [];
  const [hasMajor = 0, hasMinor = 0] = version.split(".").map(Number);
  const old = hasMajor < Number(major) || (hasMajor === Number(major) && hasMinor < Number(minor));
  if (!old && hasMajor < Number(below)) return;
  giveUp(
    `this is Node ${version}; Tacit runs on Node ${major}.${minor} or newer, below ${below}. ` +
      "Install Node 22 from https://nodejs.org, or run: nvm install 22",
  );
}

/** Runs a program to its end with its output shown; while it is silent, a line now and then says that it still works. */
export function run(command, args, { what, env = {}, cwd = root, quiet = false } = {}) {
  return new Promise((done) => {
    const began = Date.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
      shell: process.platform === "win32" && command === "npm",
    });
    const sign = setInterval(() => {
      if (what !== undefined) console.log(`  … ${what}, ${Math.round((Date.now() - began) / 1000)} s`);
    }, 15_000);
    const stop = (signal) => child.kill(signal);
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    child.once("error", () => finish(127));
    child.once("exit", (code, signal) => finish(code ?? (signal === null ? 1 : 130)));
    function finish(code) {
      clearInterval(sign);
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
      done(code);
    }
  });
}

const stampPath = join(root, "node_modules", ".tacit-stamp");

/** Names the packages that node_modules must hold: the lockfile, and the Node they were compiled for. */
function packagesStamp() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}-${process.versions.modules}\n`;
}

function packagesAreThere() {
  if (existsSync(stampPath)) return readFileSync(stampPath, "utf8") === packagesStamp();
  // Someone ran `npm ci` or `npm install` by hand, after the lockfile came.
  const own = join(root, "node_modules", ".package-lock.json");
  return existsSync(own) && statSync(own).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** The compiled package loads; its absence shows a machine without a prebuilt file and without compilers. */
function databaseLoads() {
  const probe = 'const D = require("better-sqlite3"); new D(":memory:").close();';
  return spawnSync(process.execPath, ["-e", probe], { cwd: root, stdio: "ignore" }).status === 0;
}

function missingCompilers() {
  return ["python3", "make", "g++"].filter(
    (one) => spawnSync(one, ["--version"], { stdio: "ignore" }).error !== undefined,
  );
}

function explainInstall() {
  const missing = process.platform === "win32" ? [] : missingCompilers();
  giveUp(
    missing.length === 0
      ? "the packages could not be installed; the lines above say why. Check the network and run the same command again."
      : `the packages could not be installed. better-sqlite3 must be compiled here and ${missing.join(", ")} ` +
          `${missing.length === 1 ? "is" : "are"} missing. On Debian or Ubuntu: apt install python3 make g++`,
  );
}

/** Installs what the lockfile names, unless it is there already. */
export async function ensurePackages() {
  if (packagesAreThere() && databaseLoads()) {
    if (!existsSync(stampPath)) writeFileSync(stampPath, packagesStamp());
    return;
  }
  console.log("Installing packages (the first time this may take some minutes: one of them may be compiled)");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await run("npm", args, { what: "still installing packages" });
  if (code === 127) giveUp("npm was not found. It comes with Node: https://nodejs.org");
  if (code !== 0 || !databaseLoads()) explainInstall();
  writeFileSync(stampPath, packagesStamp());
}
