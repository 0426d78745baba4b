// The layer law bites: for every folder what it may import passes, and what it may not is refused by the very biome.json in use.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./tree.ts";

let copy = "";

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "tacit-law-"));
  cpSync(join(root, "biome.json"), join(copy, "biome.json"));
  cpSync(join(root, "tsconfig.json"), join(copy, "tsconfig.json"));
  cpSync(join(root, "tests/house/lint"), join(copy, "tests/house/lint"), { recursive: true });
  writeFileSync(join(copy, ".gitignore"), "node_modules/\n");
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
}

/** Lints the copy; gives "path:line rule" for every error. */
function lint(): string[] {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const run = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."], {
    cwd: copy,
    encoding: "utf8",
  });
  const report = JSON.parse(run.stdout.slice(run.stdout.indexOf("{"))) as {
    diagnostics: { severity: string; category: string; location: { path: string; start: { line: number } } }[];
  };
  const errors = report.diagnostics.filter((one) => one.severity === "error");
  expect(run.status === 0, "exit code agrees with the report").toBe(errors.length === 0);
  return errors.map((one) => `${one.location.path.replace(/^\.\//, "")}:${one.location.start.line} ${one.category}`);
}

/** One import a line; every specifier also as a dynamic import, to see that no door stands beside the other. */
const statics = (specifiers: string[]): string =>
  ["// Imports for the law.", ...specifiers.map((one, at) => `import { a as a${at} } from "${one}";`)].join("\n") +
  `\nexport const all = [${specifiers.map((_, at) => `a${at}`).join(", ")}];\n`;
const types = (specifiers: string[]): string =>
  ["// Imports for the law.", ...specifiers.map((one, at) => `import type { A as A${at} } from "${one}";`)].join("\n") +
  `\nexport type All = [${specifiers.map((_, at) => `A${at}`).join(", ")}];\n`;
const dynamics = (specifiers: string[]): string =>
  ["// Imports for the law.", ...specifiers.map((one, at) => `export const a${at} = () => import("${one}");`)].join(
    "\n",
  );

const secrets = ["@/lib/crypto/keys.ts", "libsodium-wrappers", "libsodium-wrappers-sumo"];
const upper = ["@/lib/client/engine.ts", "@/server/main.ts", "@/app/root.tsx", "@/lib/platform/node/files.ts"];
const world = ["node:fs", "react", "next/navigation", "ws", "idb", "better-sqlite3", "left-pad", "../escape.ts"];

