// Channels: what they are for, bookmarks, how long they keep, stars and sections; and every key of the table, pressed.
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";

async function menu(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Channel", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("dialog").waitFor();
}

test("a channel says what it is for, keeps bookmarks and days, and stands where one puts it", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const ben = await Person.open(browser, host, "Jonas Weber");
  const { page } = ana;
  const dialog = page.getByRole("dialog");
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ben.join(await ana.invite());
    await ana.create("river-story", { topic: "Five months of water" });

    await menu(page, "Change name and topic");
    await dialog.getByLabel("Description").fill("Where the samples are discussed.\nAsk Jonas about the map.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await menu(page, "Add a bookmark");
    await dialog.getByLabel("Name").fill("Lab results");
    await dialog.getByLabel("Address").fill("javascript:alert(1)");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("This is no address of the web").waitFor();
    await dialog.getByLabel("Address").fill("lab.example.org/results");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const link = page.getByRole("navigation", { name: "Bookmarks" }).getByRole("link", { name: "Lab results" });
    await expect(link).toHaveAttribute("href", "https://lab.example.org/results");
    await expect(link).toHaveAttribute("rel", "noreferrer noopener");

    await menu(page, "Change how long it keeps");
    await dialog.getByText("This is deletion, and no more than that").waitFor();
    await dialog.getByRole("radio", { name: "For 30 days" }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });

    // Another sees the same, with the same words.
    await ben.page.getByRole("button", { name: "Add a channel" }).click();
    await ben.page.getByRole("menuitem", { name: "Browse channels" }).click();
    await ben.page.getByRole("dialog").getByLabel("Filter channels").fill("five months");
    await ben.page
      .getByRole("dialog")
      .getByRole("button", { name: /river-story/ })
      .click();
    await ben.page.getByRole("heading", { level: 1, name: "river-story" }).waitFor();
    await ben.page.getByRole("link", { name: "Lab results" }).waitFor();
    await ben.page.keyboard.press("Control+.");
    await ben.page.getByText("Ask Jonas about the map.").waitFor();
    await ben.page.getByText("Messages are deleted after 30 days").waitFor();

    await page.getByRole("button", { name: "Star this channel" }).click();
    const starred = ana.sidebar.getByRole("region", { name: "Starred" });
    await starred.getByRole("link", { name: "river-story" }).waitFor();
    await menu(page, "Move to a section");
    await dialog.getByRole("button", { name: "Change sections" }).click();
    await dialog.getByRole("button", { name: "Add a section" }).click();
    await dialog.getByRole("textbox", { name: "Section 1" }).fill("Field work");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await menu(page, "Move to a section");
    await dialog.getByRole("radio", { name: "Field work" }).check();
    await dialog.getByRole("button", { name: "Move" }).click();
    await dialog.waitFor({ state: "detached" });
    await ana.sidebar.getByRole("region", { name: "Field work" }).getByRole("link", { name: "river-story" }).waitFor();
    await expect(starred).toHaveCount(0);
    await expect(ben.sidebar.getByRole("region", { name: "Field work" })).toHaveCount(0);
    await page.reload();
    await ana.sidebar.getByRole("region", { name: "Field work" }).getByRole("link", { name: "river-story" }).waitFor();
    for (const one of [ana, ben]) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
    }
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});

