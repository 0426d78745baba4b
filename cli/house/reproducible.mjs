// `npm run reproducible`: builds the committed client in two folders of different names and compares every byte.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildIn } from "./client.mjs";
import { checkNode, ensurePackages, giveUp, root } from "./needs.mjs";

/** Clones what is committed. */
function clone(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const git = spawnSync("git", ["clone", "--quiet", from, to], { stdio: ["ignore", "inherit", "inherit"] });
  if (git.status !== 0) giveUp("this folder could not be cloned; it must be a git clone itself");
}

/** The same packages under another path: as hard links, or copied where the temporary folder lies on another disk. */
function linkPackages(to, path = "node_modules") {
  mkdirSync(join(to, path));
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== ".cache") linkPackages(to, child);
    } else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(join(root, child)), join(to, child));
    else
      try {
        linkSync(join(root, child), join(to, child));
      } catch {
        cpSync(join(root, child), join(to, child));
      }
  }
}

function exportOf(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const child = `${path}/${entry.name}`;
    return entry.isDirectory() ? exportOf(folder, child) : [child];
  });
}

checkNode();
await ensurePackages();
const bases = ["a", "b"].map(() => mkdtempSync(join(tmpdir(), "tacit-build-")));
process.once("exit", () => {
  for (const base of bases) rmSync(base, { recursive: true, force: true });
});
const folders = [join(bases[0], "one"), join(bases[1], "another", "much-longer", "place")];
// The second from the first, so that a commit made in between does not look like a build that differs.
clone(root, folders[0]);
clone(folders[0], folders[1]);
for (const folder of folders) {
  linkPackages(folder);
  console.log(`Building in ${folder}`);
  if (!(await buildIn(folder, { quiet: true }))) giveUp("a build failed; the lines above say why.");
}
const outs = folders.map((folder) => join(folder, "out"));
const [first, second] = outs.map((out) => exportOf(out).sort());
const names = [...new Set([...first, ...second])];
const differing = names.filter((path) => {
  const [a, b] = outs.map((out) => (existsSync(join(out, path)) ? readFileSync(join(out, path)) : undefined));
  return a === undefined || b === undefined || !a.equals(b);
});
for (const path of differing) console.log(`differs: ${path}`);
const bad = differing.length > 0 || names.length === 0;
console.log(`${names.length} files, ${differing.length} differ: ${bad ? "NOT reproducible" : "byte-identical"}`);
process.exitCode = bad ? 1 : 0;
