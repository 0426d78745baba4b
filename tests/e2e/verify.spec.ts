// Verifying a person in the browser: by number with the keyboard alone, by camera, with a swapped key, and after a key changed.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { encodeQR } from "qr";
import { formatVerifyCode, parseVerifyCode } from "@/lib/protocol/verify/code.ts";
import { renewRoot } from "@/tests/renewal.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";
import { browserWithCamera, film } from "./camera.ts";
import { Person } from "./kit.ts";
import { look } from "./look.ts";

const OUT = fileURLToPath(new URL("../../out", import.meta.url));
/** Mara owns the workspace; she and Ben are engines without a screen, Ana sits at a browser with a camera. */
async function cast(): Promise<{
  world: World;
  mara: Actor;
  ben: Actor;
  ana: Person;
  path: string;
  end(): Promise<void>;
}> {
  const world = await startWorld({ staticDir: OUT });
  const mara = await world.founder("Mara");
  const ben = await world.invited(mara, "Ben");
  const path = join(world.dataDir, "code.y4m");
  const filming = await browserWithCamera(path);
  const ana = await Person.open(filming, world, "Ana");
  await ana.context.grantPermissions(["camera"], { origin: world.origin });
  const { link } = await mara.engine.createInvite({ ws: mara.ws, label: "Ana", maxUses: 1, hours: 1 });
  await ana.join(link);
  const end = async () => {
    await filming.close();
    await world.stop();
  };
  return { world, mara, ben, ana, path, end };
}

async function idOf(asker: Actor, name: string) {
  const view = await asker.until(
    `workspace:${asker.ws}`,
    ({ people }) => people.some((one) => one.name === name),
    name,
  );
  const found = view.people.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(name);
  return found.id;
}

/** Opens Verify from the page of people, with keys alone. */
async function openVerify(ana: Person, name: string): Promise<void> {
  const { page } = ana;
  await page.evaluate(
    (ws) => {
      location.hash = `#/w/${ws}/settings/people`;
    },
    await page.evaluate(() => /#\/w\/([^/]+)/.exec(location.hash)?.[1] ?? ""),
  );
  const more = page.getByRole("button", { name: `More about ${name}` });
  await more.waitFor();
  await more.focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: "Verify" });
  await item.waitFor();
  for (let i = 0; i < 6; i += 1) {
    if (await item.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: `Verify ${name}` }).waitFor();
}