const law: Record<string, { may: string[]; never: string[] }> = {
  "lib/base/x.ts": {
    may: ["./y.ts", "@/lib/base/y.ts"],
    never: ["zod", "@/lib/protocol/y.ts", ...secrets, ...upper, ...world],
  },
  "lib/protocol/x.ts": {
    may: ["@/lib/base/y.ts", "zod", "cborg"],
    never: ["@/lib/proof/y.ts", ...secrets, ...upper, ...world],
  },
  "lib/proof/x.ts": {
    may: ["@/lib/base/y.ts", "@/lib/protocol/y.ts"],
    never: [...secrets, ...upper, ...world],
  },
  "lib/proof/sodium.ts": {
    may: ["libsodium-wrappers", "@/lib/base/y.ts"],
    never: ["@/lib/crypto/keys.ts", ...upper, ...world],
  },
  "lib/crypto/x.ts": {
    may: ["@/lib/proof/y.ts", "@/lib/protocol/y.ts", "@scure/bip39"],
    never: ["libsodium-wrappers", "libsodium-wrappers-sumo", ...upper, ...world],
  },
  "lib/crypto/sodium.ts": { may: ["libsodium-wrappers"], never: [...upper, ...world] },
  "lib/crypto/lock/passphrase.ts": {
    may: ["libsodium-wrappers-sumo", "@/lib/crypto/keys.ts"],
    never: ["libsodium-wrappers", ...upper, ...world],
  },
  "lib/client/x.ts": {
    may: ["@/lib/crypto/keys.ts", "@/lib/proof/y.ts", "@/lib/base/y.ts"],
    never: [
      "libsodium-wrappers",
      "@trpc/client",
      "@/server/main.ts",
      "@/app/root.tsx",
      "@/lib/platform/node/files.ts",
      ...world,
    ],
  },
  "lib/platform/browser/x.ts": {
    may: ["@/lib/client/ports.ts", "idb", "@trpc/client", "@/lib/platform/trpc.ts"],
    never: ["node:fs", "ws", "react", "@/server/router.ts", "@/lib/platform/node/files.ts", ...secrets, "../escape.ts"],
  },
  "lib/platform/node/x.ts": {
    may: ["@/lib/client/ports.ts", "node:fs", "ws"],
    never: ["idb", "react", "@/server/router.ts", "@/lib/platform/browser/store.ts", ...secrets, "../escape.ts"],
  },
  "lib/platform/memory/x.ts": {
    may: ["@/lib/client/ports.ts"],
    never: ["node:fs", "idb", "@/server/main.ts", ...secrets],
  },
  "server/x.ts": {
    may: ["@/lib/proof/y.ts", "@/lib/protocol/y.ts", "@/lib/base/y.ts", "node:fs", "ws", "zod", "drizzle-orm"],
    never: [
      ...secrets,
      "@/lib/client/engine.ts",
      "@/lib/platform/node/files.ts",
      "@/app/root.tsx",
      "react",
      "left-pad",
      "../escape.ts",
    ],
  },
  "app/x.tsx": {
    may: ["@/lib/base/y.ts", "@/app/root.tsx", "react", "@base-ui/react", "next/navigation"],
    never: [
      ...secrets,
      "@/lib/client/engine.ts",
      "@/lib/platform/browser/store.ts",
      "@/lib/proof/y.ts",
      "@/server/main.ts",
      "node:fs",
      "idb",
    ],
  },
  "app/_engine/x.ts": {
    may: ["@/lib/client/engine.ts", "@/lib/platform/browser/store.ts", "react"],
    never: [...secrets, "@/server/main.ts", "@/lib/platform/node/files.ts", "node:fs"],
  },
  "cli/x.ts": {
    may: ["@/lib/client/engine.ts", "@/lib/platform/node/files.ts", "@/lib/base/y.ts", "node:fs"],
    never: [...secrets, "@/app/root.tsx", "@/server/main.ts", "react"],
  },
  "cli/serve.ts": { may: ["@/server/main.ts", "node:fs"], never: [...secrets, "@/app/root.tsx", "react"] },
  "tests/unit/x.ts": { may: ["@/lib/crypto/keys.ts", "@/server/main.ts", "node:fs"], never: ["../escape.ts"] },
};

test("every folder may import what the law allows", () => {
  for (const [path, { may }] of Object.entries(law)) put(path, statics(may));
  expect(lint()).toEqual([]);
});

test("every folder is refused what the law forbids: as a value, as a type, and dynamically", () => {
  const due: string[] = [];
  const kinds = { value: statics, type: types, dynamic: dynamics };
  for (const [path, { never }] of Object.entries(law)) {
    for (const [kind, render] of Object.entries(kinds)) {
      // What app may take from lib/client are types, so that only the other two kinds are refused there.
      const refused = never.filter(
        (one) => !(kind === "type" && path === "app/x.tsx" && one.startsWith("@/lib/client/")),
      );
      const named = /(sodium|serve|passphrase)\.ts$/.test(path) ? path : path.replace(/x(\.tsx?)$/, `${kind}$1`);
      if (named === path && kind !== "value") continue;
      put(named, render(refused));
      due.push(...refused.map((_, at) => `${named}:${at + 2}`));
    }
  }
  const found = new Set(lint().map((one) => one.split(" ")[0]));
  expect(due.filter((one) => !found.has(one))).toEqual([]);
  expect(due.length).toBeGreaterThan(200);
});

