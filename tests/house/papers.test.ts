// The papers agree with the code: packages and their reasons, commands that exist, words that we do not use of ourselves.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, root, textOf } from "./tree.ts";

type Manifest = Record<"dependencies" | "devDependencies" | "scripts", Record<string, string>>;
const manifest = JSON.parse(textOf("package.json")) as Manifest;
const markdown = filesUnder("").filter((path) => path.endsWith(".md"));

test("docs/DEPENDENCIES.md has a reason for every package, at the version in use, and for no other", () => {
  const written = [...textOf("docs/DEPENDENCIES.md").matchAll(/^\| `([^`]+)` +\| (\S+) +\| (\S.*) \|$/gm)];
  const table = Object.fromEntries(written.map(([, name, version]) => [name, version]));
  expect(table).toEqual({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(written.length).toBe(Object.keys(table).length);
});

test("every version is exact", () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("every command that the papers name exists", () => {
  const named = markdown.flatMap((path) =>
    [...textOf(path).matchAll(/npm run ([a-z0-9-]+)/g)].map(([, name]) => name ?? ""),
  );
  expect(named.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  expect(new Set(named).size).toBeGreaterThan(5);
});

test("every link between the papers leads somewhere", () => {
  const dead = markdown.flatMap((path) =>
    [...textOf(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target]) => join(path, "..", target ?? ""))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path} → ${target}`),
  );
  expect(dead).toEqual([]);
});

test("the papers and the words on screen do not boast", () => {
  const boasts =
    /zero[- ]knowledge|military[- ]grade|unbreakable|100 ?% secure|0 vulnerabilities|\b(?:is|been|was|independently|fully) audited\b/i;
  const words = [...markdown, ...filesUnder("app/_words")];
  expect(words.filter((path) => boasts.test(textOf(path)))).toEqual([]);
});
