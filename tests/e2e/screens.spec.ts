// Every screen and dialog, wide and narrow, by day and by night: axe finds nothing, the policy reports nothing, nothing scrolls sideways.
import { expect, type Page, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

async function enterScreens(ana: Person, host: Host): Promise<void> {
  const { page } = ana;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(host.origin);
  await page.getByRole("button", { name: "Open the invite" }).waitFor();
  await look(page, "landing");
  await page.goto(`${host.origin}/join#v1.broken`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look(page, "refused");
  await page.goto(host.server.setupLink ?? "");
  await page.getByLabel("Workspace").waitFor();
  await look(page, "setup");
  await page.getByLabel("Workspace").fill("Riverbend");
  await page.getByLabel("Your name").fill(ana.name);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Your recovery code" }).waitFor();
  await look(page, "code");
  await ana.confirmCode(() => look(page, "confirm"));
  await ana.composer.waitFor();
  await look(page, "empty-channel");
}

async function dialogs(ana: Person): Promise<void> {
  const { page } = ana;
  const close = async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  const menu = async (button: string, item: string) => {
    await page.getByRole("button", { name: button }).first().click();
    await page.getByRole("menuitem", { name: item }).click();
    await page.getByRole("dialog").waitFor();
  };
  await menu("Add a channel", "Create a channel");
  await page.getByRole("radio", { name: "Only the people you add" }).check();
  await look(page, "create-channel");
  await close();
  await menu("Add a channel", "Browse channels");
  await look(page, "browse");
  await close();
  await page.getByRole("button", { name: "New direct message" }).click();
  await look(page, "start-dm");
  await close();
  await menu("Riverbend", "Invite people");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("textbox", { name: "The link" }).waitFor();
  await look(page, "invite");
  await close();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await look(page, "switcher");
  await close();
  await page.keyboard.press("Control+/");
  await page.getByRole("dialog").waitFor();
  await look(page, "shortcuts");
  await close();
  await menu("Riverbend", "Sign out");
  await look(page, "sign-out");
  await close();
}

async function places(ana: Person): Promise<void> {
  const { page } = ana;
  const [, ws = "", channel = ""] = /#\/w\/([^/]+)\/c\/([^/]+)/.exec(page.url()) ?? [];
  for (const panel of ["readers", "details"]) {
    await go(page, `#/w/${ws}/c/${channel}/${panel}`);
    await page
      .getByRole("heading", { name: panel === "readers" ? "Who can read this" : "About this channel" })
      .first()
      .waitFor();
    await look(page, panel);
  }
  for (const name of ["profile", "appearance", "keyboard", "recovery", "people", "workspace"]) {
    await go(page, `#/w/${ws}/settings/${name}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, `settings-${name}`);
  }
  await go(page, `#/w/${ws}/search`);
  await page.getByRole("searchbox").fill("cadmium in:general ");
  await page.getByText("1 message", { exact: true }).waitFor();
  await look(page, "search");
  await go(page, `#/w/${ws}`);
  await look(page, "home");
  await go(page, `#/w/${ws}/c/${channel}`);
  await ana.log.waitFor();
  await look(page, "channel");
  await page.getByText("the server", { exact: true }).click();
  await page.getByRole("log", { name: "Stored rows of this channel" }).waitFor();
  await look(page, "server");
  await page.getByText("you", { exact: true }).click();
  await ana.act("one pipe", "What the server sees");
  await page.getByRole("dialog").getByText("as stored").waitFor();
  await look(page, "xray");
  await page.keyboard.press("Escape");
}

test("every screen: axe 0, no policy violation, no request to elsewhere, nothing sideways", async ({ browser }) => {
  test.setTimeout(400_000);
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana Duarte", { serviceWorkers: "allow" });
  const ben = await Person.open(browser, host, "Jonas Weber", { serviceWorkers: "allow" });
  try {
    await enterScreens(ana, host);
    const link = await ana.invite();
    await ben.page.goto(link);
    await ben.page.getByLabel("Your name").waitFor();
    await look(ben.page, "join");
    await ben.join(link);
    await look(ben.page, "joined");
    await ana.say(
      "The lab results are in. Station 4 is eleven times over the limit for cadmium; the other five are clean. So that is the story: it’s one pipe, not the river.",
    );
    await ana.composer.fill("```js\nsamples.filter(s => s.station === 4)\n// three draws, same morning\n```");
    await ana.composer.press("Enter");
    await ana.sees("three draws, same morning");
    await ben.say("Two proofs for Sunday: map first, or photo first? I lean map.");
    await ana.sees("I lean map.");
    await dialogs(ana);
    await places(ana);
    await ben.context.setOffline(true);
    await ben.page.getByText(/You’re offline/).waitFor();
    await look(ben.page, "offline");
    for (const one of [ana, ben]) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
      expect(one.watch.errors).toEqual([]);
    }
  } finally {
    for (const one of [ana, ben]) await one.close();
    await host.end();
  }
});
