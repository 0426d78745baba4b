// Finding in the browser: two people, words as one types, filters as chips, a jump to an old message and back, and a date.
import { expect, test } from "@playwright/test";
import { createEngine } from "@/lib/client/engine.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { memoryPorts, memoryProfile } from "@/lib/platform/memory/ports.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

test("what was said is found as one types, narrowed by filters, and opened where it stands", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const ben = await Person.open(browser, host, "Jonas Weber");
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ben.join(await ana.invite());
    await ana.say("The lab results are in. Station 4 is eleven times over the limit for cadmium.");
    await ben.sees("The lab results are in.");
    await ben.say("Six bottles, six stations, all labelled and photographed.");
    await ana.sees("Six bottles, six stations");
    await ana.create("river-story", { topic: "Publishing Sunday" });
    await ana.say("If it is cadmium we will know by Thursday: https://example.org/table");

    const { page } = ana;
    // From anywhere, by keyboard alone.
    await page.keyboard.press("Control+g");
    const field = page.getByRole("searchbox", { name: "Search messages" });
    await expect(field).toBeFocused();
    await expect(page.getByRole("heading", { name: "Find what was said" })).toBeVisible();
    await look(page, "search-empty");
    await field.pressSequentially("cadm");
    const hits = page.getByRole("list", { name: "Messages found, newest first" }).getByRole("link");
    await expect(hits).toHaveCount(2);
    await expect(page.getByText("2 messages", { exact: true })).toBeVisible();
    await expect(hits.first().locator("mark")).toHaveText("cadmium");
    await expect(page.getByText(/Your words were not sent anywhere/)).toBeVisible();
    await field.pressSequentially(" station");
    await expect(hits).toHaveCount(1);
    await look(page, "search");

    // A filter that is finished becomes a chip; the chip says whom it means, and goes by a key.
    await field.fill("");
    await field.pressSequentially("from:jonas ");
    await expect(page.getByRole("button", { name: "Remove the filter: from Jonas Weber" })).toBeVisible();
    await expect(hits).toHaveCount(1);
    await expect(hits.first()).toContainText("Six bottles");
    await field.press("Backspace");
    await page.getByRole("button", { name: "Only: has link" }).click();
    await expect(hits).toHaveCount(1);
    await expect(hits.first()).toContainText("by Thursday");
    await page.getByRole("button", { name: "Remove the filter: has link" }).click();
    await field.fill("quetzal");
    await expect(page.getByRole("heading", { name: "No message says that" })).toBeVisible();
    await look(page, "search-none");
    await field.fill("from:nobody ");
    await expect(page.getByText("Nothing here goes by “nobody”")).toBeVisible();
    await field.press("Escape");

    // Down into the list, Enter opens the message where it stands, with the focus on it.
    await field.fill("lab results");
    await expect(hits).toHaveCount(1);
    await field.press("ArrowDown");
    await expect(hits.first()).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "general" })).toBeVisible();
    await expect(page.locator("li:focus")).toContainText("The lab results are in.");
    // Back leads to what was found, as it was left.
    await page.goBack();
    await expect(hits).toHaveCount(1);
    await expect(field).toHaveValue("lab results");
    // Nothing of what was sought is in the address, which browsers write down.
    expect(page.url()).not.toContain("lab");

    // In one channel; and from the switcher.
    await ana.go("river-story");
    await page.keyboard.press("Control+f");
    await expect(page.getByRole("button", { name: "Remove the filter: in #river-story" })).toBeVisible();
    await field.pressSequentially("cadmium");
    await expect(hits).toHaveCount(1);
    await ana.go("general");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("bottles");
    await page.getByRole("option", { name: /Search messages for “bottles”/ }).click();
    await expect(hits).toHaveCount(1);
    // What comes meanwhile is found too, and what is taken back is not.
    await ben.say("The bottles are empty.");
    await expect(async () => {
      await field.fill("bottl");
      await field.fill("bottles");
      await expect(hits).toHaveCount(2, { timeout: 1000 });
    }).toPass();
    await accessible(page, "results");
    for (const one of [ana, ben]) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
      expect(one.watch.errors).toEqual([]);
    }
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});

/** Somebody who wrote a lot before anybody else came, from Node. */
async function writes(host: Host, texts: readonly string[]): Promise<{ link: string; end: () => Promise<void> }> {
  const engine = await createEngine(memoryPorts(nodeTransport(host.origin), memoryProfile(), wallClock()));
  const fragment = `#${(host.server.setupLink ?? "").split("#")[1]}`;
  const { ws } = await engine.createWorkspace({ fragment, workspace: "Riverbend", name: "Ana Duarte" });
  const account = engine.accounts.get(ws);
  if (account === undefined) throw new TypeError("no account");
  const [channel] = account.channels();
  if (channel === undefined) throw new TypeError("no channel");
  for (const text of texts) await engine.sendMessage({ ws, channel, text, files: [] });
  await expect.poll(() => account.outbox.size, { timeout: 60_000 }).toBe(0);
  const { link } = await engine.createInvite({ ws, label: "", maxUses: 1, hours: 24 });
  return { link, end: () => engine.stop() };
}

test("an old message opens with its neighbours, far from the newest, on a device that never had it", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ben = await Person.open(browser, host, "Jonas Weber");
  const filler = Array.from({ length: 400 }, (_, i) => `Filler number ${i}`);
  const ana = await writes(host, ["The very beginning of it all", ...filler]);
  try {
    await ben.join(ana.link);
    await ben.sees("Filler number 399");
    const { page } = ben;
    await page.keyboard.press("Control+g");
    const field = page.getByRole("searchbox", { name: "Search messages" });
    // Asked before it is here, found once it is.
    await field.fill("very beginning");
    const hit = page.getByRole("list", { name: "Messages found, newest first" }).getByRole("link");
    await expect(hit).toHaveCount(1, { timeout: 60_000 });
    await expect(page.getByText("Everything that you may read is searched.")).toBeVisible({ timeout: 30_000 });
    await hit.click();
    const found = page.locator("li:focus");
    await expect(found).toContainText("The very beginning of it all");
    await expect(found).toBeInViewport();
    await expect(page.getByText("Filler number 399")).toHaveCount(0);
    await look(page, "jumped");
    await page.getByRole("button", { name: "To the newest messages" }).click();
    await ben.sees("Filler number 399");
    // A date leads to the first message from then on.
    await page.getByRole("button", { name: "Channel", exact: true }).click();
    await page.getByRole("menuitem", { name: "Jump to a date" }).click();
    await page.getByLabel("Date", { exact: true }).fill(new Date().toISOString().slice(0, 10));
    await look(page, "jump-date");
    await page.getByRole("button", { name: "Jump", exact: true }).click();
    await expect(found).toContainText("The very beginning of it all");
    // Who writes there comes back to the newest.
    await ben.composer.fill("And here we are");
    await ben.composer.press("Enter");
    await ben.sees("And here we are");
    await ben.sees("Filler number 399");
    expect(ben.watch.violations).toEqual([]);
    expect(ben.watch.errors).toEqual([]);
  } finally {
    await ana.end();
    await ben.close();
    await host.end();
  }
});
