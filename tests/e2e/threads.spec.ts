// Threads in two browsers: answered beside the channel, followed, unread, listed, sent to the channel too.
import { expect, type Locator, test } from "@playwright/test";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { Crowd } from "@/tests/writers.ts";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

const ROOT = "The lab results are in. Station 4 is eleven times over the limit for cadmium.";
const SECOND = "Who drives to the lab tomorrow?";

const panel = (who: Person): Locator => who.page.getByRole("complementary", { name: "Thread" });
const thread = (who: Person): Locator => who.page.getByRole("log", { name: "Thread in #general" });
const channel = (who: Person): Locator => who.page.getByRole("log", { name: "Messages in #general" });

async function answer(who: Person, text: string): Promise<void> {
  const box = panel(who).getByRole("textbox");
  await box.fill(text);
  await box.press("Enter");
  await thread(who).getByText(text).waitFor();
}

/** The lists behind @ and # in a thread, a poll there, and a link that leads to one of its replies. */
async function inThread(ana: Person, ben: Person): Promise<void> {
  await ana.say(SECOND);
  await ben.sees(SECOND);
  await ben.act(SECOND, "Reply in thread");
  const box = panel(ben).getByRole("textbox");
  await box.pressSequentially("@an");
  await expect(panel(ben).getByRole("option", { name: "Ana Duarte" })).toHaveAttribute("aria-selected", "true");
  await box.press("Escape");
  await expect(panel(ben).getByRole("listbox")).toHaveCount(0);
  await box.pressSequentially("a");
  await panel(ben).getByRole("listbox", { name: "People to mention" }).waitFor();
  await box.press("Enter");
  await expect(box).toHaveValue("@Ana Duarte ");
  await box.pressSequentially("look at #gen");
  await panel(ben).getByRole("listbox", { name: "Channels to link" }).waitFor();
  await box.press("Tab");
  await expect(box).toHaveValue("@Ana Duarte look at #general ");
  await box.press("Enter");
  const reply = (who: Person) => thread(who).getByRole("listitem").filter({ hasText: "look at" });
  await reply(ben).getByRole("link", { name: "#general" }).waitFor();

  // A mention calls whoever it names; the link to the reply opens the thread that it is in.
  await ben.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await reply(ben).press("c");
  await ben.page.getByText("Link copied.").waitFor();
  const link = await ben.page.evaluate(() => navigator.clipboard.readText());
  await ana.page.goto("about:blank");
  await ana.page.goto(link);
  await expect(thread(ana).locator("li:focus")).toContainText("look at #general");

  await panel(ana).getByRole("button", { name: "Poll", exact: true }).click();
  const dialog = ana.page.getByRole("dialog", { name: "Ask a question" });
  await dialog.getByLabel("Question").fill("Which car?");
  await dialog.getByRole("textbox", { name: "Answer 1" }).fill("The red one");
  await dialog.getByRole("textbox", { name: "Answer 2" }).fill("The van");
  await dialog.getByRole("button", { name: "Ask", exact: true }).click();
  const poll = (who: Person) => thread(who).getByRole("group", { name: "Which car?" });
  await poll(ben).getByRole("radio", { name: "The van" }).check();
  await expect(poll(ana)).toContainText("1 person voted");
  await expect(channel(ana).getByRole("group", { name: "Which car?" })).toHaveCount(0);
}

