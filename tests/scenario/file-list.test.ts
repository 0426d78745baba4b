// The list of files: what came, by whom, where and when, as far as one may read it; found by words; gone when deleted.
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { FilesAnswer } from "@/lib/client/api/finding/files.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

async function send(by: Actor, channel: ChannelId, name: string, type: string): Promise<string> {
  const file = { name, type, source: new TextEncoder().encode(name), width: null, height: null, thumbnail: null };
  const { id } = await by.engine.sendMessage({ ws: by.ws, channel, text: `with ${name}`, files: [file] });
  await by.message(channel, (item) => item.id === id && item.files[0]?.state === "ready");
  return id;
}

const names = ({ files }: FilesAnswer) => files.map(({ file }) => file.name);

test("F1 every file that one may read is listed and found by name, kind, place, person and time, and nothing else is", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const find = (by: Actor, query: object = {}) => by.engine.findFiles({ ws: by.ws, ...query });
  await send(ana, general, "Rivière et moulin.PNG", "image/png");
  await send(ben, general, "budget 2026.ods", "application/vnd.oasis.opendocument.spreadsheet");
  const { channel: room } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "board",
    topic: "",
    history: "full",
    members: [],
  });
  await send(ana, room, "secret plan.txt", "text/plain");
  const film = await send(ana, general, "mill film.webm", "video/webm");
  await ben.message(general, (item) => item.id === film && item.files[0]?.state === "ready");

  expect(names(await find(ana))).toEqual([
    "mill film.webm",
    "secret plan.txt",
    "budget 2026.ods",
    "Rivière et moulin.PNG",
  ]);
  expect(names(await find(ben))).toEqual(["mill film.webm", "budget 2026.ods", "Rivière et moulin.PNG"]);
  expect(names(await find(ana, { text: "riviere MOULIN" }))).toEqual(["Rivière et moulin.PNG"]);
  expect(names(await find(ana, { text: "video/webm" }))).toEqual(["mill film.webm"]);
  expect(names(await find(ana, { text: "mill", kind: "picture" }))).toEqual([]);
  expect(names(await find(ana, { kind: "document" }))).toEqual(["budget 2026.ods"]);
  expect(names(await find(ana, { channel: room }))).toEqual(["secret plan.txt"]);
  expect(names(await find(ana, { author: ben.account.me }))).toEqual(["budget 2026.ods"]);
  expect(names(await find(ana, { since: Date.now() + 60_000 }))).toEqual([]);

  const first = await find(ana, { limit: 3 });
  expect(names(first)).toHaveLength(3);
  const second = await find(ana, { limit: 3, after: first.next });
  expect([names(second), second.next]).toEqual([["Rivière et moulin.PNG"], null]);

  // What is deleted leaves the list; over a restart it is the same.
  await ana.engine.deleteMessage({ ws: ana.ws, channel: general, id: film as never });
  await ben.message(general, (item) => item.id === film && item.deleted);
  expect(names(await find(ben))).toEqual(["budget 2026.ods", "Rivière et moulin.PNG"]);
  await ben.reload();
  expect(names(await find(ben))).toEqual(["budget 2026.ods", "Rivière et moulin.PNG"]);
  const [found] = (await find(ben, { text: "budget" })).files;
  const got = await ben.engine.downloadFile({ ws: ben.ws, channel: general, id: found?.file.id ?? "" });
  expect(new TextDecoder().decode(got.data as Uint8Array)).toBe("budget 2026.ods");
});

test("F1 a place that one has left gives no files any more", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { channel: room } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "board",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  await send(ana, room, "minutes.txt", "text/plain");
  await ben.message(room, (item) => item.files[0]?.state === "ready");
  expect(names(await ben.engine.findFiles({ ws: ben.ws }))).toEqual(["minutes.txt"]);
  await ana.engine.removeMember({ ws: ana.ws, channel: room, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, (view) => !view.channels.some((one) => one.id === room));
  expect(names(await ben.engine.findFiles({ ws: ben.ws }))).toEqual([]);
});

test("F1 files that came before there was a list are in it, too", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  await send(ana, general, "early.txt", "text/plain");
  await ana.stop();
  const { storage } = ana.profile;
  const rows = await storage.scan("file-list", { limit: 100 });
  await storage.write(rows.map(({ key }) => ({ op: "delete", table: "file-list", key })));
  await ana.reload();
  expect(names(await ana.engine.findFiles({ ws: ana.ws }))).toEqual(["early.txt"]);
});
