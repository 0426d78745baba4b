// Every guard that `npm run bite` takes out stands where its table says: code that moves takes its guard along.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Guard } from "@/tests/bite/guard.ts";

const root = join(import.meta.dirname, "../..");
const tables = readdirSync(join(root, "tests/bite")).filter((name) => name.endsWith(".guards.ts"));

test.each(tables)("the guards of %s are found once each", async (table) => {
  const { GUARDS } = (await import(pathToFileURL(join(root, "tests/bite", table)).href)) as {
    GUARDS: readonly Guard[];
  };
  const lost = GUARDS.flatMap((guard) => [guard, ...(guard.more ?? [])]).filter(
    ({ file, find }) => readFileSync(join(root, file), "utf8").split(find).length !== 2,
  );
  expect(lost.map(({ file, find }) => `${file}: ${find}`)).toEqual([]);
  expect(GUARDS.length).toBeGreaterThan(0);
});