test("only types come from lib/client, lib/protocol and, for the tRPC client, the server", () => {
  put("app/ok.ts", types(["@/lib/client/snapshots.ts", "@/lib/protocol/event.ts"]));
  put("lib/platform/trpc.ts", types(["@/server/router.ts"]));
  expect(lint()).toEqual([]);
  put("app/value.ts", statics(["@/lib/client/snapshots.ts", "@/lib/protocol/event.ts"]));
  put("app/again.ts", '// Re-exports.\nexport { a } from "@/lib/client/engine.ts";\n');
  put("app/mixed.ts", '// Mixed.\nimport { type A } from "@/lib/client/engine.ts";\nexport type B = A;\n');
  put("lib/platform/trpc.ts", statics(["@/server/router.ts"]));
  expect(
    lint()
      .filter((one) => one.endsWith(" plugin"))
      .map((one) => one.split(" ")[0]),
  ).toEqual(
    expect.arrayContaining([
      "app/value.ts:2",
      "app/value.ts:3",
      "app/again.ts:2",
      "app/mixed.ts:2",
      "lib/platform/trpc.ts:2",
    ]),
  );
});

test("a circle is refused, also one of types", () => {
  put("lib/base/a.ts", '// A.\nimport { b } from "./b.ts";\nexport const a = (): number => b();\n');
  put("lib/base/b.ts", '// B.\nimport { a } from "./a.ts";\nexport const b = (): number => a();\n');
  put("server/c.ts", '// C.\nimport type { D } from "./d.ts";\nexport type C = D[];\n');
  put("server/d.ts", '// D.\nimport type { C } from "./c.ts";\nexport type D = { c: C };\n');
  const circles = lint().filter((one) => one.includes("noImportCycles"));
  expect(circles.map((one) => one.split(":")[0]).sort()).toEqual([
    "lib/base/a.ts",
    "lib/base/b.ts",
    "server/c.ts",
    "server/d.ts",
  ]);
});

test("clocks, chance, printing and the platform are refused below the engine", () => {
  const body =
    '// Impure.\nexport const f = (): unknown[] => [\n  Date.now(),\n  Math.random(),\n  setTimeout(f, 1),\n  fetch("/"),\n  console.log(1),\n  window,\n];\n';
  const floors = ["lib/base", "lib/protocol", "lib/proof", "lib/crypto", "lib/client"];
  for (const floor of floors) put(`${floor}/impure.ts`, body);
  const found = new Set(lint().map((one) => one.split(" ")[0]));
  const due = floors.flatMap((floor) => [3, 4, 5, 6, 7, 8].map((line) => `${floor}/impure.ts:${line}`));
  expect(due.filter((one) => !found.has(one))).toEqual([]);
});

test("bare errors, any, enums, barrels, long files and long functions are refused", () => {
  const errors =
    '// Bare.\nexport function f(at: number): never {\n  if (at) throw new Error("x");\n  throw TypeError("x");\n}\n';
  for (const folder of ["lib/client", "server", "app", "cli"]) put(`${folder}/bare.ts`, errors);
  put("server/any.ts", "// Any.\nexport const f = (x: any): unknown => x;\nexport enum E {\n  A,\n}\n");
  put("server/barrel.ts", '// Barrel.\nexport * from "./any.ts";\n');
  put(
    "server/long.ts",
    `// Long.\n${Array.from({ length: 400 }, (_, at) => `export const b${at} = ${at};`).join("\n")}\n`,
  );
  put(
    "server/deep.ts",
    `// Deep.\nexport function f(): number {\n  let a = 0;\n${"  a += 1;\n".repeat(62)}  return a;\n}\n`,
  );
  const found = lint();
  for (const folder of ["lib/client", "server", "app", "cli"]) {
    for (const line of [3, 4]) expect(found).toContain(`${folder}/bare.ts:${line} plugin`);
  }
  const rules = found.map((one) => one.replace(/:\d+ lint/, ""));
  expect(rules).toEqual(
    expect.arrayContaining([
      "server/any.ts/suspicious/noExplicitAny",
      "server/any.ts/style/noEnum",
      "server/barrel.ts/performance/noBarrelFile",
      "server/long.ts/style/noExcessiveLinesPerFile",
      "server/deep.ts/complexity/noExcessiveLinesPerFunction",
    ]),
  );
});
