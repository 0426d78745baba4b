// The page runs scripts of this very build alone: whichever of its chunks is altered on its way does not run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { type RunningServer, startServer } from "@/server/main.ts";

const client = fileURLToPath(new URL("../../out", import.meta.url));
let server: RunningServer;
let dataDir = "";

// The service worker checks hashes of its own and answers from what it keeps; here the network itself is altered.
test.use({ serviceWorkers: "block" });

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "tacit-integrity-"));
  server = await startServer({ dataDir, staticDir: client });
});

test.afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Scripts that this page asked for, by path, and what it reported. */
function watch(page: Page): { scripts: Set<string>; reports: string[] } {
  const scripts = new Set<string>();
  const reports: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
  });
  page.on("console", (message) => {
    if (message.type() === "error") reports.push(message.text());
  });
  return { scripts, reports };
}

async function openPage(page: Page): Promise<void> {
  await page.goto(`${server.url}/`);
  await page.waitForLoadState("networkidle");
}

test("an untouched build runs without a report, and none of its altered scripts does", async ({ browser }) => {
  const clean = await browser.newPage({ serviceWorkers: "block" });
  const seen = watch(clean);
  await openPage(clean);
  await expect(clean.locator("main, [role=main]").first()).toBeVisible();
  expect(seen.reports).toEqual([]);
  expect(seen.scripts.size).toBeGreaterThan(5);
  await clean.close();

  // No browser takes a hash for a worker's first script.
  const pinned = [...seen.scripts].filter((path) => !path.includes("/turbopack-worker-"));
  const page = await browser.newPage({ serviceWorkers: "block" });
  for (const path of pinned) {
    const body = `document.title="altered";${await (await fetch(`${server.url}${path}`)).text()}`;
    await page.route(`**${path}`, (route) => route.fulfill({ contentType: "text/javascript", body }));
    // The report is of this script: what was refused does not run later.
    const refused = page.waitForEvent("console", {
      predicate: (message) => message.type() === "error" && /integrity/.test(message.text()),
    });
    await page.goto(`${server.url}/`, { waitUntil: "commit" });
    expect((await refused).text(), `${path} was refused with a report`).toContain(path);
    expect(await page.title(), `${path} ran although it was altered`).not.toBe("altered");
    await page.unrouteAll();
  }
  await page.close();
});

test("a script that is not of this build is refused, whoever adds it", async ({ page }) => {
  const { scripts } = watch(page);
  await openPage(page);
  const own = [...scripts][0] ?? "";
  await page.route("**/added.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'document.title="altered"' }),
  );
  const outcome = await page.evaluate(async (known) => {
    const ways: ((script: HTMLScriptElement) => void)[] = ["/added.js", known].flatMap((path) => [
      (script: HTMLScriptElement) => {
        script.src = path;
      },
      (script: HTMLScriptElement) => script.setAttribute("src", path),
    ]);
    const tries = ways.map(
      (way) =>
        new Promise<string>((done) => {
          const script = document.createElement("script");
          script.onload = () => done("ran");
          script.onerror = () => done("refused");
          way(script);
          document.head.append(script);
        }),
    );
    return Promise.all(tries);
  }, own);
  expect(outcome).toEqual(["refused", "refused", "ran", "ran"]);
  expect(await page.title()).not.toBe("altered");
});
