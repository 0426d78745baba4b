// The installed app: it opens, reads and writes without a server, keeps exactly the build's files, and changes builds whole.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { type RunningServer, startServer } from "@/server/main.ts";
import { readAssets } from "@/server/web/static.ts";
import { Host, Person } from "./kit.ts";

const client = fileURLToPath(new URL("../../out", import.meta.url));
const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "tacit-installed-"));
  folders.push(made);
  return made;
}

test.afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

/** Waits until the worker holds the whole build and answers for this page. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
}

/** Everything that the worker keeps, by cache. */
function kept(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const found: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found[name] = requests.map((one) => new URL(one.url).pathname).sort();
    }
    return found;
  });
}

test("without a server the app opens, shows what was read and takes what is written", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana", { serviceWorkers: "allow" });
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  await ana.say("Before the storm");
  await installed(ana.page);

  await host.down();
  await ana.page.reload();
  await ana.sees("Before the storm");
  await ana.say("Written in the dark");
  await expect(ana.page.getByText(/You’re offline/)).toBeVisible();
  // A start from nothing, as from the home screen, with the entry still unsent.
  await ana.page.close();
  const again = await ana.context.newPage();
  await again.goto(`${host.origin}/`);
  const log = again.getByRole("log");
  await log.getByText("Before the storm").first().waitFor();
  await log.getByText("Written in the dark").first().waitFor();

  await host.up();
  await expect(again.getByText(/You’re offline/)).toBeHidden({ timeout: 60_000 });
  const caches = await kept(again);
  await ana.context.clearCookies();
  const bo = await Person.open(browser, host, "Bo", { serviceWorkers: "allow" });
  const anaAgain = new Person("Ana", ana.context, again, ana.watch);
  await bo.join(await anaAgain.invite());
  await bo.sees("Written in the dark");

  // Files of the build and nothing else: no call, no blob, no page that the server alone shows.
  const names = Object.keys(caches);
  expect(names).toHaveLength(1);
  const served = [...readAssets(client).keys()].filter(
    (path) =>
      !/^\/(?:404|_not-found)(?:\.html$|\/)|^\/sw(?:-peek)?\.js$/.test(path) &&
      !["/", "/join", "/setup"].includes(path),
  );
  expect(caches[names[0] ?? ""]).toEqual(served.sort());
  expect(ana.watch.violations).toEqual([]);
  expect(ana.watch.elsewhere).toEqual([]);
  await bo.close();
  await ana.close();
  await host.end();
});

test("the worker comes under its own policy, and the manifest makes an app of the page", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const answer = await fetch(`${host.origin}/sw.js`);
  expect(answer.headers.get("content-security-policy")).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'",
  );
  expect(answer.headers.get("cache-control")).toBe("no-cache");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${host.origin}/`);
  await installed(page);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  await page.context().close();
  await host.end();
});

/** A copy of the build in which one file says something else; its worker knows of that, or not. */
function altered(known: boolean): string {
  const copy = folder();
  cpSync(client, copy, { recursive: true });
  const path = join(copy, "mark-unread.svg");
  const before = readFileSync(path);
  const after = Buffer.from(before.toString("utf8").replace("#f0b440", "#f0b441"));
  writeFileSync(path, after);
  if (!known) return copy;
  const hash = (body: Buffer) => createHash("sha256").update(body).digest("base64");
  const worker = readFileSync(join(copy, "sw.js"), "utf8");
  const renamed = worker.replace(/(build:")[0-9a-f]{32}/, "$1ffffffffffffffffffffffffffffffff");
  writeFileSync(join(copy, "sw.js"), renamed.replace(hash(before), hash(after)));
  return copy;
}

test("a build with an altered file is not taken over", async ({ browser }) => {
  const server = await startServer({ dataDir: folder(), staticDir: altered(false) });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.publicUrl}/`);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("/sw.js");
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (worker === null) return "none";
    await new Promise<void>((done) => {
      const look = () => ["activated", "redundant"].includes(worker.state) && done();
      worker.addEventListener("statechange", look);
      look();
    });
    return worker.state;
  });
  expect(state).toBe("redundant");
  expect(await kept(page)).toEqual({});
  await page.context().close();
  await server.stop();
});

test("a newer build waits, is told of, and takes every file's place at once", async ({ browser }) => {
  const dataDir = folder();
  let server: RunningServer = await startServer({ dataDir, staticDir: client });
  const { port, publicUrl } = server;
  const ana = await Person.open(browser, { origin: publicUrl }, "Ana", { serviceWorkers: "allow" });
  await ana.found(server.setupLink ?? "", "Riverbend");
  await installed(ana.page);
  const [before = ""] = Object.keys(await kept(ana.page));
  await server.stop();
  server = await startServer({ dataDir, port, staticDir: altered(true) });
  await ana.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(ana.page.getByText("A newer version of Tacit is ready.")).toBeVisible();
  expect(await ana.page.evaluate(async () => (await fetch("/mark-unread.svg")).text())).toContain("#f0b440");
  await ana.page.getByRole("button", { name: "Open it" }).click();
  await expect(async () => {
    expect(Object.keys(await kept(ana.page))).toEqual([`tacit-shell-${"f".repeat(32)}`]);
  }).toPass();
  await ana.composer.waitFor();
  expect(await ana.page.evaluate(async () => (await fetch("/mark-unread.svg")).text())).toContain("#f0b441");
  expect(before).toMatch(/^tacit-shell-[0-9a-f]{32}$/);
  await ana.close();
  await server.stop();
});