/** Films a text as a code. */
async function show(ana: Person, text: string, path: string): Promise<void> {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const runs = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1H${x}z`] : [])));
  const page = await ana.context.newPage();
  await page.setContent(`<svg viewBox="0 0 ${rows.length} ${rows.length}"><path d="${runs.join("")}"/></svg>`);
  await film(page.locator("svg"), path);
  await page.close();
}

test("by number with the keyboard alone: wrong groups are said, right ones verify, a difference is told", async () => {
  const { ben, ana, end } = await cast();
  const { page } = ana;
  const { groups } = await ben.engine.safetyNumber({ ws: ben.ws, user: await idOf(ben, "Ana") });
  await openVerify(ana, "Ben");
  await page.getByText("This proves that the server has not swapped keys between you and Ben.").waitFor();
  await expect(page.getByRole("img", { name: "Your code, for Ben’s camera" })).toBeVisible();
  const list = page.getByRole("list", { name: "The number that you and Ben share" });
  await expect(list.getByRole("listitem")).toHaveCount(12);
  await look(page, "verify");
  const fields = await list.getByRole("textbox").all();
  expect(fields).toHaveLength(2);
  const places = await Promise.all(
    fields.map(async (one) => Number(/\d+/.exec((await one.getAttribute("aria-label")) ?? ""))),
  );
  for (const [i, item] of (await list.getByRole("listitem").all()).entries())
    if (!places.includes(i + 1)) await expect(item.locator(".sr")).toHaveText((groups[i] ?? "").split("").join(" "));
  const type = async (texts: readonly string[]) => {
    for (const [i, text] of texts.entries()) {
      await fields[i]?.focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
  };
  const heard = places.map((place) => groups[place - 1] ?? "");
  await expect(page.getByRole("button", { name: "They match" })).toBeDisabled();
  await type(heard.map((group) => `${(Number(group[0]) + 1) % 10}${group.slice(1)}`));
  await page.getByRole("alert").getByText("These two groups are not the ones").waitFor();
  await type(heard);
  await page.getByText("Ben is verified in person.").waitFor();
  await look(page, "verified");
  await page.getByRole("button", { name: "Vouch for Ben" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop vouching" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const row = page.getByRole("row", { name: /Ben/ });
  await row.getByText("verified in person").waitFor();
  // To read aloud, in words, and what is said when they differ.
  await openVerify(ana, "Mara");
  await page.getByRole("button", { name: "I read it aloud" }).click();
  await page.getByRole("button", { name: "As words" }).click();
  await look(page, "verify-words");
  await expect(page.getByRole("list", { name: /The number/ }).getByRole("textbox")).toHaveCount(0);
  await page.getByRole("button", { name: "They don’t match" }).click();
  await page
    .getByRole("alert")
    .getByText(/the server has put a key of its own between you and Mara/)
    .waitFor();
  await look(page, "verify-differs");
  expect(ana.watch.violations).toEqual([]);
  await end();
});

test("by camera: one’s own code and a swapped key are said, the right code verifies both keys and the head", async () => {
  const { ben, ana, path, end } = await cast();
  const { page } = ana;
  const user = await idOf(ben, "Ana");
  const scan = async (text: string) => {
    await show(ana, text, path);
    await page.getByRole("button", { name: "Scan Ben’s code" }).click();
  };
  const back = async () => await page.getByRole("button", { name: "Show my code" }).click();
  await openVerify(ana, "Ben");
  const good = await ben.engine.verifyStart({ ws: ben.ws, user });
  const parts = parseVerifyCode(good.code);
  await scan("https://example.org/");
  await page.getByText("This is not a code for verifying.").waitFor();
  await look(page, "verify-scanner");
  await back();
  await scan(formatVerifyCode({ ...parts, own: parts.own.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) }));
  await page.getByRole("dialog").getByText("The keys do not match").waitFor();
  await back();
  await scan(good.code);
  await page.getByText("Ben is verified in person.").waitFor();
  await expect(page.locator("video")).toHaveCount(0);
  expect(ana.watch.violations).toEqual([]);
  expect(ana.watch.elsewhere).toEqual([]);
  await end();
});

test("a verified key changed: a red notice in the conversation, and what one writes is held until one decides", async () => {
  const { mara, ben, ana, end } = await cast();
  const { page } = ana;
  const user = await idOf(ben, "Ana");
  await openVerify(ana, "Ben");
  const fields = await page.getByRole("dialog").getByRole("textbox").all();
  const { groups } = await ben.engine.safetyNumber({ ws: ben.ws, user });
  for (const field of fields) {
    const place = Number(/\d+/.exec((await field.getAttribute("aria-label")) ?? ""));
    await field.fill(groups[place - 1] ?? "");
  }
  await page.getByRole("button", { name: "They match" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.goBack();
  await ana.write(["Ben"]);
  await ana.say("before");
  await renewRoot(ben, mara);
  await page.getByText("Ben’s key changed after you verified it in person").waitFor();
  await ana.composer.fill("are you all right?");
  await ana.composer.press("Enter");
  await ana.sees("are you all right?");
  await ana.log.getByText("held until you decide").waitFor();
  await look(page, "key-changed");
  const { id } = await ben
    .until(`workspace:${ben.ws}`, ({ channels }) => channels.some(({ kind }) => kind === "dm"))
    .then(({ channels }) => channels.find(({ kind }) => kind === "dm") ?? { id: null });
  if (id === null) throw new TypeError("no conversation");
  await page.getByRole("button", { name: "Send without verifying" }).click();
  await ben.reads(id, "are you all right?");
  await page.getByText("Ben’s key changed after you verified it in person").waitFor({ state: "detached" });
  expect(ana.watch.violations).toEqual([]);
  await end();
});
