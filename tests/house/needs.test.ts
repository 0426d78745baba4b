// What a run needs is said in one line with its mend, and a build is known by its sources.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root } from "./tree.ts";

const houseFile = (name: string): string => JSON.stringify(pathToFileURL(join(root, "cli/house", name)).href);

/** Runs a line of a module in a Node of its own, as the commands of the house are run. */
function node(script: string): { status: number | null; said: string } {
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return { status: run.status, said: run.stdout + run.stderr };
}

const check = (version: string) =>
  node(`const { checkNode } = await import(${houseFile("needs.mjs")}); checkNode(${JSON.stringify(version)});`);

test("a Node that is too old or too new is refused in one line that names the mend", () => {
  for (const version of ["16.20.2", "18.20.4", "20.19.9", "27.0.0"]) {
    const { status, said } = check(version);
    expect(status, version).toBe(1);
    expect(said.trim().split("\n"), version).toHaveLength(1);
    expect(said, version).toContain(`this is Node ${version}`);
    expect(said, version).toContain("nodejs.org");
  }
});

test("every Node in between is taken", () => {
  for (const version of ["20.20.0", "20.20.2", "22.0.0", "26.9.1"])
    expect(check(version), version).toEqual({ status: 0, said: "" });
});

test("the client is built anew when a source changes its content, name or place, and not otherwise", () => {
  const folder = mkdtempSync(join(tmpdir(), "tacit-sources-"));
  const hash = (): string =>
    node(
      `const { sourcesHash } = await import(${houseFile("client.mjs")}); console.log(sourcesHash(${JSON.stringify(folder)}));`,
    ).said.trim();
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "app/page.tsx"), "one");
  const first = hash();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  mkdirSync(join(folder, "tests"));
  writeFileSync(join(folder, "tests/page.test.ts"), "not a source of the client");
  expect(hash()).toBe(first);
  writeFileSync(join(folder, "app/page.tsx"), "two");
  const second = hash();
  cpSync(join(folder, "app"), join(folder, "lib"), { recursive: true });
  const third = hash();
  rmSync(join(folder, "app"), { recursive: true });
  const fourth = hash();
  expect(new Set([first, second, third, fourth]).size).toBe(4);
  rmSync(folder, { recursive: true });
});

test("a page is sealed whole: every script and preload has its hash, and a foreign script stops the build", () => {
  const seal = (html: string) =>
    node(
      `const { sealPage } = await import(${houseFile("seal.mjs")});
       console.log(sealPage(${JSON.stringify(html)}, { "/a.js": "sha256-AAA=", "/b.js": "sha256-BBB=" }));`,
    );
  const head =
    '<html><head><meta charSet="utf-8"/><link rel="preload" as="script" href="/a.js"/><script src="/b.js" async=""></script>';
  const { said } = seal(`${head}<script>first()</script></head><body><script id="x">later()</script></body></html>`);
  expect(said).toContain('<link rel="preload" as="script" href="/a.js" integrity="sha256-AAA=" crossorigin=""/>');
  expect(said).toContain('<script src="/b.js" async="" integrity="sha256-BBB=" crossorigin=""></script>');
  const order = ["first()", '{"/a.js":"AAA","/b.js":"BBB"}', 'src="/b.js"', "later()"].map((part) =>
    said.indexOf(part),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
  expect(said.match(/first\(\)/g)).toHaveLength(1);
  const foreign = seal('<html><head><script src="/c.js"></script></head></html>');
  expect(foreign.status).not.toBe(0);
  expect(foreign.said).toContain("/c.js");
});
