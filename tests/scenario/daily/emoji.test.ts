// The workspace's own emoji: added, read by others, taken away, refused to guests; on every device, whatever its order (M7, M13).
import { expect, test } from "vitest";
import type { UserId } from "@/lib/base/ids.ts";
import type { Picture } from "@/lib/client/api/daily/files.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const picture = (fill: number): Picture => ({
  type: "image/png",
  width: 8,
  height: 8,
  bytes: new Uint8Array(120).fill(fill),
});

const names = (actor: Actor, wanted: readonly string[]) =>
  actor.until(
    `emoji:${actor.ws}`,
    ({ emoji }) => JSON.stringify(emoji.map((one) => one.name)) === JSON.stringify(wanted),
    wanted.join(" "),
  );

test("an emoji of one's own reaches everybody, shows in text by its name, and goes again", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await ana.engine.addEmoji({ ws: ana.ws, name: ":Party_Parrot:", picture: picture(7) });
  // one's own at once, without waiting for the server
  await names(ana, ["party_parrot"]);
  const { emoji } = await names(ben, ["party_parrot"]);
  expect([...(emoji[0]?.picture.bytes ?? [])]).toEqual([...picture(7).bytes]);
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "well done :party_parrot:");
  const item = await ben.reads(channel, "well done :party_parrot:");
  expect(JSON.stringify(item.markup)).toContain('{"t":"emoji","name":"party_parrot"}');
  await ben.engine.removeEmoji({ ws: ben.ws, name: "party_parrot" });
  await names(ana, []);
  await ana.engine.addEmoji({ ws: ana.ws, name: "party_parrot", picture: picture(9) });
  expect((await names(ben, ["party_parrot"])).emoji[0]?.picture.bytes[0]).toBe(9);
});

test("names are checked and taken once; guests write with emoji and add none", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const add = (actor: Actor, name: string) => actor.engine.addEmoji({ ws: actor.ws, name, picture: picture(1) });
  for (const name of ["", "two words", "ünder", "-dash", "a".repeat(33), "a/b", "<b>"])
    await expect(add(ana, name), name).rejects.toMatchObject({ code: "app/bad-emoji-name" });
  await add(ana, "ship");
  await expect(add(ana, "SHIP")).rejects.toMatchObject({ code: "app/emoji-taken" });
  const terms = { ws: ana.ws, label: "", maxUses: 1, hours: 24, mode: "approval", role: "guest" } as const;
  const { link } = await ana.engine.createInvite({ ...terms, channels: [] });
  const guest = await world.actor("Gil");
  guest.ws = (await guest.engine.requestToJoin({ fragment: `#${link.split("#")[1]}`, name: "Gil" })).ws;
  const { asks } = await ana.until(`asking:${ana.ws}`, (view) => view.asks.length > 0);
  await ana.engine.approveJoin({ ws: ana.ws, user: asks[0]?.user as UserId, channels: [] });
  await guest.until("session", ({ accounts }) => accounts.length > 0, "being let in");
  await guest.online();
  await expect(add(guest, "mine")).rejects.toMatchObject({ code: "may/forbidden" });
});

test("what did not change is not sent again: pictures go to a screen once", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  await ana.engine.addEmoji({ ws: ana.ws, name: "ship", picture: picture(1) });
  await names(ana, ["ship"]);
  await ana.online();
  let given = 0;
  const end = ana.engine.subscribe(`emoji:${ana.ws}`, () => {
    given += 1;
  });
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "one");
  await ana.say(channel, "two");
  end();
  expect(given).toBe(1);
});
