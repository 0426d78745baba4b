// Getting back in by a recovery circle, in a real browser: chosen, everything lost, two of three helpers, the exact readable set.
import { expect, test } from "@playwright/test";
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { accepted, asked, HOUR, Shifted } from "@/tests/circle-kit.ts";
import { type Actor, World } from "@/tests/world.ts";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

/** Fills the 24 fields of a recovery code. */
async function typeWords({ page }: Person, words: readonly string[]): Promise<void> {
  for (const [i, word] of words.entries()) await page.getByLabel(`Word ${i + 1}`, { exact: true }).fill(word);
}

/** Whoever is called so, as this engine knows people. */
function userCalled({ account }: Actor, name: string): UserId {
  const found = [...account.state.users.keys()].find((user) => account.registers.profile(user)?.name === name);
  if (found === undefined) throw new TypeError(`nobody called ${name}`);
  return found;
}

const settings = (origin: string, ws: string) => `${origin}/#/w/${ws}/settings/recovery`;

test("D6 two of three helpers get a person back in on an empty profile, old and new messages and a file", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const time = new Shifted();
  const host = new Host(time);
  await host.up();
  const world = new World(host.server, host.dataDir, {});
  const helpers: Actor[] = [];
  try {
    const ana = await Person.open(browser, host, "Ana");
    let words: string[] = [];
    await ana.page.goto(host.server.setupLink ?? "");
    await ana.page.getByLabel("Workspace").fill("Riverbend");
    await ana.page.getByLabel("Your name").fill("Ana");
    await ana.page.getByRole("button", { name: "Continue" }).click();
    await ana.page.getByRole("heading", { name: "Your recovery code" }).waitFor();
    const list = ana.page.getByRole("list", { name: "The 24 words" }).getByRole("listitem");
    words = (await list.allInnerTexts()).map((text) => text.replace(/[^a-z]/g, ""));
    await ana.confirmCode();
    await ana.composer.waitFor();
    // Ben helps in a browser; Cleo and Dan are engines whose clocks are moved with the server's.
    const ben = await Person.open(browser, host, "Ben");
    await ben.join(await ana.invite());
    for (const name of ["Cleo", "Dan"]) helpers.push(await world.joins(await ana.invite(), name, { clock: time }));
    const [cleo, dan] = helpers;
    if (cleo === undefined || dan === undefined) throw new TypeError("two helpers");
    const ws: WorkspaceId = cleo.ws;
    await ana.say("before the loss");
    await ana.attach("plan.txt", "the old plan", "with a file");

    // Choosing says what it means.
    await ana.page.goto(settings(host.origin, ws));
    await ana.page.getByRole("button", { name: "Choose helpers" }).click();
    for (const name of ["Ben", "Cleo", "Dan"]) await ana.page.getByRole("checkbox", { name }).check();
    await expect(ana.page.getByText(/^2 of them together can take your account/)).toBeVisible();
    await typeWords(ana, words);
    await look(ana.page, "circle-choose");
    await ana.page.getByRole("button", { name: "Set the circle" }).click();
    await expect(ana.page.getByText("Any 2 of these 3 can get you back in")).toBeVisible();
    // Somebody pretends to be Ana: her device says so loudly, and stops it.
    const thief = await world.actor("Thief", { clock: time });
    helpers.push(thief);
    await asked(thief, dan, userCalled(dan, "Ana"));
    await expect(ana.page.getByText(/^Somebody says to be you.* Dan heard from them/)).toBeVisible();
    await look(ana.page, "circle-veto");
    await ana.page.getByRole("button", { name: "It isn’t me: stop it" }).click();
    await expect(ana.page.getByText(/^Somebody says to be you/)).toHaveCount(0);
    await dan.until(`circle:${ws}`, ({ helping }) => helping.every(({ state }) => state === "ended"));
    await ana.close();

    const again = await Person.open(browser, host, "Ana");
    const { page } = again;
    await page.goto(host.origin);
    await page.getByRole("link", { name: /Use your recovery code/ }).click();
    await page.getByRole("button", { name: /Ask your recovery circle/ }).click();
    const shown = async (button: string): Promise<string> => {
      await page.getByRole("button", { name: button }).click();
      const code = page.getByRole("region", { name: "Read this to one helper" }).locator("[data-code]");
      return ((await code.textContent()) ?? "").replace(/\s+/g, " ");
    };
    const read = await shown("Show a code");
    await look(page, "circle-code");
    // Ben hears it, says whom he hears, and waits; his own clock lets nothing out today.
    await ben.page.goto(settings(host.origin, ws));
    await ben.page.getByRole("button", { name: "Help somebody back in" }).click();
    await ben.page.getByLabel("The code").fill(read);
    await ben.page.getByRole("button", { name: "Next" }).click();
    await ben.page.getByRole("heading", { name: "Who is it that you hear?" }).waitFor();
    await look(ben.page, "circle-who");
    await ben.page.getByRole("button", { name: "It is Ana" }).click();
    await expect(ben.page.getByText(/^You can give your part from/)).toBeVisible();
    await expect(ben.page.getByRole("button", { name: "Give my part to Ana" })).toHaveCount(0);
    await look(ben.page, "circle-helping");
    await expect(page.getByText(/^Ben helps\. The part can come from/)).toBeVisible({ timeout: 30_000 });
    const given: (() => Promise<void>)[] = [];
    for (const helper of [cleo, dan]) {
      const code = await shown("Show a code for another helper");
      const ask = await accepted(helper, code, userCalled(helper, "Ana"));
      given.push(() => helper.engine.givePart({ ws, ask }));
      await page.getByText(`${helper.name} helps.`).waitFor({ timeout: 30_000 });
    }
    // The page may be closed for the day.
    await page.close();
    time.shift += 24 * HOUR + 60_000;
    for (const give of given) await give();
    const next = await again.context.newPage();
    const back = new Person("Ana", again.context, next, again.watch);
    await next.goto(host.origin);
    await next.getByRole("link", { name: /Use your recovery code/ }).click();
    await expect(next.getByText("2 of 2 parts are here.")).toBeVisible({ timeout: 30_000 });
    await look(next, "circle-parts");
    await next.getByRole("button", { name: "See what the parts open" }).click();
    await next.getByRole("heading", { name: "The code opens your account" }).waitFor();
    await next.getByRole("radio", { name: /Sign them all out/ }).check();
    await next.getByRole("button", { name: "Get back in" }).click();
    // The code, which is on no paper, is shown once more.
    await back.confirmCode();
    await back.composer.waitFor();
    await back.reads(["before the loss", "with a file"]);
    expect(await back.contentsOf("plan.txt")).toBe("the old plan");
    await back.say("after the loss");
    await back.reads(["before the loss", "with a file", "after the loss"]);
    await ben.page.goto(`${host.origin}/#/w/${ws}`);
    await ben.reads(["before the loss", "with a file", "after the loss"]);
    expect(back.watch.violations).toEqual([]);
    expect(back.watch.elsewhere).toEqual([]);
  } finally {
    for (const helper of helpers) await helper.stop();
    await host.end();
  }
});
