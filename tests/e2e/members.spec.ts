// Members in real browsers: asked and let in over a reload, a guest of one channel, removed, handed over, gone.
import { expect, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

const ANA = "Ana Duarte";
const BEN = "Ben Okafor";
const GUS = "Gus Lind";

/** A link that only asks, for members or for guests of a channel. */
async function askingLink({ page }: Person, guestIn: string | null): Promise<string> {
  await page.getByRole("button", { name: "Riverbend" }).click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /After somebody here agrees/ }).check();
  if (guestIn !== null) {
    await dialog.getByRole("radio", { name: /^Guests/ }).check();
    await dialog.getByRole("checkbox", { name: guestIn }).check();
  }
  await look(page, guestIn === null ? "invite-approval" : "invite-guest");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByRole("textbox", { name: "The link" }).inputValue();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return link;
}

async function asks({ page, name }: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Ask to join Riverbend" }).click();
  await page.getByRole("heading", { name: "Riverbend has to let you in" }).waitFor();
}

async function peoplePage({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Riverbend" }).click();
  await page.getByRole("menuitem", { name: /^People/ }).click();
}

async function memberMenu({ page }: Person, name: string, act: string): Promise<void> {
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: act }).click();
}

test("asked and let in, a guest, a removal, a handing over, a farewell", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const [ana, ben, gus] = [
    await Person.open(browser, host, ANA),
    await Person.open(browser, host, BEN),
    await Person.open(browser, host, GUS),
  ];
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say("Before anybody asked.");

    await asks(ben, await askingLink(ana, null));
    await look(ben.page, "waiting");
    await ben.page.reload();
    await ben.page.getByRole("heading", { name: "Riverbend has to let you in" }).waitFor();
    await ana.page.getByText("1 person asks to join").waitFor();
    await peoplePage(ana);
    await ana.page.getByRole("button", { name: `Let ${BEN} in` }).waitFor();
    await look(ana.page, "people-asking");
    await ana.page.getByRole("button", { name: `Let ${BEN} in` }).click();
    await ben.sees("Before anybody asked.");
    await ben.say("Thank you for letting me in.");

    await ana.page.goto(host.origin);
    await ana.sees("Thank you for letting me in.");
    await ana.create("press", { people: [BEN] });
    await ana.say("Only for those in press.");
    await asks(gus, await askingLink(ana, "press"));
    await peoplePage(ana);
    await expect(ana.page.getByRole("checkbox", { name: "press" })).toBeChecked();
    await ana.page.getByRole("button", { name: `Let ${GUS} in` }).click();
    await gus.sees("Only for those in press.");
    await expect(gus.sidebar.getByRole("link", { name: /general/ })).toHaveCount(0);
    await look(gus.page, "guest");

    await memberMenu(ana, GUS, "Remove from the workspace");
    await ana.page
      .getByRole("dialog")
      .getByRole("button", { name: /^Remove/ })
      .click();
    await gus.page.getByText(/You were removed from this workspace on .*, by Ana Duarte\./).waitFor();
    await gus.sees("Only for those in press.");
    await gus.page
      .getByText("You are no longer in this workspace, so you can read what is here, but not write.")
      .waitFor();
    await expect(gus.composer).toHaveCount(0);
    await look(gus.page, "removed");
    await gus.page.getByRole("button", { name: "Remove from this device" }).click();
    await gus.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(gus.page.getByText("Only for those in press.")).toHaveCount(0);

    await ana.page.getByRole("row", { name: new RegExp(ANA) }).waitFor();
    await memberMenu(ana, BEN, `Hand over to ${BEN}`);
    await ana.page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    await expect(ana.page.getByRole("row", { name: new RegExp(BEN) })).toContainText("Owner");
    await ana.page.goto(host.origin);
    await ana.page.getByRole("button", { name: "Riverbend" }).click();
    await ana.page.getByRole("menuitem", { name: "Leave workspace" }).click();
    await accessible(ana.page, "leave");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Leave and forget" }).click();
    await expect(ana.page.getByText("Before anybody asked.")).toHaveCount(0);
    await ben.page.getByRole("button", { name: "Riverbend" }).click();
    await ben.page.getByRole("menuitem", { name: "Leave workspace" }).click();
    await ben.page.getByText("You are the only owner").waitFor();
  } finally {
    for (const one of [ana, ben, gus]) await one.close();
    await host.down();
  }
});
