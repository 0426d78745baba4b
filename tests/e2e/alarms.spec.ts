// Alarms in a browser behind a lying proxy: a server that shows less, one that shows another history, and a view split from others'.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { utf8 } from "@/lib/base/bytes.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { Branch } from "@/tests/hostile/crafter.ts";
import { headOf, toEntryJson } from "@/tests/hostile/liar.ts";
import { type Actor, startWorld } from "@/tests/world.ts";
import { Person } from "./kit.ts";
import { accessible, look } from "./look.ts";
import { LyingProxy } from "./proxy.ts";

const OUT = fileURLToPath(new URL("../../out", import.meta.url));
/** What the banners say that the alarms are opened from. */
const NOTICED: Readonly<Record<string, string>> = {
  "alarm-rollback": "The server shows an older state",
  "alarm-fork": "This server shows different histories",
  "alarm-split": "This server shows different histories",
};
const SECRET = "the harvest figures";

/** Opens what an alarm says with keys alone, checks its words, and gives back the evidence it saves. */
async function readAlarm(person: Person, name: string, title: string, says: RegExp): Promise<string> {
  const { page } = person;
  const banner = page.locator("[role=alert], [role=status]").filter({ hasText: NOTICED[name] ?? "" });
  const more = banner.getByRole("button", { name: "What to do" });
  await more.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByText(says).first().waitFor();
  for (const heading of ["What was seen", "What may be behind it", "What to do"])
    await dialog.getByRole("heading", { name: heading }).waitFor();
  // The same dialog with other words: one of them is pictured.
  if (name === "alarm-split") await look(page, name);
  else await accessible(page, name);
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save the evidence" }).focus();
  await page.keyboard.press("Enter");
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^alarm-proof-[a-z]+-\d+\.json$/);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect(more).toBeFocused();
  return readFileSync(await file.path(), "utf8");
}

/** Nothing in it was written by people, and no key. */
async function holdsNoSecret(text: string, mara: Actor): Promise<void> {
  const { rooms, workspaceScope, state } = mara.account;
  const bytes = Buffer.concat(
    [...text.matchAll(/"([A-Za-z0-9_-]{8,})"/g)].map(([, value = ""]) => Buffer.from(value, "base64url")),
  );
  const needles: Uint8Array[] = [utf8(SECRET)];
  for (let epoch = 1; epoch <= (state.scopes.get(workspaceScope)?.epochs.length ?? 0); epoch += 1) {
    const key = await rooms.known(workspaceScope, epoch);
    if (key !== undefined) needles.push(exposeSecret(key));
  }
  expect(needles.length).toBeGreaterThan(1);
  for (const needle of needles)
    expect(bytes.includes(Buffer.from(needle)) || text.includes(toJson(needle))).toBe(false);
  expect(text).not.toContain(SECRET);
  expect(Object.keys(JSON.parse(text))).toEqual(["format", "workspace", "server", "noticed", "here", "evidence"]);
}

test("L9 L10 less than before, another history, a split view: said plainly, stopped, with evidence to keep", async ({
  browser,
}) => {
  const proxies = [new LyingProxy(), new LyingProxy()] as const;
  for (const proxy of proxies) await proxy.listen();
  const world = await startWorld({ staticDir: OUT, origins: proxies.map(({ origin }) => origin) });
  for (const proxy of proxies) proxy.to(world.server.port);
  const mara = await world.founder("Mara");
  const joins = async (name: string, proxy: LyingProxy) => {
    const { link } = await mara.engine.createInvite({ ws: mara.ws, label: name, maxUses: 1, hours: 1 });
    const person = await Person.open(browser, proxy, name);
    await person.join(link.replace(world.origin, proxy.origin));
    return person;
  };
  const ana = await joins("Ana", proxies[0]);
  const cleo = await joins("Cleo", proxies[1]);
  const ben = await world.invited(mara, "Ben");
  const { id: general } = await mara.channel("general");
  await ben.channel("general");
  await mara.say(general, SECRET);
  for (const one of [ana, cleo]) await one.sees(SECRET);

  // An older head, and nothing taken back: what was read stays, writing ends.
  const { n, heads } = mara.account.state;
  const older = { n: n - 1, hash: toJson(heads[n - 2] as Uint8Array) };
  proxies[0].on("ledger.read", (page) => ({ ...page, entries: [], head: older }));
  proxies[0].on("restore.links", (said) => ({ ...said, head: older }));
  await ana.page.reload();
  await ana.sees(SECRET);
  await ana.page.getByText("Writing has stopped in this workspace.").first().waitFor();
  await expect(ana.composer).toHaveCount(0);
  await holdsNoSecret(
    await readAlarm(ana, "alarm-rollback", "The server shows less than before", /backup|older/),
    mara,
  );

  // Another entry at a known place.
  proxies[1].on("ledger.read", (page) => ({ ...page, entries: [], head: { ...older, n } }));
  await cleo.page.reload();
  await cleo.page.getByRole("alert").getByText("Writing has stopped in this workspace.").waitFor();
  await cleo.sees(SECRET);
  await expect(cleo.composer).toHaveCount(0);
  await holdsNoSecret(await readAlarm(cleo, "alarm-fork", "Two histories of this workspace", /read out/), mara);

  // Ana is shown a branch that nobody else sees: one voice warns, two end writing.
  proxies[0].honest();
  const { entries } = new Branch(mara).bare();
  proxies[0].on("ledger.read", (_, { after }) => ({
    entries: entries.slice(after).map(toEntryJson),
    head: headOf(entries),
  }));
  await ana.page.reload();
  await ana.composer.waitFor();
  await mara.engine.createChannel({
    ws: mara.ws,
    kind: "public",
    name: "side",
    topic: "",
    history: "full",
    members: [],
  });
  await mara.say(general, "from the other side");
  const split = await readAlarm(ana, "alarm-split", "Two histories of this workspace", /Seen in a message by Mara\./);
  await holdsNoSecret(split, mara);
  expect(JSON.parse(split).evidence).toMatchObject({ theirs: toJson(mara.account.state.head) });
  await ben.reads(general, "from the other side");
  await ben.say(general, "here too");
  await ana.page.getByRole("alert").getByText("Writing has stopped in this workspace.").waitFor();
  await expect(ana.composer).toHaveCount(0);
  await look(ana.page, "alarm-stopped");

  for (const one of [ana, cleo]) {
    expect(one.watch.violations).toEqual([]);
    await one.close();
  }
  await world.stop();
  for (const proxy of proxies) await proxy.close();
});
