// Threads in two browsers: answered beside the channel, followed, unread, listed, sent to the channel too.
import { expect, type Locator, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

const ROOT = "The lab results are in. Station 4 is eleven times over the limit for cadmium.";

const panel = (who: Person): Locator => who.page.getByRole("complementary", { name: "Thread" });
const thread = (who: Person): Locator => who.page.getByRole("log", { name: "Thread in #general" });
const channel = (who: Person): Locator => who.page.getByRole("log", { name: "Messages in #general" });

async function answer(who: Person, text: string): Promise<void> {
  const box = panel(who).getByRole("textbox");
  await box.fill(text);
  await box.press("Enter");
  await thread(who).getByText(text).waitFor();
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
    for (const one of [ana, ben])
      expect([one.watch.violations, one.watch.elsewhere, one.watch.errors]).toEqual([[], [], []]);
  } finally {
    await ana.close();
    await ben.close();
    await host.end();
  }
});
