// A working day in real browsers: emoji, commands, things for later, messages for a time, statuses; two people, and two devices of one.
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

/** A square picture, drawn in the browser itself. */
async function picture(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "#0b5f58";
    context.beginPath();
    context.arc(32, 32, 30, 0, 7);
    context.fill();
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

async function go(page: Page, rest: string): Promise<void> {
  await page.evaluate((path) => {
    const [, w, ws] = location.hash.split("/");
    location.hash = `#/${w}/${ws}/${path}`;
  }, rest);
}

async function openRail(person: Person, name: string): Promise<void> {
  await person.page.getByRole("navigation", { name: "Workspaces and views" }).getByRole("link", { name }).click();
  await person.page.getByRole("heading", { level: 1, name }).waitFor();
}

/** What the box holds when one types and does nothing more. */
async function types(person: Person, text: string): Promise<void> {
  await person.composer.click();
  await person.composer.pressSequentially(text);
}

async function pair(browser: Parameters<typeof Person.open>[0]) {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  const ben = await Person.open(browser, host, "Ben Okafor");
  await ben.join(await ana.invite());
  return { host, ana, ben };
}

function faultless(...people: readonly Person[]): void {
  for (const one of people) {
    expect(one.watch.violations).toEqual([]);
    expect(one.watch.elsewhere).toEqual([]);
    expect(one.watch.errors).toEqual([]);
  }
}

test("emoji: picked, completed behind a colon, and of the workspace's own", async ({ browser }) => {
  test.setTimeout(180_000);
  const { host, ana, ben } = await pair(browser);
  try {
    await ana.page.getByRole("button", { name: "Emoji" }).click();
    const picker = ana.page.getByRole("dialog", { name: "Pick an emoji" });
    await picker.getByRole("row").first().waitFor();
    await accessible(ana.page, "emoji picker");
    await ana.page.screenshot({ path: "test-results/shots/emoji-picker.png" });
    await picker.getByRole("searchbox").fill("party popper");
    await picker.getByRole("gridcell", { name: "Party popper" }).click();
    await picker.waitFor({ state: "detached" });
    await types(ana, " done ");
    await types(ana, ":rocke");
    await ana.page.getByRole("listbox", { name: "Emoji of this name" }).getByRole("option").first().waitFor();
    await accessible(ana.page, "emoji list");
    await ana.composer.press("Enter");
    await ana.composer.press("Enter");
    await ben.sees("🎉 done 🚀");
    await go(ana.page, "settings/emoji");
    await ana.page.getByRole("heading", { level: 1, name: "Emoji" }).waitFor();
    const file = { name: "Party Parrot.png", mimeType: "image/png", buffer: await picture(ana.page) };
    await ana.page.locator('input[type="file"]').setInputFiles(file);
    await expect(ana.page.getByLabel("Name")).toHaveValue("party_parrot");
    await ana.page.getByRole("button", { name: "Add it" }).click();
    await ana.page.getByRole("listitem").filter({ hasText: ":party_parrot:" }).waitFor();
    await look(ana.page, "emoji-page");
    await types(ben, "hello :party_p");
    await ben.page.getByRole("option", { name: ":party_parrot:" }).waitFor();
    await ben.composer.press("Tab");
    await ben.composer.press("Enter");
    await ben.log.getByRole("img", { name: ":party_parrot:" }).waitFor();
    faultless(ana, ben);
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});

test("commands run here: an action, an unknown one, one that is meant, a topic, a status", async ({ browser }) => {
  test.setTimeout(180_000);
  const { host, ana, ben } = await pair(browser);
  try {
    await types(ana, "/sh");
    await ana.page.getByRole("listbox", { name: "Commands" }).waitFor();
    await accessible(ana.page, "commands");
    await ana.page.screenshot({ path: "test-results/shots/commands.png" });
    await ana.composer.fill("/me waves");
    await ana.composer.press("Enter");
    await ben.sees("Ana waves");
    await ana.composer.fill("/shruggg nothing of this goes out");
    await ana.composer.press("Enter");
    await ana.page.getByText("There is no command /shruggg").waitFor();
    await expect(ana.composer).toHaveValue("/shruggg nothing of this goes out");
    await ana.composer.fill("//shrug is a command");
    await ana.composer.press("Enter");
    await ben.sees("/shrug is a command");
    await expect(ben.log.getByText("nothing of this goes out")).toHaveCount(0);
    await ana.composer.fill("/topic one pipe, not the river");
    await ana.composer.press("Enter");
    await ben.page.getByText("one pipe, not the river").first().waitFor();
    await ana.page.getByRole("button", { name: "Set a status" }).click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "At lunch" }).waitFor();
    await look(ana.page, "status");
    await ana.page.getByRole("dialog").getByRole("button", { name: "At lunch" }).click();
    await ana.page.getByRole("button", { name: "Set it" }).click();
    await ben.log.getByTitle("At lunch").first().waitFor();
    await ana.composer.fill("/status clear");
    await ana.composer.press("Enter");
    await ben.log.getByTitle("At lunch").first().waitFor({ state: "detached" });
    await ana.composer.fill("/help");
    await ana.composer.press("Enter");
    await ana.page.getByRole("heading", { name: "Commands" }).waitFor();
    await look(ana.page, "slash-help");
    await ana.page.keyboard.press("Escape");
    faultless(ana, ben);
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});

/** Another browser of the same person, linked by its code. */
async function second(browser: Parameters<typeof Person.open>[0], host: Host, ana: Person): Promise<Person> {
  const phone = await Person.open(browser, host, "Ana Duarte");
  await phone.page.goto(host.origin);
  await phone.page.getByRole("button", { name: "I use Tacit on another device" }).click();
  const code = ((await phone.page.locator("[data-code]").textContent()) ?? "").trim();
  await go(ana.page, "settings/devices");
  await ana.page.getByRole("button", { name: "Link a device" }).click();
  await ana.page.getByLabel("Code").fill(code);
  await ana.page.getByRole("button", { name: "Look for it" }).click();
  await ana.page.getByRole("button", { name: "Add device" }).click();
  await phone.page.getByRole("button", { name: "Yes, link this device" }).click();
  await phone.composer.waitFor();
  await ana.page.goBack();
  await ana.page.keyboard.press("Escape");
  return phone;
}

test("what is kept, begun and planned on one device is there on the other; activity and unreads lead to it", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const { host, ana, ben } = await pair(browser);
  const phone = await second(browser, host, ana);
  try {
    await go(ana.page, "");
    await ana.composer.waitFor();
    await ben.say("the contract is in the shared folder");
    await ana.act("the contract is in the shared folder", "Save for later");
    await ana.page.getByText("Kept for later.").waitFor();
    await openRail(phone, "Later");
    await phone.page.getByRole("listitem").filter({ hasText: "the contract is in the shared folder" }).waitFor();
    await look(phone.page, "later");
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await ana.composer.fill(`/remind me look back ${day}`);
    await ana.composer.press("Enter");
    await ana.page.getByText(/Reminder, due .*look back/).waitFor();
    await ana.composer.fill("/remind me water the plants at 25:00");
    await ana.composer.press("Enter");
    await ana.page.getByText("That time can’t be read.").waitFor();
    await ana.composer.fill("/remind me water the plants in 20 minutes");
    await ana.composer.press("Enter");
    await ana.page.getByText(/You’ll be reminded/).waitFor();
    await phone.page.getByRole("listitem").filter({ hasText: "water the plants" }).waitFor();
    await phone.page
      .getByRole("listitem")
      .filter({ hasText: "the contract" })
      .getByRole("button", { name: "Done" })
      .click();
    await phone.page
      .getByRole("radio", { name: "Done" })
      .or(phone.page.getByText("Done", { exact: true }))
      .first()
      .click();
    await phone.page.getByRole("listitem").filter({ hasText: "the contract" }).waitFor();
    // a draft goes over when the writing rests
    await ana.composer.fill("half a thought");
    await phone.page.goBack();
    await phone.composer.waitFor();
    await expect(phone.composer).toHaveValue("half a thought", { timeout: 20_000 });
    // at a time, from the button's menu
    await phone.composer.fill("good morning, everybody");
    await phone.page.getByRole("button", { name: "Send at a time" }).click();
    await phone.page.getByRole("menuitem", { name: /Tomorrow at 9/ }).click();
    await phone.page.getByText(/It goes out/).waitFor();
    await expect(ana.composer).toHaveValue("", { timeout: 20_000 });
    await go(ana.page, "drafts");
    const planned = ana.page.getByRole("list", { name: "Planned" }).getByRole("listitem");
    await expect(planned).toHaveText(/good morning, everybody/);
    await look(ana.page, "planned");
    await planned.getByRole("button", { name: "Send now" }).click();
    await ben.sees("good morning, everybody");
    await expect(planned).toHaveCount(0);
    // mentions and reactions, wherever they happen
    await ben.composer.fill("@Ana Du");
    await ben.composer.press("Enter");
    await types(ben, "thank you");
    await ben.composer.press("Enter");
    await openRail(ana, "Activity");
    await ana.page.getByRole("listitem").filter({ hasText: "thank you" }).waitFor();
    await look(ana.page, "activity");
    await ana.page.keyboard.press("Control+Shift+A");
    await ana.page.getByRole("heading", { level: 1, name: "Unreads" }).waitFor();
    await look(ana.page, "unreads");
    faultless(ana, ben, phone);
  } finally {
    for (const one of [ana, ben, phone]) await one.close();
    await host.end();
  }
});
