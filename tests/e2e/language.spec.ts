// French: chosen by the browser, changed in the settings and back, with no English left on the screens one uses.
import { expect, type Page, test } from "@playwright/test";
import { Host } from "./kit.ts";

/** Words that stand in English sentences and never in French ones. */
const ENGLISH =
  /\b(the|you|your|this|with|everybody|everyone|message|messages to|channel|channels|device|devices|people|settings|write|read|open|new|kept|deleted|server’s|key)\b/gi;
const BOTH = new Set(["message"]);

/** English left on the screen: what is shown, and what is said to screen readers. */
async function englishOn(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts: string[] = [];
    const skipped = "[role='log'] p, code, pre, bdi, [data-own]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.closest(`script, style, noscript, ${skipped}`) === null)
        texts.push(node.textContent ?? "");
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]"))
      for (const name of ["aria-label", "title", "placeholder"]) texts.push(one.getAttribute(name) ?? "");
    return texts;
  });
  // Names of time zones are names.
  const own = said.filter((text) => !/^[A-Z]\w+\/[\w/ -]+$/.test(text));
  return own.flatMap((text) =>
    (text.match(ENGLISH) ?? []).filter((word) => !BOTH.has(word.toLowerCase())).map((word) => `${word}: ${text}`),
  );
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

test("a French browser is spoken to in French, everywhere, until one chooses English", async ({ browser }) => {
  test.setTimeout(240_000);
  const host = new Host();
  await host.up();
  const context = await browser.newContext({
    locale: "fr-FR",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const clean = async (where: string) => expect(await englishOn(page), where).toEqual([]);
  try {
    await page.goto(host.origin);
    await page.getByRole("button", { name: "Ouvrir l’invitation" }).waitFor();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await clean("landing");
    await page.goto(host.server.setupLink ?? "");
    await page.getByLabel("Espace de travail").fill("Rivière");
    await page.getByLabel("Votre nom").fill("Élodie Caron");
    await clean("setup");
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.getByRole("heading", { name: "Votre code de secours" }).waitFor();
    const items = await page.getByRole("list", { name: "Les 24 mots" }).getByRole("listitem").allInnerTexts();
    const words = items.map((text) => text.replace(/[^a-z]/g, "")).filter((word) => word !== "");
    await page.getByRole("button", { name: "Je les ai notés" }).click();
    await page.getByRole("heading", { name: "Trois mots en retour" }).waitFor();
    await clean("confirm");
    for (const field of await page.getByRole("textbox").all()) {
      const label =
        (await field.getAttribute("aria-label")) ??
        (await page.locator(`label[for="${await field.getAttribute("id")}"]`).textContent()) ??
        "";
      await field.fill(words[Number(/\d+/.exec(label)?.[0] ?? "1") - 1] ?? "");
    }
    await page.getByRole("button", { name: /^Ouvrir / }).click();
    const composer = page.getByRole("textbox", { name: /^Écrire à/ });
    await composer.waitFor();
    await clean("an empty channel");
    await composer.fill("Bonjour à tous");
    await composer.press("Enter");
    await page.getByRole("log").getByText("Bonjour à tous").waitFor();
    const [, ws = "", channel = ""] = /#\/w\/([^/]+)\/c\/([^/]+)/.exec(page.url()) ?? [];
    for (const panel of ["readers", "details"]) {
      await go(page, `#/w/${ws}/c/${channel}/${panel}`);
      await page.getByRole("complementary").last().getByRole("heading").first().waitFor();
      await clean(panel);
    }
    for (const name of [
      "profile",
      "appearance",
      "keyboard",
      "devices",
      "recovery",
      "lock",
      "people",
      "workspace",
      "record",
    ]) {
      await go(page, `#/w/${ws}/settings/${name}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await clean(`settings ${name}`);
    }
    for (const name of ["activity", "later", "unreads", "drafts"]) {
      await go(page, `#/w/${ws}/${name}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await clean(name);
    }
    await go(page, `#/w/${ws}/c/${channel}`);
    await composer.waitFor();
    for (const [chord, name] of [
      ["Control+k", "switcher"],
      ["Control+/", "keys"],
      ["Control+Shift+k", "new message"],
      ["Control+Shift+l", "browse"],
    ] as const) {
      await page.keyboard.press(chord);
      await page.getByRole("dialog").waitFor();
      await clean(name);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await go(page, `#/w/${ws}/settings/appearance`);
    await page.getByRole("combobox", { name: "Langue" }).click();
    await page.getByRole("option", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Appearance" }).waitFor();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Appearance" }).waitFor();
  } finally {
    await context.close();
    await host.end();
  }
});
