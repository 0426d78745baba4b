// The main job, end to end with whole engines: found, invite, join, talk, restart; everything is still there.
import { expect, test } from "vitest";
import { startWorld } from "@/tests/world.ts";

test("three people found, join and talk in public, private and direct channels", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const general = await ana.channel("general");
  await ana.say(general.id, "first");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  expect((await ben.reads(general.id, "first")).author).toBe(ana.account.me);
  await ben.say(general.id, "hello from Ben");
  await ana.reads(general.id, "hello from Ben");
  await cleo.reads(general.id, "hello from Ben");

  const { channel: secret } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "legal",
    topic: "hush",
    history: "full",
    members: [ben.account.me],
  });
  await ana.say(secret, "for Ben alone");
  await ben.reads(secret, "for Ben alone");
  expect(cleo.account.channels()).not.toContain(secret);
  await ana.engine.addMember({ ws: ana.ws, channel: secret, user: cleo.account.me });
  await cleo.reads(secret, "for Ben alone");
  expect((await cleo.channel("legal")).topic).toBe("hush");
  await ana.engine.removeMember({ ws: ana.ws, channel: secret, user: ben.account.me });
  await cleo.say(secret, "Ben is gone");
  await ana.reads(secret, "Ben is gone");

  const { channel: dm } = await ben.engine.startDm({ ws: ben.ws, users: [cleo.account.me] });
  await ben.say(dm, "just us");
  await cleo.reads(dm, "just us");
  await world.restart();
  await ana.engine.wake();
  for (const one of world.actors) await one.reload();
  await cleo.online();
  await cleo.reads(dm, "just us");
  await cleo.say(dm, "after the restart");
  await ben.reads(dm, "after the restart");
});
