// What a browser fetches before one can read: HTML, scripts and styles outside the worker, and typefaces, as the server sends them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";

const out = fileURLToPath(new URL("../../out", import.meta.url));
const KB = 1000;
/** Somebody new, until the first screen stands. */
const STRANGER_MOST = 170 * KB;
/** Somebody who has a workspace here, with an empty cache, until its messages stand. */
const MEMBER_MOST = 335 * KB;
const FONTS_MOST = 120 * KB;

/** Paths that the page itself fetched before its first screen stood; what its worker fetched is the worker's. */
async function fetched(page: Page): Promise<string[]> {
  const names = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming && entry.initiatorType !== "other")
      .filter(({ startTime }) => startTime < (performance.getEntriesByName("tacit-rest")[0]?.startTime ?? Infinity))
      .map((entry) => entry.name),
  );
  return [...new Set(names.map((name) => new URL(name).pathname))];
}

const packed = (path: string): number => readFileSync(join(out, `${path}.br`)).length;

function weigh(paths: readonly string[]): { page: number; fonts: number; files: string[] } {
  const code = ["/index.html", ...paths.filter((path) => /\.(js|css)$/.test(path))];
  const sizes = code.map((path) => ({ path, size: packed(path) }));
  const fonts = paths.filter((path) => path.endsWith(".woff2")).map((path) => readFileSync(join(out, path)).length);
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  return {
    page: sum(sizes.map(({ size }) => size)),
    fonts: sum(fonts),
    files: sizes.sort((a, b) => b.size - a.size).map(({ path, size }) => `${size} ${path}`),
  };
}

test("the first load stays within its bounds, and fetches what the first screen needs alone", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte", { serviceWorkers: "allow" });
  try {
    await ana.page.goto(host.origin);
    await ana.page.getByRole("button", { name: "Open the invite" }).waitFor();
    const stranger = weigh(await fetched(ana.page));
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say("Read this at once.");
    const back = await ana.context.newPage();
    await ana.page.close();
    await back.goto(host.origin);
    await back.getByRole("log").getByText("Read this at once.").waitFor();
    const member = weigh(await fetched(back));
    console.log(
      `first load: ${stranger.page} B for a stranger, ${member.page} B for a member, ${member.fonts} B of fonts`,
    );
    expect(stranger.page, stranger.files.join("\n")).toBeLessThanOrEqual(STRANGER_MOST);
    expect(member.page, member.files.join("\n")).toBeLessThanOrEqual(MEMBER_MOST);
    expect(member.fonts).toBeLessThanOrEqual(FONTS_MOST);
  } finally {
    await ana.close();
    await host.end();
  }
});
