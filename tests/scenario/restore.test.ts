// MS-49, SRV-20, L10: a server restored from an older backup is noticed by every client, given back what they hold, and goes on.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { Wire } from "@/tests/wires.ts";
import type { Actor } from "@/tests/world.ts";
import { startWorld, type World } from "@/tests/world.ts";

/** What a person reads in a channel: each text with its state, in order. */
async function texts(actor: Actor, channel: ChannelId): Promise<string[]> {
  const view = await actor.until(`timeline:${actor.ws}:${channel}`, () => true);
  return view.items.flatMap((item) => (item.t === "message" ? [item.deleted ? "(deleted)" : item.text] : []));
}

async function whole(actor: Actor): Promise<void> {
  await actor.until(
    `workspace:${actor.ws}`,
    (view) => view.connection === "online" && view.stopped === null && view.restored === null && view.outbox === 0,
    "a whole server",
  );
}

async function waiting(actor: Actor): Promise<void> {
  const given = (view: { restored: { state: string } | null }) => view.restored?.state === "waiting";
  await actor.until(`workspace:${actor.ws}`, given, "having given back");
}

async function trio(): Promise<{ world: World; ana: Actor; ben: Actor; cleo: Actor; wire: Wire; general: ChannelId }> {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  let wire: Wire | undefined;
  const cleo = await world.invited(ana, "Cleo", {
    wrap: (inner) => {
      wire = new Wire(inner);
      return wire;
    },
  });
  const { id: general } = await ana.channel("general");
  await ana.say(general, "before the backup");
  for (const actor of [ben, cleo]) await actor.reads(general, "before the backup");
  if (wire === undefined) throw new TypeError("no wire");
  return { world, ana, ben, cleo, wire, general };
}

test("MS-49 links, keys, messages, edits and deletions since the backup come back, each once", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, cleo, general } = await trio();
  await using _world = world;
  const old = await ben.say(general, "will be deleted");
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  // A private channel, one who joins, one who is removed, and what is written, edited and deleted meanwhile.
  const { channel: room } = await ben.engine.createChannel({
    ws: ben.ws,
    kind: "private",
    name: "plans",
    topic: "",
    history: "full",
    members: [ana.account.me],
  });
  await ben.say(room, "in private");
  await ana.reads(room, "in private");
  const dora = await world.invited(ana, "Dora");
  await dora.reads(general, "before the backup");
  await dora.say(general, "I am new");
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  const first = await ana.say(general, "after the removal");
  await ana.engine.editMessage({ ws: ana.ws, channel: general, id: first.id, text: "after the removal, edited" });
  await ben.engine.deleteMessage({ ws: ben.ws, channel: general, id: old.id });
  await dora.reads(general, "after the removal, edited");
  await ana.message(general, (item) => item.id === old.id && item.deleted);
  await dora.message(general, (item) => item.id === old.id && item.deleted);
  const position = ana.account.state.n;
  const seen = await texts(ana, general);
  await cleo.stop();

  await world.restore(backup);
  for (const actor of [ana, ben, dora]) await waiting(actor);
  expect(ana.account.state.n).toBe(position);
  // Nothing new is taken meanwhile, and everybody is told why.
  await expect(
    ben.engine.sendMessage({ ws: ben.ws, channel: general, text: "too early", files: [] }),
  ).rejects.toMatchObject({ code: "app/blocked", detail: "proof/restored" });
  await expect(ben.engine.confirmRestore({ ws: ben.ws })).rejects.toMatchObject({ code: "may/forbidden" });
  await ana.engine.confirmRestore({ ws: ana.ws });
  for (const actor of [ana, ben, dora]) await whole(actor);

  await ben.say(general, "it goes on");
  await ana.say(room, "here too");
  await ben.reads(room, "here too");
  for (const actor of [ana, ben, dora]) await actor.reads(general, "it goes on");
  for (const actor of [ana, ben, dora]) expect(await texts(actor, general)).toEqual([...seen, "it goes on"]);
  expect(await texts(ana, room)).toEqual(["in private", "here too"]);
  // Whoever comes afterwards reads all of it from the server alone.
  const eve = await world.invited(ana, "Eve");
  await eve.reads(general, "it goes on");
  expect(await texts(eve, general)).toEqual([...seen, "it goes on"]);
  for (const actor of [ana, ben, dora, eve])
    expect(actor.account.notices.filter(({ severity }) => severity === "alarm")).toEqual([]);
  // What was deleted after the backup lies nowhere again.
  const rows = () => ben.engine.serverRows({ ws: ben.ws, channel: general, before: null, limit: 100 });
  await expect
    .poll(async () => (await rows()).find(({ columns }) => columns.id === old.id)?.columns.ciphertext)
    .toBe("");
  rmSync(dir, { recursive: true });
});
