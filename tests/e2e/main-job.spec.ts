// The main job in three browser profiles: found, invite, join, talk, share files, restart the server; all of it is there.
import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

const ANA = "Ana Duarte";
const BEN = "Ben Okafor";
const CLEO = "Cleo Moreau";

/** A real picture, drawn in the page, so that the decoder has something to decode. */
async function drawPicture(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 400;
    const context = canvas.getContext("2d");
    if (context === null) return "";
    const sky = context.createLinearGradient(0, 0, 0, 400);
    sky.addColorStop(0, "#dfe9e4");
    sky.addColorStop(1, "#0b5f58");
    context.fillStyle = sky;
    context.fillRect(0, 0, 640, 400);
    context.fillStyle = "#f0b440";
    context.beginPath();
    context.arc(480, 130, 60, 0, 7);
    context.fill();
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(data, "base64");
}

test("three people found, join, talk, share files and outlive a restart", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const [ana, ben, cleo] = [
    await Person.open(browser, host, ANA, { serviceWorkers: "allow" }),
    await Person.open(browser, host, BEN, { serviceWorkers: "allow" }),
    await Person.open(browser, host, CLEO, { serviceWorkers: "allow" }),
  ];
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say("The lab results are in. Station 4 is eleven times over the limit.");
    await ben.join(await ana.invite());
    await ben.sees("The lab results are in.");
    await cleo.join(await ana.invite());
    await cleo.sees("The lab results are in.");
    await ben.say("Two proofs for Sunday: map first, or **photo** first?");
    await cleo.sees("Two proofs for Sunday: map first, or photo first?");

    await ana.create("river-story", { topic: "Publishing Sunday" });
    await ana.say("Everything about the story goes here.");
    await ben.go("river-story");
    await ben.sees("Everything about the story goes here.");

    await ana.create("legal", { people: [BEN] });
    await ana.say("Ben, can you read this?");
    await ben.go("legal");
    await ben.sees("Ben, can you read this?");
    await expect(cleo.page.getByRole("link", { name: "legal" })).toHaveCount(0);

    await ben.write([CLEO]);
    await ben.say("Just between us.");
    await cleo.go(BEN);
    await cleo.sees("Just between us.");
    await cleo.write([ANA, BEN]);
    await cleo.say("All three of us.");
    await ana.go(/Ben.*Cleo|Cleo.*Ben/);
    await ana.sees("All three of us.");

    await ana.go("river-story");
    const picture = await drawPicture(ana.page);
    const notes = Buffer.from("cadmium,11.2\n".repeat(5000));
    await ana.page.locator('input[type="file"]').setInputFiles([
      { name: "station-4.png", mimeType: "image/png", buffer: picture },
      { name: "samples.csv", mimeType: "text/csv", buffer: notes },
    ]);
    await ana.composer.fill("Pictures and figures");
    await ana.page.getByRole("button", { name: "Send", exact: true }).click();
    await ben.go("river-story");
    await ben.sees("Pictures and figures");
    await ben.log
      .getByRole("button", { name: /station-4/ })
      .first()
      .waitFor();
    const saved = ben.page.waitForEvent("download");
    await ben.log.getByRole("button", { name: /Download samples\.csv/ }).click();
    expect(readFileSync(await (await saved).path()).equals(notes)).toBe(true);

    await ana.say("teh wrong word");
    await ana.act("teh wrong word", "Edit message");
    await ana.page.getByRole("textbox", { name: "Edit your message" }).fill("the right word");
    await ana.page.keyboard.press("Enter");
    await ben.sees("the right word");
    await ana.say("better not");
    await ben.sees("better not");
    await ana.act("better not", "Delete message");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Delete message" }).click();
    await expect(ben.log.getByText("better not")).toHaveCount(0);

    await host.down();
    await ana.composer.fill("written while the server was away");
    await ana.composer.press("Enter");
    await ana.sees("written while the server was away");
    await host.up();
    await ben.sees("written while the server was away");
    for (const one of [ana, ben, cleo]) await one.page.reload();
    await ben.sees("the right word");
    await ben.go("legal");
    await ben.sees("Ben, can you read this?");
    await cleo.go("general");
    await cleo.sees("The lab results are in.");

    await ana.go("general");
    await ana.say("A badge for Ben");
    await expect(ben.page.getByRole("link", { name: /general/ })).toHaveAccessibleName(/unread|1/);
    await ben.page.reload();
    await expect(ben.page.getByRole("link", { name: /general/ })).toHaveAccessibleName(/unread|1/);
    const tab = await ben.context.newPage();
    await tab.goto(ben.page.url());
    await ben.go("general");
    await ben.sees("A badge for Ben");
    await tab.getByRole("log").waitFor();
    await expect(tab.getByRole("link", { name: /general/ })).not.toHaveAccessibleName(/unread/);
    await tab.close();

    await ana.go("river-story");
    await ana.sees("the right word");
    await look(ana.page, "job-channel");
    await ana.page
      .getByRole("radio", { name: "the server" })
      .or(ana.page.getByRole("button", { name: "the server" }))
      .first()
      .click();
    await ana.page.getByRole("log", { name: "Stored rows of this channel" }).waitFor();
    await look(ana.page, "job-server");
    await ana.page
      .getByRole("radio", { name: "you", exact: true })
      .or(ana.page.getByRole("button", { name: "you", exact: true }))
      .first()
      .click();
    await ana.act("the right word", "What the server sees");
    await ana.page.getByRole("dialog").getByText("as stored").waitFor();
    await look(ana.page, "job-xray");
    await ana.page.keyboard.press("Escape");

    for (const one of [ana, ben, cleo]) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
      expect(one.watch.errors).toEqual([]);
    }
  } finally {
    for (const one of [ana, ben, cleo]) await one.close();
    await host.end();
  }
});
