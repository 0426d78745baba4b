// Messages after they were sent: edited, deleted, purged, counted as unread; files up and down (M7, M8, F1, F2).
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { startWorld } from "@/tests/world.ts";

test("M8 edits show for everybody, and a deletion takes the text from server and devices", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const sent = await ana.say(channel, "teh plan");
  await ben.reads(channel, "teh plan");
  await ana.engine.editMessage({ ws: ana.ws, channel, id: sent.id, text: "the plan" });
  expect((await ben.reads(channel, "the plan")).edited).toBe(true);
  await expect(ben.engine.editMessage({ ws: ben.ws, channel, id: sent.id, text: "mine now" })).rejects.toMatchObject({
    code: "event/wrong-author",
  });
  await expect(ben.engine.deleteMessage({ ws: ben.ws, channel, id: sent.id })).rejects.toMatchObject({
    code: "event/wrong-author",
  });
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: sent.id });
  await ben.message(channel, (item) => item.id === sent.id && item.deleted && item.text === "");
  expect(ben.account.log.find(channel, sent.id)?.content).toBeNull();
  const { stored } = await ben.engine.inspectEvent({ ws: ben.ws, channel, id: sent.id });
  expect(stored.columns.ciphertext ?? "").toBe("");
  const fresh = await world.invited(ana, "Cleo");
  await fresh.message(channel, (item) => item.id === sent.id && item.deleted);
});

test("F1 a file goes up sealed and comes down the same, for whoever may read the channel", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const bytes = new Uint8Array(randomBytes(9_500_000));
  const files = [
    {
      name: "../../etc/pass\u202Ewd.bin",
      type: "application/x-thing",
      source: bytes,
      width: null,
      height: null,
      thumbnail: null,
    },
  ];
  await ana.engine.sendMessage({ ws: ana.ws, channel, text: "the file", files });
  const item = await ben.message(channel, ({ text, files: came }) => text === "the file" && came[0]?.state === "ready");
  const got = await ben.engine.downloadFile({ ws: ben.ws, channel, id: item.files[0]?.id ?? "" });
  expect(got.name).toBe("passwd.bin");
  expect(Buffer.compare(Buffer.from(got.data as Uint8Array), Buffer.from(bytes))).toBe(0);
});

test("unread counts are right across a reload, and only others' new messages count", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "before Ben came");
  const ben = await world.invited(ana, "Ben");
  expect((await ben.channel("general")).unread).toBe(0);
  await ana.say(channel, "one");
  await ana.say(channel, `two, <@${ben.account.me}>`);
  await ben.say(channel, "mine does not count");
  const unread = (n: number) =>
    ben.until(
      `workspace:${ben.ws}`,
      ({ channels }) => channels.some((one) => one.name === "general" && one.unread === n),
      `${n} unread`,
    );
  expect((await unread(2)).channels.find((one) => one.name === "general")?.mentions).toBe(1);
  await ben.reload();
  await unread(2);
  await ben.engine.markRead({ ws: ben.ws, channel });
  await unread(0);
  await ben.online();
  await ben.reload();
  await unread(0);
  await ana.say(channel, "three");
  await unread(1);
});
