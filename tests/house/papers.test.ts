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

test("every row of the threat model names a test, and each of them exists", () => {
  const titles = filesUnder("tests")
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, text: `${path}\n${textOf(path)}` }));
  const tables = textOf("docs/THREAT-MODEL.md")
    .split(/\n{2,}/)
    .filter((block) => /^\| threat .*\| test +\|\n/.test(block));
  const rows = tables
    .flatMap((table) => table.split("\n").slice(2))
    .filter((line) => line.startsWith("|"))
    .map((row) => ({ row: row.slice(0, 60), tests: row.split("|").at(-2) ?? "" }));
  expect(tables).toHaveLength(4);
  expect(rows.length).toBeGreaterThan(55);
  const wrong = rows.flatMap(({ row, tests }) => {
    const rules = [...tests.matchAll(/\b(?:MS|SRV)-\d\d/g)].map(([rule]) => rule);
    const paths = [...tests.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => path ?? "");
    const absent = [
      ...rules.filter(
        (rule) => !titles.some(({ path, text }) => /hostile|unit/.test(path) && text.includes(`${rule} `)),
      ),
      ...paths.filter((path) => !existsSync(join(root, path))),
    ];
    return rules.length + paths.length === 0 ? [`${row}: none`] : absent.map((one) => `${row}: ${one}`);
  });
  expect(wrong).toEqual([]);
});

test("the papers and the words on screen do not boast", () => {
  const boasts =
    /zero[- ]knowledge|military[- ]grade|unbreakable|100 ?% secure|0 vulnerabilities|\b(?:is|been|was|independently|fully) audited\b/i;
  const words = [...markdown, ...filesUnder("app/_words")];
  expect(words.filter((path) => boasts.test(textOf(path)))).toEqual([]);
});
