// `npm run reproducible`: builds the client in two folders of different names and compares every byte of the two exports.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildIn } from "./client.mjs";
import { checkNode, ensurePackages, giveUp, root } from "./needs.mjs";

function trackedFiles() {
  const git = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (git.status !== 0) giveUp("this folder is no git clone, so that there is no list of files to build from");
  return git.stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
}

/** A copy of what git tracks, in a folder of its own depth and name. */
function copyTo(folder, files) {
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  cpSync(join(root, "node_modules"), join(folder, "node_modules"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith(join("node_modules", ".cache")),
  });
}

function exportOf(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const child = `${path}/${entry.name}`;
    return entry.isDirectory() ? exportOf(folder, child) : [child];
  });
}

checkNode();
await ensurePackages();
const files = trackedFiles();
const outs = [];
const temporary = [];
for (const name of ["one", join("another", "much-longer", "place")]) {
  const base = mkdtempSync(join(tmpdir(), "tacit-build-"));
  temporary.push(base);
  const folder = join(base, name);
  copyTo(folder, files);
  console.log(`Building in ${folder}`);
  if (!(await buildIn(folder, { quiet: true }))) giveUp("a build failed; the lines above say why.");
  outs.push(join(folder, "out"));
}
const [first, second] = outs.map((out) => exportOf(out).sort());
const names = [...new Set([...first, ...second])];
const differing = names.filter((path) => {
  const [a, b] = outs.map((out) => (existsSync(join(out, path)) ? readFileSync(join(out, path)) : undefined));
  return a === undefined || b === undefined || !a.equals(b);
});
for (const path of differing) console.log(`differs: ${path}`);
for (const base of temporary) rmSync(base, { recursive: true, force: true });
const bad = differing.length > 0 || names.length === 0;
console.log(`${names.length} files, ${differing.length} differ: ${bad ? "NOT reproducible" : "byte-identical"}`);
process.exitCode = bad ? 1 : 0;
