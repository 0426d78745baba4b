// What people say of themselves: a status that ends by each reader's clock, pronouns and time zone; choices on all devices.
import { expect, test } from "vitest";
import { wallClock } from "@/lib/platform/clock.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const person = (
  by: Actor,
  of: string,
  is: (
    one: Actor["account"]["me"] extends never
      ? never
      : { status: { text: string } | null; pronouns: string; zone: string },
  ) => boolean,
) => by.until(`workspace:${by.ws}`, ({ people }) => people.some((one) => one.name === of && is(one)), `${of} so`);

test("a status shows for everybody until its time, by each reader's own clock, and then for nobody", async () => {
  await using world = await startWorld();
  const wall = wallClock();
  let ahead = 0;
  let timers: (() => void)[] = [];
  const clock = {
    now: () => wall.now() + ahead,
    after: (ms: number, run: () => void) => {
      timers.push(run);
      return wall.after(ms, run);
    },
  };
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben", { clock });
  const { ws } = ana;
  const until = Date.now() + 3_600_000;
  await expect(ana.engine.setStatus({ ws, emoji: "🥐", text: "x", until: Date.now() - 1 })).rejects.toMatchObject({
    code: "app/time-past",
  });
  await ana.engine.setStatus({ ws, emoji: "🥐", text: "  at\nlunch ", until });
  await person(ana, "Ana", ({ status }) => status?.text === "at lunch");
  await person(ben, "Ana", ({ status }) => status?.text === "at lunch");
  ahead = 2 * 3_600_000;
  const due = timers;
  timers = [];
  for (const run of due) run();
  await person(ben, "Ana", ({ status }) => status === null);
  await person(ana, "Ana", ({ status }) => status?.text === "at lunch");
  await ana.engine.setStatus({ ws, emoji: "", text: "", until: null });
  await person(ana, "Ana", ({ status }) => status === null);
});

test("pronouns and time zone are said with the profile, kept when others change, and false zones are not said", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { ws } = ana;
  const plain = { ws, name: "Ana", title: "Editor", avatar: null };
  await ana.engine.setProfile({ ...plain, pronouns: "she/her", zone: "Europe/Lisbon" });
  await person(ben, "Ana", ({ pronouns, zone }) => pronouns === "she/her" && zone === "Europe/Lisbon");
  await ana.online();
  await ana.engine.setProfile({ ...plain, title: "Chief editor" });
  await ana.online();
  await person(ben, "Ana", ({ pronouns, zone }) => pronouns === "she/her" && zone === "Europe/Lisbon");
  await ana.engine.setProfile({ ...plain, pronouns: "", zone: "Middle/Earth" });
  await person(ben, "Ana", ({ pronouns, zone }) => pronouns === "" && zone === "");
});

test("a choice made on one device is there on the other, and for nobody else", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const phone = await linked(world, ana, "Ana’s phone");
  const ben = await world.invited(ana, "Ben");
  await ana.engine.setPreference({ ws: ana.ws, key: "theme", value: "dark" });
  await phone.until(`keeps:${phone.ws}`, ({ preferences }) => preferences.theme === "dark", "the choice");
  await phone.engine.setPreference({ ws: phone.ws, key: "theme", value: "light" });
  await ana.until(`keeps:${ana.ws}`, ({ preferences }) => preferences.theme === "light", "the other choice");
  expect((await ben.until(`keeps:${ben.ws}`, () => true)).preferences).toEqual({});
});

test("activity lists mentions and reactions to what one wrote, once each, and is seen on all devices", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const phone = await linked(world, ana, "Ana’s phone");
  const ben = await world.invited(ana, "Ben");
  const { ws } = ana;
  const { id: channel } = await ana.channel("general");
  const said = await ana.say(channel, "the map is done");
  await ben.reads(channel, "the map is done");
  await ben.engine.react({ ws, channel, id: said.id, emoji: "🎉", on: true });
  await ben.say(channel, `thank you <@${ana.account.me}>`);
  await ben.say(channel, "nothing of note");
  for (const one of [ana, phone]) {
    const view = await one.until(
      `activity:${ws}`,
      ({ items }) => items.length === 2 && items.every((i) => i.message !== null),
    );
    expect(view.items.map(({ what, by, emoji }) => ({ what, by, emoji }))).toEqual([
      { what: "mention", by: ben.account.me, emoji: "" },
      { what: "reaction", by: ben.account.me, emoji: "🎉" },
    ]);
    expect(view.items[1]?.message?.text).toBe("the map is done");
    expect(view.fresh).toBe(2);
  }
  await phone.engine.markActivity({ ws });
  await ana.until(`activity:${ws}`, ({ fresh }) => fresh === 0, "all seen");
  await ben.engine.react({ ws, channel, id: said.id, emoji: "🎉", on: false });
  await ana.until(`activity:${ws}`, ({ items }) => items.length === 1, "the reaction gone");
  await ana.reload();
  expect((await ana.until(`activity:${ws}`, ({ items }) => items.length === 1)).fresh).toBe(0);
});
