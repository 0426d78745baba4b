// Voice messages: recorded from Chromium's fake microphone, looked at, sent, and heard by somebody else; and refused plainly.
import { chromium, expect, type Locator, test } from "@playwright/test";
import { launchOptions } from "@/tests/browser.ts";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

const ANA = "Ana Duarte";
const BEN = "Ben Okafor";

test("a voice message is recorded on press, heard before it goes, and played, sought and sped up by its reader", async ({
  browser,
}) => {
  const host = new Host();
  await host.up();
  const { args, ...options } = await launchOptions();
  const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
  const studio = await chromium.launch({ ...options, headless: true, args: [...args, ...fake] });
  const ana = await Person.open(studio, host, ANA, { serviceWorkers: "allow" });
  const ben = await Person.open(browser, host, BEN, { serviceWorkers: "allow" });
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ben.join(await ana.invite());
    const draft = ana.page.getByRole("region", { name: "Voice message" });
    await ana.page.getByRole("button", { name: "Voice message" }).click();
    await draft
      .getByRole("timer")
      .filter({ hasText: /^0:0[2-9]$/ })
      .waitFor();
    await look(ana.page, "voice-recording");
    await draft.getByRole("button", { name: "Stop" }).click();
    const preview = draft.getByRole("group", { name: "What you recorded" });
    await preview.getByRole("button", { name: "Play" }).click();
    await preview.getByRole("button", { name: "Pause" }).waitFor();
    await preview.getByRole("button", { name: "Pause" }).click();
    await look(ana.page, "voice-preview");
    await draft.getByRole("button", { name: "Send voice message" }).click();
    await expect(draft).toHaveCount(0);

    const heard = ben.log.getByRole("group", { name: "Voice message" });
    await heard.waitFor();
    expect(await heard.locator("svg rect").count()).toBeGreaterThan(10);
    const place = heard.getByRole("slider", { name: "Position" });
    const whole = Number(await place.getAttribute("max"));
    expect(whole).toBeGreaterThan(1500);
    // By keys alone: play, wait until some of it was heard, pause, go to the end of the track, faster.
    await heard.getByRole("button", { name: "Play" }).focus();
    await ben.page.keyboard.press("Enter");
    await expect.poll(async () => Number(await place.inputValue())).toBeGreaterThan(200);
    await heard.getByRole("button", { name: "Pause" }).press("Enter");
    await place.press("Home");
    await expect.poll(async () => Number(await place.inputValue())).toBeLessThan(200);
    await place.press("PageUp");
    await expect(place).toHaveAttribute("aria-valuetext", /^0:0\d of 0:\d\d$/);
    await heard.getByRole("button", { name: "Speed: 1 times" }).press("Enter");
    await expect(heard.getByRole("button", { name: "Speed: 1.5 times" })).toBeVisible();
    await look(ben.page, "voice");

    // Ben's browser has no leave to record: it is asked on press, and the no is said.
    await ben.page.getByRole("button", { name: "Voice message" }).click();
    const refused = ben.page.getByRole("region", { name: "Voice message" });
    await expect(refused.getByRole("alert")).toContainText(/not allowed here|No microphone was found/);
    await refused.getByRole("button", { name: "Close" }).click();
    await expect(refused).toHaveCount(0);

    // In a thread one is recorded and heard just the same, and only there.
    const thread = (who: Person) => who.page.getByRole("complementary", { name: "Thread" });
    const voices = (where: Locator) => where.getByRole("group", { name: "Voice message" });
    await ana.log
      .getByRole("listitem")
      .filter({ has: ana.page.getByRole("group", { name: "Voice message" }) })
      .press("t");
    await thread(ana).getByRole("button", { name: "Voice message" }).click();
    await thread(ana)
      .getByRole("timer")
      .filter({ hasText: /^0:0[1-9]$/ })
      .waitFor();
    await thread(ana).getByRole("button", { name: "Stop" }).click();
    await thread(ana).getByRole("button", { name: "Send voice message" }).click();
    await ben.log.getByRole("link", { name: /1 reply/ }).click();
    await expect(voices(thread(ben))).toHaveCount(2);
    const answer = voices(thread(ben)).last();
    expect(Number(await answer.getByRole("slider", { name: "Position" }).getAttribute("max"))).toBeGreaterThan(500);
    await expect(voices(ben.page.getByRole("log", { name: "Messages in #general" }))).toHaveCount(1);
    for (const one of [ana, ben]) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.errors).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
    }
  } finally {
    await ana.close();
    await ben.close();
    await studio.close();
    await host.end();
  }
});
