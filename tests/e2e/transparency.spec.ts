// The record, readers of a message, the X-ray of quiet rows, a person's key history: by keyboard, both themes, wide and narrow.
import { expect, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

test("what happened, who can read a message, and what the server keeps can be read by anybody", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte");
  const ben = await Person.open(browser, host, "Jonas Weber");
  try {
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    await ben.join(await ana.invite());
    await ana.say("The lab results are in.");
    const { page } = ana;
    await ana.act("The lab results are in.", "Who can read this");
    await page.getByRole("heading", { name: "Who can read this message" }).waitFor();
    await page.getByText("Two people.").waitFor();
    await look(page, "readers-message");
    await page.getByRole("link", { name: "See the record" }).click();
    await page.getByRole("heading", { level: 1, name: "Record of changes" }).waitFor();
    const entries = page.getByRole("list", { name: "Entries, newest first" });
    await entries.getByText("Ana Duarte founded the workspace").waitFor();
    await entries.getByText("Jonas Weber joined, by an invite link of Ana Duarte.").waitFor();
    await look(page, "record");
    await page.getByRole("button", { name: "Keys", exact: true }).click();
    await entries.getByText("Ana Duarte founded the workspace").waitFor({ state: "detached" });
    await entries.getByText(/made the first key of/).waitFor();
    const first = entries.getByRole("button", { name: /made the first key of/ });
    await first.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Signed bytes").waitFor();
    await look(page, "entry");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as a file" }).click();
    expect((await saved).suggestedFilename()).toMatch(/^record-\d+\.json$/);
    await page.getByRole("link", { name: /^Back to/ }).click();
    await ana.go("general");
    await page.getByText("the server", { exact: true }).click();
    await ana.sidebar.getByText("not conversations").waitFor();
    const keys = page.getByRole("button", { name: "Its keys and entries" });
    await keys.focus();
    await page.keyboard.press("Enter");
    const beside = page.getByRole("dialog", { name: "What lies beside the rows" });
    for (const [heading, column] of [
      ["Entries of the record", "chain"],
      ["Keys, each sealed for one person or one invite", "recipient"],
    ] as const) {
      await beside.getByRole("heading", { name: heading }).waitFor();
      await beside.getByText(column, { exact: true }).first().waitFor();
    }
    await look(page, "server-keys");
    await page.keyboard.press("Escape");
    await beside.waitFor({ state: "detached" });
    const quiet = ana.sidebar.getByRole("list").nth(2).getByRole("link");
    expect(await quiet.count()).toBe(2);
    await quiet.last().click();
    await page.getByRole("button", { name: "open here" }).first().click();
    await page.getByRole("dialog").getByText("as stored").waitFor();
    await look(page, "xray-self");
    await page.keyboard.press("Escape");
    expect(ana.watch.violations).toEqual([]);
    expect(ana.watch.errors).toEqual([]);
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});
