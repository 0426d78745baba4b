// The shape of the tree: size, folders, first lines, no barrels, no silenced checks, nothing of the machine it was made on.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, floors, root, sources, textOf } from "./tree.ts";

/** Lines of `path` that match, as "path:line". */
function linesMatching(path: string, pattern: RegExp): string[] {
  return textOf(path)
    .split("\n")
    .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : []));
}

test("the four floors exist, so that the rules below are not held over nothing", () => {
  for (const floor of floors) expect(existsSync(join(root, floor)), floor).toBe(true);
  expect(sources().length).toBeGreaterThan(50);
});

test("no file of the floors is longer than 400 lines", () => {
  const styles = floors.flatMap(filesUnder).filter((path) => path.endsWith(".css"));
  const long = [...sources(), ...styles].filter((path) => textOf(path).trimEnd().split("\n").length > 400);
  expect(long).toEqual([]);
});

test("no folder of the floors holds more than 12 files", () => {
  const count = new Map<string, number>();
  for (const path of sources()) count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
  expect([...count].filter(([, files]) => files > 12)).toEqual([]);
});

test("there are no barrels", () => {
  expect(sources().filter((path) => /\/index\.(ts|tsx|mjs)$/.test(path))).toEqual([]);
});

test("line 1 of each file says what the file is for", () => {
  const silent = [...sources(), ...filesUnder("tests"), ...filesUnder("bench")]
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .filter((path) => {
      const lines = textOf(path).split("\n");
      const first = lines[0]?.startsWith("#!") ? lines[1] : lines[0];
      return first === undefined || !/^(\/\/ \S.*|\/\*\* ?\S.*)/.test(first);
    });
  expect(silent).toEqual([]);
});

test("no check is silenced", () => {
  // Spelt in two halves, so that this file does not match itself.
  const silencers = new RegExp(
    ["@ts-" + "ignore", "@ts-" + "nocheck", "@ts-" + "expect-error", "biome-" + "ignore"].join("|"),
  );
  const all = [...sources(), ...filesUnder("tests").filter((path) => /\.tsx?$/.test(path))];
  expect(all.flatMap((path) => linesMatching(path, silencers))).toEqual([]);
});

test("no type is imported inside an expression, where the layer law does not look", () => {
  const inline = /(?:typeof |: |<|= |\| |as )import\(\s*["']/;
  expect(sources().flatMap((path) => linesMatching(path, inline))).toEqual([]);
});

test("the lockfile names no download address, and no file a path of one machine", () => {
  expect(linesMatching("package-lock.json", /"resolved"/)).toEqual([]);
  const text = filesUnder("").filter(
    (path) => /\.(ts|tsx|mjs|js|json|md|css|grit)$/.test(path) && path !== "package-lock.json",
  );
  const machine = new RegExp(`(^|[^\\w.])/(${["wo" + "rk", "fa" + "rm", "ro" + "ot"].join("|")})/`);
  expect(text.flatMap((path) => linesMatching(path, machine))).toEqual([]);
});
