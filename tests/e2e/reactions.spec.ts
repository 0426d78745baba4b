// Reactions in two browsers: by toolbar, chip and key; counted, named, and taken back.
import { expect, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

test("two people react, see who did, and take it back", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const ben = await Person.open(browser, host, "Ben Okafor");
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ana.say("The lab results are in.");
    await ben.join(await ana.invite());
    await ben.sees("The lab results are in.");

    await ben.act("The lab results are in.", "React");
    await ben.page.getByRole("dialog", { name: "Add a reaction" }).waitFor();
    await look(ben.page, "reaction-picker");
    await ben.page.getByRole("button", { name: "Other emoji" }).click();
    await ben.page.getByRole("searchbox").waitFor();
    await ben.page.keyboard.press("Escape");
    await ben.act("The lab results are in.", "React");
    await ben.page.getByRole("button", { name: "eyes" }).click();
    const eyes = (who: Person, count: number) => who.log.getByRole("button", { name: `eyes, ${count}` });
    await expect(eyes(ben, 1)).toHaveAttribute("aria-pressed", "true");
    await expect(eyes(ana, 1)).toHaveAttribute("aria-pressed", "false");
    await eyes(ana, 1).click();
    await expect(eyes(ana, 2)).toHaveAttribute("aria-pressed", "true");
    await eyes(ben, 2).waitFor();

    // By keys alone: R on the row offers emoji, the arrows choose, Enter says it, and the row has the focus again.
    const row = ana.log.getByRole("listitem").filter({ hasText: "The lab results are in." });
    await row.focus();
    await ana.page.keyboard.press("r");
    await ana.page.getByRole("button", { name: "thumbs up" }).waitFor();
    await ana.page.keyboard.press("ArrowRight");
    await ana.page.keyboard.press("Enter");
    await ben.log.getByRole("button", { name: "heart, 1" }).waitFor();
    await expect(row).toBeFocused();
    await look(ana.page, "reactions");

    await ana.act("The lab results are in.", "Who reacted");
    const dialog = ana.page.getByRole("dialog", { name: "Reactions" });
    await expect(dialog.getByRole("listitem").filter({ hasText: "eyes, 2" })).toContainText("Ben Okafor");
    await look(ana.page, "reactors");
    await ana.page.keyboard.press("Escape");

    await eyes(ben, 2).click();
    await eyes(ana, 1).waitFor();
    await ana.page.reload();
    await eyes(ana, 1).waitFor();
    for (const one of [ana, ben])
      expect([one.watch.violations, one.watch.elsewhere, one.watch.errors]).toEqual([[], [], []]);
  } finally {
    await ana.close();
    await ben.close();
    await host.end();
  }
});
