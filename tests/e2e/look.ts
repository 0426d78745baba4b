// A screen looked at: axe finds nothing on it, it does not scroll sideways, and its pictures lie in test-results/shots.
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 740 };

declare const window: { readonly axe: typeof axe };

/** What axe finds on the page as it stands, as "rule: element"; it is injected once a document, for it is half a megabyte. */
async function flaws(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await window.axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  });
}

/** Fails where axe finds anything; `where` names the screen. */
export async function accessible(page: Page, where: string): Promise<void> {
  expect(await flaws(page), where).toEqual([]);
}

/**
 * Takes the four pictures of a screen (wide and narrow, by day and by night) and judges it on the way; what it finds
 * fails the test at its end, so that one run names everything. `open` brings the screen back after the size changed.
 * Leaves the page wide and by day.
 */
export async function look(page: Page, name: string, open: () => Promise<void> = async () => undefined): Promise<void> {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    await page.setViewportSize(viewport);
    await open();
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.screenshot({ path: `test-results/shots/${name}-${size}-${theme}.png` });
      // Colours are judged in both themes, and the narrow layout once.
      if (size === "wide" || theme === "dark") expect.soft(await flaws(page), `${name} ${size} ${theme}`).toEqual([]);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(over, `${name} ${size}: pixels sideways`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(WIDE);
}
