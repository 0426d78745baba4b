// The app lock in real browsers: shut by hand, by a reload, by idleness and for all tabs; a browser whose keys vanished (A5).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

const PASS = "four quiet rivers meet";
const SECRET = "behind the third stone";
const out = fileURLToPath(new URL("../../out", import.meta.url));

/** Scripts of the build that hold a libsodium: the one of every start, and the larger one of the lock. */
function sodiumScripts(): string[] {
  const folder = join(out, "_next", "static");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js") && readFileSync(join(folder, path), "utf8").includes("ALG_ARGON2ID13"))
    .map((path) => path.split("/").at(-1) ?? path);
}

const locked = (page: Page) => page.getByRole("heading", { name: "Locked", exact: true });

/** Locked, and nothing of anybody on the screen, in the title or in the sign of the tab. */
async function isShut(page: Page): Promise<void> {
  await locked(page).waitFor();
  const shown = `${await page.title()} ${await page.locator("body").textContent()}`;
  for (const word of ["Riverbend", "Ana", "general", SECRET]) expect(shown).not.toContain(word);
  await expect(page).toHaveTitle("Tacit");
  expect(await page.locator('link[rel~="icon"]').first().getAttribute("href")).not.toContain("unread");
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel("Passphrase").fill(passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
}

async function lockPage(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("link", { name: "App lock" }).click();
  await page.getByRole("heading", { name: "App lock" }).waitFor();
}

/** From now on this page has a passkey that gives secrets. */
async function virtualPasskey(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal" } as const;
  const able = { hasResidentKey: true, hasUserVerification: true, hasPrf: true, isUserVerified: true };
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, ...able, automaticPresenceSimulation: true },
  });
}

test("A5 the lock shuts all tabs by hand, at a start and when nobody touches them; evicted storage leads back in", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const host = new Host();
  await host.up();
  try {
    const ana = await Person.open(browser, host, "Ana", { serviceWorkers: "allow" });
    const { page, context } = ana;
    const scripts = sodiumScripts();
    const asked: string[] = [];
    // What the service worker keeps for a start without a network is not what a start asks for.
    context.on("request", (request) => {
      if (request.serviceWorker() === null) asked.push(new URL(request.url()).pathname.split("/").at(-1) ?? "");
    });
    const missing = () => scripts.filter((name) => !asked.includes(name));
    await context.clock.install();
    const words = await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say(SECRET);
    await expect(page).toHaveTitle(/Riverbend/);
    // A start without a lock does not fetch the library of the lock.
    await page.reload();
    await ana.sees(SECRET);
    expect(scripts.length - missing().length).toBe(1);
    expect(missing()).toHaveLength(1);

    await lockPage(page);
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByLabel("New passphrase").fill("short");
    await page.getByLabel("Once more").fill("short");
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("Take at least 8 characters").waitFor();
    await page.getByLabel("New passphrase").fill(PASS);
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("The two are not the same.").waitFor();
    await page.getByLabel("Once more").fill(PASS);
    await accessible(page, "turning it on");
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("The lock is on").waitFor();
    expect(missing()).toEqual([]);
    await expect(page).toHaveTitle("Tacit");
    await accessible(page, "the settings of the lock");

    const other = await context.newPage();
    await other.goto(host.origin);
    await other.getByRole("log").getByText(SECRET).waitFor();
    await page.keyboard.press("Control+Shift+F");
    await isShut(page);
    await isShut(other);
    await look(page, "locked");
    await unlock(page, "not this one");
    await page.getByText("That isn’t the passphrase.").waitFor();
    await unlock(page, PASS);
    await other.getByRole("log").getByText(SECRET).waitFor();

    // A touch in one tab keeps both open; then nobody touches either.
    await context.clock.fastForward(14 * 60_000);
    await other.mouse.move(20, 20);
    await other.mouse.move(40, 40);
    await context.clock.fastForward(14 * 60_000);
    await other.getByRole("log").getByText(SECRET).waitFor();
    await context.clock.fastForward(2 * 60_000);
    await isShut(page);
    await isShut(other);
    await other.close();
    await page.goto(host.origin);
    await isShut(page);
    await page.getByRole("button", { name: "Forgotten it?" }).click();
    await page.getByRole("heading", { name: "Get back in without it" }).waitFor();
    await accessible(page, "the forgotten passphrase");
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await unlock(page, PASS);
    await ana.sees(SECRET);

    // A passkey opens it, too.
    await virtualPasskey(context, page);
    await lockPage(page);
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByLabel("Your passphrase").fill(PASS);
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("A passkey opens this browser, too.").waitFor();
    await page.keyboard.press("Control+Shift+F");
    await isShut(page);
    await page.getByRole("button", { name: "Use your passkey" }).click();
    await page.getByText("The lock is on").waitFor();

    // The database vanishes, and nothing else: a loss that is said, with every way back.
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: host.origin, storageTypes: "indexeddb" });
    await page.goto(host.origin);
    await page.getByRole("heading", { name: "This browser no longer has your keys" }).waitFor();
    await page.getByRole("button", { name: "Start over in this browser" }).waitFor();
    await look(page, "keys-gone");
    await page.getByRole("button", { name: "Link with another device of yours" }).click();
    await page.locator("[data-code]").waitFor();
    await page.getByRole("button", { name: /Back|Cancel/ }).click();
    await page.getByRole("link", { name: /Use your recovery code/ }).click();
    for (const [i, word] of words.entries()) await page.getByLabel(`Word ${i + 1}`, { exact: true }).fill(word);
    await page.getByRole("button", { name: "See what it opens" }).click();
    await page.getByRole("button", { name: "Get back in" }).click();
    await ana.sees(SECRET);
    expect(ana.watch.violations).toEqual([]);
    expect(ana.watch.errors).toEqual([]);
  } finally {
    await host.end();
  }
});
