// A real Chromium over the real server: a workspace that has been at work, and profiles that come to it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright";
import { startPlace } from "@/bench/place.ts";
import { launchOptions } from "@/tests/browser.ts";
import { Person } from "@/tests/e2e/kit.ts";
import { type Team, type TeamSize, workTogether } from "@/tests/team.ts";
import type { World } from "@/tests/world.ts";

const out = join(fileURLToPath(new URL("../..", import.meta.url)), "out");

export type BrowserPlace = Team & {
  readonly world: World;
  readonly browser: Browser;
  /** somebody in an empty profile, and the link by which he may join */
  newcomer(): Promise<{ person: Person; link: string }>;
  end(): Promise<void>;
};

/** Builds the workspace and starts the browser. Needs a built client: npm run build. */
export async function openBrowserPlace(size: TeamSize): Promise<BrowserPlace> {
  if (!existsSync(join(out, "index.html"))) throw new TypeError("There is no built client. Run: npm run build");
  const { world } = await startPlace(out);
  const team = await workTogether(world, size);
  const browser = await chromium.launch(await launchOptions());
  const [founder] = team.engines;
  if (founder === undefined) throw new TypeError("nobody");
  let came = 0;
  return {
    ...team,
    world,
    browser,
    newcomer: async () => {
      came += 1;
      // A link that stays open: one that closes changes the key, which the crowd does not follow.
      const input = { ws: founder.ws, label: "late", maxUses: 25, hours: 24 };
      const { link } = await founder.engine.createInvite(input);
      const person = await Person.open(browser, { origin: world.origin }, `Newcomer ${came}`);
      // What runs these programs names their functions, also those that run in the page.
      await person.context.addInitScript("globalThis.__name = (named) => named");
      return { person, link };
    },
    end: async () => {
      await browser.close();
      await world.stop();
    },
  };
}

/** Joins and waits until the newest message of #general can be read; ms from pressing the button. */
export async function joinAndRead(person: Person, newest: string): Promise<number> {
  const { page } = person;
  await page.getByLabel("Your name").fill(person.name);
  const from = Date.now();
  await page.getByRole("button", { name: /^Join / }).click();
  await readable(person, newest);
  return Date.now() - from;
}

/** Resolves when a message that begins so stands in the log. */
export async function readable({ page }: Person, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('[role="log"]')?.textContent?.includes(wanted) === true,
    text,
    { timeout: 120_000, polling: "raf" },
  );
}