test("every key of the table does what the list says", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const { page } = ana;
  const dialog = page.getByRole("dialog");
  const h1 = (name: string) => page.getByRole("heading", { level: 1, name }).first();
  const press = (chord: string) => page.keyboard.press(chord);
  const opens = async (chord: string, title: string | RegExp) => {
    await press(chord);
    await dialog.getByRole("heading", { name: title }).or(dialog.getByLabel(title)).first().waitFor();
    await press("Escape");
    await dialog.waitFor({ state: "detached" });
  };
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.create("alpha");
    await ana.create("beta");
    await press("Alt+ArrowUp");
    await h1("alpha").waitFor();
    await press("Alt+ArrowDown");
    await h1("beta").waitFor();
    await press("Alt+ArrowLeft");
    await h1("alpha").waitFor();
    await press("Alt+ArrowRight");
    await h1("beta").waitFor();
    await opens("Control+/", "Keyboard shortcuts");
    await opens("Control+k", "Jump to a channel or a person");
    await opens("Control+Shift+k", "New direct message");
    await opens("Control+Shift+l", "Browse channels");
    await press("Control+.");
    await page.getByRole("heading", { name: "About this channel" }).waitFor();
    await press("Control+.");
    await page.getByRole("heading", { name: "About this channel" }).waitFor({ state: "detached" });
    await press("Control+,");
    await h1("Appearance").waitFor();
    await press("Control+Shift+f");
    await h1("App lock").waitFor();
    for (const [chord, view] of [
      ["Control+Shift+a", "unreads"],
      ["Control+Shift+m", "activity"],
      ["Control+Shift+s", "later"],
    ] as const) {
      await press(chord);
      await expect(page).toHaveURL(new RegExp(`/${view}`));
    }
    await ana.go("alpha");
    await h1("alpha").waitFor();
    await ana.say("first");
    await ana.say("second");
    await ana.composer.press("ArrowUp");
    await page.getByRole("textbox", { name: "Edit your message" }).waitFor();
    await press("Escape");
    await ana.composer.focus();
    await press("F6");
    await expect(ana.composer).not.toBeFocused();
    await press("Shift+F6");
    await expect(ana.composer).toBeFocused();
    const last = ana.log.getByRole("listitem").filter({ hasText: "second" });
    const onLast = async (key: string) => {
      await last.focus();
      await press(key);
    };
    await onLast("e");
    await page.getByRole("textbox", { name: "Edit your message" }).waitFor();
    await press("Escape");
    await onLast("Delete");
    await dialog.getByRole("heading", { name: "Delete this message?" }).waitFor();
    await press("Escape");
    await dialog.waitFor({ state: "detached" });
    await onLast("p");
    await ana.log.getByText("Pinned").first().waitFor();
    await onLast("a");
    await page
      .getByText(/Kept|Saved/)
      .first()
      .waitFor();
    await onLast("r");
    await page.getByRole("toolbar", { name: "Add a reaction" }).waitFor();
    await press("Escape");
    await press("Control+Shift+\\");
    await page.getByRole("toolbar", { name: "Add a reaction" }).waitFor();
    await press("Escape");
    expect(ana.watch.errors).toEqual([]);
  } finally {
    await ana.close();
    await host.end();
  }
});

test("names of another direction, paper, and a page twice as large lose nothing", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "מִרְיָם ‮evil");
  const { page } = ana;
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say("שלום, this is both");
    await ana.say("مرحبا بالعالم");
    for (let n = 1; n <= 60; n += 1) await ana.say(`line ${n}`);
    // An override that somebody typed into a name turns nothing: it is not there any more.
    expect(await page.locator("body").textContent()).not.toContain("‮");
    const text = ana.log.getByText("مرحبا بالعالم");
    await page.getByText("line 60").waitFor();
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    // All that is loaded is on paper, and nothing but the conversation.
    await expect(ana.log.getByText("line 1", { exact: true })).toBeVisible();
    await expect(text).toBeVisible();
    expect(await text.evaluate((one) => getComputedStyle(one).direction)).toBe("rtl");
    await expect(ana.sidebar).toBeHidden();
    await expect(ana.composer).toBeHidden();
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    // 200 % of 1280 px, and the narrowest phone.
    for (const width of [640, 360]) {
      await page.setViewportSize({ width, height: 480 });
      await ana.composer.waitFor();
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
      await expect(page.getByRole("button", { name: "Send", exact: true })).toBeInViewport();
    }
  } finally {
    await ana.close();
    await host.end();
  }
});
