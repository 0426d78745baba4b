// Getting back in, in real browsers: on an empty profile, and after a device was lost, with the exact readable set.
import { expect, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

/** The 24 words off the screen, and the code confirmed. */
async function foundWithWords(person: Person, link: string): Promise<string[]> {
  const { page } = person;
  let words: string[] = [];
  await page.goto(link);
  await page.getByLabel("Workspace").fill("Riverbend");
  await page.getByLabel("Your name").fill(person.name);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Your recovery code" }).waitFor();
  words = (await page.getByRole("list", { name: "The 24 words" }).getByRole("listitem").allInnerTexts()).map((text) =>
    text.replace(/[^a-z]/g, ""),
  );
  await person.confirmCode();
  await person.composer.waitFor();
  return words;
}

test("D2 the code gets a person back in on an empty profile, and signs a lost device out", async ({ browser }) => {
  test.setTimeout(120_000);
  const host = new Host();
  await host.up();
  try {
    const ana = await Person.open(browser, host, "Ana");
    const words = await foundWithWords(ana, host.server.setupLink ?? "");
    expect(words).toHaveLength(24);
    await ana.say("before the loss");
    await ana.attach("plan.txt", "the old plan", "with a file");

    const again = await Person.open(browser, host, "Ana");
    const { page } = again;
    await page.goto(host.origin);
    await page.getByRole("link", { name: /Use your recovery code/ }).click();
    const first = page.getByLabel("Word 1", { exact: true });
    await first.fill("anchr");
    await first.blur();
    await expect(page.getByText("Word 1 isn’t in the list of words. Check its spelling.")).toBeVisible();
    for (const [i, word] of words.entries()) await page.getByLabel(`Word ${i + 1}`, { exact: true }).fill(word);
    await page.getByRole("button", { name: "See what it opens" }).click();
    await page.getByRole("heading", { name: "The code opens your account" }).waitFor();
    await expect(page.getByText(/founded the workspace/)).toBeVisible();
    await page.getByRole("radio", { name: /Sign them all out/ }).check();
    await look(page, "recovered");
    await page.getByRole("button", { name: "Get back in" }).click();
    await again.composer.waitFor();
    await again.reads(["before the loss", "with a file"]);
    expect(await again.contentsOf("plan.txt")).toBe("the old plan");
    await again.say("after the loss");
    await again.reads(["before the loss", "with a file", "after the loss"]);
    // The lost device gets nothing of what follows.
    await ana.page.reload();
    await ana.reads(["before the loss", "with a file"]);
    expect(again.watch.violations).toEqual([]);
  } finally {
    await host.end();
  }
});
