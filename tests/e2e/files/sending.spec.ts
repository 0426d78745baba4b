// Files in the browser: paused and resumed, over a reload and a server that is down, folders, smaller copies, and looking at them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "@/tests/e2e/kit.ts";

const MIB = 1024 * 1024;

/** Bytes that differ everywhere, made the same way on both sides. */
function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32LE((i * 2654435761) >>> 0, i);
  return bytes;
}

const host = new Host();
let ana: Person;
let ben: Person;

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  await host.up();
  ana = await Person.open(browser, host, "Ana", { serviceWorkers: "allow" });
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  ben = await Person.open(browser, host, "Ben", { serviceWorkers: "allow" });
  await ben.join(await ana.invite());
});
test.afterAll(async () => {
  await ana.close();
  await ben.close();
  await host.end();
});

async function choose(page: Page, name: string, buffer: Buffer, mimeType = "application/octet-stream"): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });
  await page.getByRole("listitem").filter({ hasText: name }).first().waitFor();
}

async function saved(person: Person, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    person.page.waitForEvent("download"),
    person.log.getByRole("button", { name: `Download ${name}` }).click(),
  ]);
  return readFileSync(await download.path());
}

test("an upload outlives a reload and a server that was down, and comes back byte for byte", async () => {
  const bytes = pattern(20 * MIB + 12_345);
  await choose(ana.page, "film.raw", bytes);
  await host.down();
  await ana.composer.fill("the raw film");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  // Said at once, and kept: the words, the file and what it waits for.
  await ana.sees("the raw film");
  await ana.log.getByText("film.raw").waitFor();
  await ana.log.getByText("goes up when you’re back").waitFor();
  await expect(ana.log.getByText("keep this tab open")).toHaveCount(0);
  await ana.page.reload();
  await ana.log.getByText("film.raw").waitFor();
  await host.up();
  await ben.log.getByRole("button", { name: "Download film.raw" }).waitFor({ timeout: 60_000 });
  expect(Buffer.compare(await saved(ben, "film.raw"), bytes)).toBe(0);
  // What was kept for it is gone with its arrival.
  await expect
    .poll(() =>
      ana.page.evaluate(async () => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle("uploads", { create: true });
        let count = 0;
        for await (const _ of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) count += 1;
        return count;
      }),
    )
    .toBe(0);
});

test("an upload is paused, resumed and cancelled from its card", async () => {
  await choose(ana.page, "long.raw", pattern(30 * MIB));
  await ana.context.setOffline(false);
  await host.down();
  await ana.composer.fill("a long one");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await ana.log.getByRole("button", { name: "Pause upload" }).click();
  await ana.log.getByText("Paused").waitFor();
  await host.up();
  await ben.sees("a long one");
  await expect(ana.log.getByText("Paused")).toBeVisible();
  await ana.log.getByRole("button", { name: "Resume upload" }).click();
  await ben.log.getByRole("button", { name: "Download long.raw" }).waitFor({ timeout: 60_000 });
  await choose(ana.page, "never.raw", pattern(30 * MIB));
  await host.down();
  await ana.composer.fill("will not come");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await ana.log.getByRole("button", { name: "Cancel upload" }).click();
  await expect(ana.log.getByRole("button", { name: "Cancel upload" })).toHaveCount(0);
  await host.up();
  await ben.sees("will not come");
  await expect(ben.log.getByRole("button", { name: "Download never.raw" })).toHaveCount(0);
  // Whoever only reads waits for nothing either.
  await expect(ben.log.getByText("Still on its way")).toHaveCount(0);
});

test("several files at once go, more than one message carries as several; a text is read, a picture zoomed, one after the other", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `note ${String(i + 1).padStart(2, "0")}.txt`);
  await ana.page
    .locator('input[type="file"]')
    .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(`words of ${name}`) })));
  await expect(ana.page.getByRole("listitem").filter({ hasText: /note \d\d\.txt/ })).toHaveCount(12);
  await ana.composer.fill("twelve notes");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const name of names) await ben.log.getByRole("button", { name: `Download ${name}` }).waitFor();
  await ben.log.getByRole("button", { name: "note 03.txt", exact: true }).click();
  const gallery = ben.page.getByRole("dialog");
  await expect(gallery.getByText("words of note 03.txt")).toBeVisible();
  await ben.page.keyboard.press("ArrowRight");
  await expect(gallery.getByText("words of note 04.txt")).toBeVisible();
  await ben.page.keyboard.press("ArrowLeft");
  await ben.page.keyboard.press("ArrowLeft");
  await expect(gallery.getByText("words of note 02.txt")).toBeVisible();
  await ben.page.keyboard.press("Escape");
});

/** A picture of noise, which no encoder makes small. */
async function noise(page: Page, width: number, height: number): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext("2d");
      const data = context?.createImageData(w, h);
      if (context === null || data === undefined) return [];
      for (let i = 0; i < data.data.length; i += 65_536)
        crypto.getRandomValues(data.data.subarray(i, Math.min(i + 65_536, data.data.length)));
      for (let i = 3; i < data.data.length; i += 4) data.data[i] = 255;
      context.putImageData(data, 0, 0);
      return [
        ...new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer()),
      ];
    },
    [width, height] as const,
  );
  return Buffer.from(bytes);
}

test("a picture goes as a smaller copy on request, says so, and is zoomed with the keyboard", async () => {
  const picture = await noise(ana.page, 2400, 1200);
  await choose(ana.page, "noise.jpg", picture, "image/jpeg");
  await ana.page.getByText("location removed").waitFor();
  await ana.page.getByRole("button", { name: "Send a smaller copy" }).click();
  await ana.page.getByText("smaller copy, location removed").waitFor();
  await ana.composer.fill("a smaller picture");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await ben.log.getByRole("button", { name: "noise.webp" }).click();
  const gallery = ben.page.getByRole("dialog");
  const drawn = gallery.getByRole("img", { name: "noise.webp" });
  await expect(drawn).toHaveAttribute("width", "2048");
  const before = (await drawn.boundingBox())?.width ?? 0;
  await ben.page.keyboard.press("+");
  await expect.poll(async () => (await drawn.boundingBox())?.width ?? 0).toBeGreaterThan(before);
  await ben.page.keyboard.press("0");
  await expect.poll(async () => (await drawn.boundingBox())?.width ?? 0).toBe(before);
  await ben.page.keyboard.press("Escape");
});

test("files and a whole folder dropped on the window go to the composer", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "tacit-drop-")), "holiday");
  mkdirSync(join(folder, "day two"), { recursive: true });
  writeFileSync(join(folder, "dropped one.txt"), "one");
  writeFileSync(join(folder, "day two", "dropped two.txt"), "two");
  writeFileSync(join(folder, "..", "dropped three.txt"), "three");
  // From outside of the page, as from a desktop: only such a drop has folders in it.
  const hand = await ana.context.newCDPSession(ana.page);
  const data = { items: [], files: [folder, join(folder, "..", "dropped three.txt")], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await hand.send("Input.dispatchDragEvent", { type, x: 60, y: 300, data });
  for (const name of ["dropped one.txt", "dropped two.txt", "dropped three.txt"])
    await ana.page.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(ana.page.getByRole("listitem").filter({ hasText: /dropped (one|two|three)\.txt/ })).toHaveCount(0);
  await hand.detach();
  rmSync(join(folder, ".."), { recursive: true });
});

test("nothing was asked of anybody else, and no policy was broken", () => {
  for (const { watch } of [ana, ben]) {
    expect(watch.violations).toEqual([]);
    expect(watch.elsewhere).toEqual([]);
    expect(watch.errors).toEqual([]);
  }
});