/** In a channel of many a call asks before it goes out; without a yes it stays in the box. */
async function callMany(host: Host, ana: Person, ben: Person): Promise<void> {
  const { page } = ana;
  await page.getByRole("button", { name: "Riverbend" }).click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  await page.getByRole("radio", { name: "Several people" }).check();
  await page.getByRole("combobox", { name: "How many" }).click();
  await page.getByRole("option", { name: "25" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("dialog").getByRole("textbox", { name: "The link" }).inputValue();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const crowd = new Crowd(nodeTransport(host.origin));
  for (let i = 1; i < 20; i += 1) await crowd.join(link, `Guest ${i}`);
  await page.getByRole("button", { name: "21: who can read this" }).waitFor();
  await ana.composer.fill("@channel the boat leaves at nine");
  await ana.composer.press("Enter");
  const question = page.getByRole("dialog", { name: "Call 21 people?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "detached" });
  await expect(ana.composer).toHaveValue("@channel the boat leaves at nine");
  await expect(channel(ana).getByText("the boat leaves at nine")).toHaveCount(0);
  await ana.composer.press("Enter");
  await question.getByRole("button", { name: "Send it" }).click();
  await channel(ben).getByText("the boat leaves at nine").waitFor();
}

test("two people talk in a thread, follow it, and see what is new in it", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const ben = await Person.open(browser, host, "Ben Okafor");
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say(ROOT);
    await ben.join(await ana.invite());
    await ben.sees(ROOT);

    await ben.act(ROOT, "Reply in thread");
    await answer(ben, "Who else has seen the sheet?");
    await expect(channel(ben).getByText("Who else has seen the sheet?")).toHaveCount(0);
    await channel(ana)
      .getByRole("link", { name: /1 reply/ })
      .waitFor();
    const threads = ana.sidebar.getByRole("link", { name: "Threads" });
    await expect(threads).toContainText("unread");

    // The list leads to the thread, which is read once its end is in sight.
    await threads.click();
    await ana.page.getByRole("list", { name: "Threads" }).getByText("Who else has seen the sheet?").waitFor();
    await look(ana.page, "threads");
    await ana.page.getByRole("list", { name: "Threads" }).getByRole("link").first().click();
    await thread(ana).getByText("Who else has seen the sheet?").waitFor();
    await expect(threads).not.toContainText("unread");

    await answer(ana, "The lab, me, and now this channel.");
    await panel(ana).getByRole("checkbox", { name: "Also send to #general" }).check();
    await answer(ana, "We print that sentence as they said it.");
    await channel(ben).getByText("We print that sentence as they said it.").waitFor();
    await channel(ben).getByRole("link", { name: "answered in a thread" }).waitFor();
    await expect(panel(ana).getByRole("checkbox", { name: "Also send to #general" })).not.toBeChecked();
    await thread(ben).getByText("The lab, me, and now this channel.").waitFor();

    // Reactions, drafts and unfollowing belong to the thread as well.
    await thread(ben).getByRole("listitem").filter({ hasText: "The lab, me" }).focus();
    await ben.page.keyboard.press("r");
    await ben.page.getByRole("button", { name: "eyes" }).click();
    await thread(ana).getByRole("button", { name: "eyes, 1" }).waitFor();
    await panel(ana).getByRole("textbox").fill("half a thought");
    await panel(ana).getByRole("button", { name: "Close" }).click();
    await expect(channel(ana).getByRole("link", { name: /3 replies/ })).toBeVisible();
    await channel(ana).getByRole("listitem").filter({ hasText: ROOT }).focus();
    await ana.page.keyboard.press("t");
    await expect(panel(ana).getByRole("textbox")).toHaveValue("half a thought");
    await look(ana.page, "thread");
    await panel(ana).getByRole("button", { name: "Stop following this thread" }).click();
    await panel(ana).getByRole("button", { name: "Follow this thread" }).waitFor();
    await panel(ana).getByRole("button", { name: "Close" }).click();
    await answer(ben, "Nobody hears this at once.");
    await channel(ana)
      .getByRole("link", { name: /4 replies/ })
      .waitFor();
    await expect(threads).not.toContainText("unread");

    // The root goes, the thread stays.
    await ana.act(ROOT, "Delete message");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Delete message" }).click();
    await channel(ana).getByText("This message was deleted.").waitFor();
    await channel(ana)
      .getByRole("link", { name: /4 replies/ })
      .click();
    await thread(ana).getByText("Nobody hears this at once.").waitFor();

    // Ctrl Shift \ offers emoji for the newest message.
    await ana.page.keyboard.press("Control+Shift+Backslash");
    await ana.page.getByRole("button", { name: "rocket" }).click();
    await channel(ben).getByRole("button", { name: "rocket, 1" }).waitFor();
    await inThread(ana, ben);
    await callMany(host, ana, ben);
    for (const one of [ana, ben])
      expect([one.watch.violations, one.watch.elsewhere, one.watch.errors]).toEqual([[], [], []]);
  } finally {
    await ana.close();
    await ben.close();
    await host.end();
  }
});
