// The contract of spools, in memory, in a folder and in a real browser's private files; and what lies at rest.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { memorySpool } from "@/lib/platform/memory/spool.ts";
import { folderSpool } from "@/lib/platform/node/spool.ts";
import { openBrowserPages } from "@/tests/fixtures/browser-pages.ts";
import { EXPECTED, trySpool } from "./spool-script.ts";

const never = new AbortController().signal;
const key = new Uint8Array(32).fill(7);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "tacit-spool-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("F1 what is kept for an upload comes back, in memory", async () => {
  expect(await trySpool(memorySpool())).toEqual(EXPECTED);
});

test("F1 what is kept for an upload comes back, from a folder; at rest it is noise, paths too", async () => {
  const path = folder();
  expect(await trySpool(folderSpool(path))).toEqual(EXPECTED);
  const words = "the ledger of the mill";
  const spool = folderSpool(path);
  await spool.keep("words", key, new TextEncoder().encode(words.repeat(100)), never);
  const file = join(path, "a file with a name of its own.txt");
  writeFileSync(file, words);
  await spool.keep("path", key, file, never);
  for (const name of readdirSync(path)) {
    if (name.endsWith(".txt")) continue;
    const bytes = readFileSync(join(path, name));
    expect([bytes.includes(words), bytes.includes("a file with a name")], name).toEqual([false, false]);
    expect(statSync(join(path, name)).mode & 0o077).toBe(0);
  }
  const kept = await spool.open("path", key);
  expect(new TextDecoder().decode(await kept?.read(0, words.length))).toBe(words);
  appendFileSync(file, "!");
  await expect(spool.open("path", key)).rejects.toMatchObject({ code: "app/file-changed" });
});

test("F1 what is kept for an upload comes back, in a browser", async () => {
  const pages = await openBrowserPages();
  onTestFinished(() => pages.close());
  const page = await pages.page(await pages.profile());
  const seen = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const worker = new Worker(url, { type: "module" });
        worker.addEventListener("message", ({ data }) => resolve(data));
        worker.addEventListener("error", ({ message }) => resolve(message));
      }),
    `${pages.url}/tests/fixtures/spool-worker.ts`,
  );
  expect(seen).toEqual(EXPECTED);
});
