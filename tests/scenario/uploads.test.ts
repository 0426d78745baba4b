// Uploads: they outlive reloads, lost lines and servers that start anew, and resume with the very bytes they had (F1, M10).
import { randomBytes } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import type { ByteSource, Transport } from "@/lib/client/ports.ts";
import { bytesSource } from "@/lib/platform/source.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const SEGMENT = LIMITS.segmentBytes;
type Put = Parameters<Transport["putSegment"]>;

/** Lets segments through, counts them, and holds back those that a test says. */
class Gate {
  readonly put: { blob: string; segment: number; bytes: Uint8Array }[] = [];
  /** called before a segment goes out; what it throws is what the engine sees */
  before: (segment: number) => void | Promise<void> = () => undefined;
  /** called when the server has it; what it throws is a lost answer */
  after: (segment: number) => void | Promise<void> = () => undefined;

  readonly wrap = (inner: Transport): Transport => ({
    origin: inner.origin,
    call: (...args) => inner.call(...args),
    live: (handlers) => inner.live(handlers),
    getSegment: (...args) => inner.getSegment(...args),
    putSegment: async (...args: Put) => {
      const [at, bytes] = args;
      await this.before(at.segment);
      this.put.push({ blob: at.blob, segment: at.segment, bytes: bytes.slice() });
      await inner.putSegment(...args);
      await this.after(at.segment);
    },
  });

  get segments(): number[] {
    return this.put.map(({ segment }) => segment);
  }
}

type Ground = { world: World; ana: Actor; ben: Actor; gate: Gate; general: ChannelId };

async function ground(): Promise<Ground & AsyncDisposable> {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  const gate = new Gate();
  const ben = await world.invited(ana, "Ben", { wrap: gate.wrap });
  const { id } = await ben.channel("general");
  return { world, ana, ben, gate, general: id, [Symbol.asyncDispose]: () => world.stop() };
}

function input(source: Uint8Array | ByteSource, name = "film.bin") {
  return { name, type: "application/octet-stream", source, width: null, height: null, thumbnail: null };
}

async function send(by: Actor, channel: ChannelId, source: Uint8Array | ByteSource, text = "here it is") {
  return await by.engine.sendMessage({ ws: by.ws, channel, text, files: [input(source)] });
}

async function fileIs(by: Actor, channel: ChannelId, is: (file: FileItem) => boolean): Promise<FileItem> {
  const has = (item: MessageItem) => item.files.some(is);
  const found = (await by.message(channel, has)).files.find(is);
  if (found === undefined) throw new TypeError("no file");
  return found;
}

const descending = (a: number, b: number) => b - a;
const ready = (file: FileItem) => file.state === "ready";

async function comesWhole(by: Actor, channel: ChannelId, bytes: Uint8Array): Promise<void> {
  const { id } = await fileIs(by, channel, ready);
  const { data } = await by.engine.downloadFile({ ws: by.ws, channel, id });
  expect(Buffer.compare(data as Uint8Array, bytes)).toBe(0);
}

/** Random, so that nothing about it is equal by chance. */
const bytesOf = (size: number) => new Uint8Array(randomBytes(size));

test("F1 an upload goes on after a reload where it was, with the very same sealed bytes", async () => {
  await using g = await ground();
  const { ana, ben, gate, general } = g;
  const bytes = bytesOf(2 * SEGMENT + 1_000_000);
  const stuck = new Promise<void>((resolve) => {
    gate.after = (segment) => {
      if (segment !== 1) return;
      resolve();
      throw new Fault("net/timeout");
    };
  });
  await send(ben, general, bytes);
  await ana.reads(general, "here it is");
  await stuck;
  await fileIs(ben, general, (file) => file.state === "queued" && file.progress > 0.3);
  gate.after = () => undefined;
  await ben.reload();
  await comesWhole(ana, general, bytes);
  expect(gate.segments).toEqual([0, 1, 1, 2]);
  expect(new Set(gate.put.map(({ blob }) => blob)).size).toBe(1);
  const [, first, again] = gate.put;
  expect(Buffer.compare(first?.bytes as Uint8Array, again?.bytes as Uint8Array)).toBe(0);
  expect((await ben.message(general, (item) => item.text === "here it is")).files).toHaveLength(1);
});

test("F1 an upload begun offline waits, outlives a reload, and goes out with its message", async () => {
  await using g = await ground();
  const { world, ana, ben, general } = g;
  const bytes = bytesOf(300_000);
  await world.server.stop();
  await ben.until(`workspace:${ben.ws}`, (view) => view.connection !== "online");
  await send(ben, general, bytes);
  await fileIs(ben, general, (file) => file.state === "queued");
  await ben.reload();
  await fileIs(ben, general, (file) => file.state === "queued" && file.name === "film.bin");
  await world.restart();
  ben.engine.wake();
  await comesWhole(ana, general, bytes);
});

test("F1 a server that starts anew in the middle finds the upload going on, not beginning again", async () => {
  await using g = await ground();
  const { world, ana, ben, gate, general } = g;
  const bytes = bytesOf(2 * SEGMENT + 5);
  let restarted: Promise<void> | null = null;
  gate.before = async (segment) => {
    if (segment !== 1 || restarted !== null) return;
    restarted = world.restart();
    await restarted;
  };
  await send(ben, general, bytes);
  await comesWhole(ana, general, bytes);
  expect(gate.segments.filter((segment) => segment === 0)).toHaveLength(1);
});

test("F1 pause stops it, also over a reload; resume goes on; cancel takes it from here and from the server", async () => {
  await using g = await ground();
  const { ana, ben, gate, general } = g;
  const bytes = bytesOf(2 * SEGMENT + 5);
  const at = { ws: ben.ws, channel: general };
  let reached = () => {};
  const second = new Promise<void>((resolve) => {
    reached = resolve;
  });
  gate.before = async (segment) => {
    if (segment === 1) await new Promise<void>(() => reached());
  };
  const { id } = await send(ben, general, bytes);
  await second;
  await ben.engine.pauseUpload({ ...at, id: `${id}.0` });
  gate.before = () => undefined;
  await ben.reload();
  const paused = await fileIs(ben, general, (file) => file.state === "paused");
  expect(paused.progress).toBeGreaterThan(0.4);
  await ben.online();
  // Another one goes all its way meanwhile.
  await send(ben, general, bytesOf(100), "between");
  await ben.message(general, (item) => item.text === "between" && item.files[0]?.state === "ready");
  expect((await fileIs(ben, general, (file) => file.id === paused.id)).progress).toBe(paused.progress);
  const [{ blob } = { blob: "" }] = gate.put;
  const own = () => gate.put.filter((one) => one.blob === blob).map(({ segment }) => segment);
  expect(own()).toEqual([0]);
  await ben.engine.resumeUpload({ ...at, id: paused.id });
  await ana.message(general, (item) => item.id === id && item.files[0]?.state === "ready");
  expect(own()).toEqual([0, 1, 2]);

  gate.before = () => new Promise(() => undefined);
  const other = await send(ben, general, bytes, "another");
  await fileIs(ben, general, (file) => file.id === `${other.id}.0` && file.state === "uploading");
  await ana.message(general, (item) => item.id === other.id && item.files[0]?.state === "waiting");
  await ben.engine.cancelUpload({ ...at, id: `${other.id}.0` });
  await ben.message(general, (item) => item.id === other.id && item.files.length === 0);
  // Nobody waits for it, on the other side either; the words stay.
  const seen = await ana.message(general, (item) => item.id === other.id && item.files.length === 0);
  expect(seen).toMatchObject({ text: "another", deleted: false });
  gate.before = () => undefined;
  await ben.reload();
  await ben.message(general, (item) => item.id === other.id && item.files.length === 0);
});

test("F1 a file withdrawn leaves its place to nobody: the others come, and a message of nothing else is gone", async () => {
  await using g = await ground();
  const { world, ana, ben, gate, general } = g;
  const at = { ws: ben.ws, channel: general };
  const bytes = bytesOf(SEGMENT + 5);
  let reached = () => {};
  const going = new Promise<void>((resolve) => {
    reached = resolve;
  });
  gate.before = (segment) => (segment === 1 ? new Promise<void>(() => reached()) : undefined);
  const files = [input(bytes, "film.bin"), input(bytesOf(100), "note.bin")];
  const { id } = await ben.engine.sendMessage({ ...at, text: "", files });
  await going;
  const places = ({ files: all }: MessageItem) => all.map(({ name, state }) => `${name} ${state}`);
  await ana.message(general, (item) => item.id === id && places(item).join() === " waiting,note.bin ready");
  await ben.engine.cancelUpload({ ...at, id: `${id}.0` });
  await ana.message(general, (item) => item.id === id && places(item).join() === "note.bin ready");

  // Withdrawn without a line, over a reload: told once there is one.
  gate.before = () => new Promise(() => undefined);
  const alone = await ben.engine.sendMessage({ ...at, text: "", files: [input(bytes)] });
  await ana.message(general, (item) => item.id === alone.id && item.files[0]?.state === "waiting");
  await world.server.stop();
  await ben.engine.cancelUpload({ ...at, id: `${alone.id}.0` });
  await ben.reload();
  await ben.message(general, (item) => item.id === alone.id && item.deleted);
  await world.restart();
  ben.engine.wake();
  await ana.message(general, (item) => item.id === alone.id && item.deleted && item.files.length === 0);
  const said = (await ana.account.log.since(general, 0)).filter(({ content }) => content?.k === "unsent");
  expect(said.map(({ content }) => content)).toMatchObject([
    { of: id, index: 0 },
    { of: alone.id, index: 0 },
  ]);
});

test("F1 a file that changes while it is read is refused by name, and no second plaintext leaves under its key", async () => {
  await using g = await ground();
  const { ben, gate, general } = g;
  const bytes = bytesOf(SEGMENT + 5);
  let changed = false;
  // It keeps its size: only its contents tell.
  const source: ByteSource = {
    size: bytes.length,
    read: async (from, to) => bytes.slice(from, to).map((byte) => (changed ? byte ^ 1 : byte)),
  };
  gate.after = (segment) => {
    if (segment !== 0) return;
    changed = true;
    throw new Fault("net/timeout");
  };
  await send(ben, general, source);
  await fileIs(ben, general, (file) => file.state === "failed" && file.fault === "app/file-changed");
  expect(gate.segments).toEqual([0]);
  const gone: ByteSource = {
    size: 100,
    read: async () => {
      throw new Fault("app/file-changed");
    },
  };
  await send(ben, general, gone, "gone");
  const item = await ben.message(general, (one) => one.text === "gone" && one.files[0]?.state === "failed");
  expect(item.files[0]?.fault).toBe("app/file-changed");
});

test("F1 what was not kept whole when the tab was closed says so, and can be let go", async () => {
  await using g = await ground();
  const { ben, gate, general } = g;
  gate.before = () => new Promise(() => undefined);
  // Too large to be kept in a moment, and its bytes never come.
  const source: ByteSource = { size: SEGMENT + 5, read: () => new Promise(() => undefined) };
  const { id } = await send(ben, general, source);
  gate.before = () => undefined;
  await ben.reload();
  const file = await fileIs(ben, general, (one) => one.state === "failed");
  expect(file.fault).toBe("app/file-lost");
  await ben.engine.cancelUpload({ ws: ben.ws, channel: general, id: `${id}.0` });
});

test("F1 a server that forgets what it was given gets it anew, under a new key; one that always does is told of", async () => {
  await using g = await ground();
  const { world, ana, ben, gate, general } = g;
  const bytes = bytesOf(SEGMENT + 5);
  let dropped = false;
  gate.after = async (segment) => {
    if (segment !== 0 || dropped) return;
    dropped = true;
    await ben.account.session.call("files.drop", { blob: gate.put[0]?.blob ?? "" });
  };
  await send(ben, general, bytes);
  await comesWhole(ana, general, bytes);
  const blobs = [...new Set(gate.put.map(({ blob }) => blob))];
  expect(blobs).toHaveLength(2);
  const [first, second] = blobs.map((blob) => gate.put.find((one) => one.blob === blob && one.segment === 0)?.bytes);
  expect(Buffer.compare(first?.subarray(24) as Uint8Array, second?.subarray(24) as Uint8Array)).not.toBe(0);

  gate.after = async (segment) => {
    if (segment === 0) await ben.account.session.call("files.drop", { blob: gate.put.at(-1)?.blob ?? "" });
  };
  await send(ben, general, bytesOf(2000), "never");
  const item = await ben.message(general, (one) => one.text === "never" && one.files[0]?.state === "failed");
  expect(item.files[0]?.fault).toBe("may/not-found");
  expect(world.server.port).toBeGreaterThan(0);
});

test("F2 a file that was sent is forwarded to another channel without its bytes going up again", async () => {
  await using g = await ground();
  const { ana, ben, gate, general } = g;
  const bytes = bytesOf(50_000);
  await send(ben, general, bytes);
  const { id, blob } = await fileIs(ben, general, ready);
  const { channel } = await ben.engine.startDm({ ws: ben.ws, users: [ana.account.me] });
  const files = [{ sent: { channel: general, id } }];
  await ben.engine.sendMessage({ ws: ben.ws, channel, text: "forwarded", files });
  await comesWhole(ana, channel, bytes);
  expect((await fileIs(ana, channel, ready)).blob).toBe(blob);
  expect(gate.put).toHaveLength(1);
  // What goes in one channel stays in the other.
  const { id: message } = await ben.message(general, (item) => item.text === "here it is");
  await ben.engine.deleteMessage({ ws: ben.ws, channel: general, id: message });
  await comesWhole(ana, channel, bytes);
});

test("F1 files of one padding class are of one size to the server: on its way, on the disk, in the register", async () => {
  await using g = await ground();
  const { world, ana, ben, gate, general } = g;
  for (const size of [1_000_001, 1_015_000, 400, 401]) {
    await send(ben, general, bytesOf(size), `${size}`);
    await ana.message(general, (item) => item.text === `${size}` && item.files[0]?.state === "ready");
  }
  const padded = [1_015_808 + 17 * 16, 1_015_808 + 17 * 16, 400 + 17, 416 + 17].map((bytes) => bytes + 24);
  expect(gate.put.map(({ bytes }) => bytes.length)).toEqual(padded);
  const folder = world.server.blobsPath;
  const stored = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = stored.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  expect(sizes.sort(descending)).toEqual(padded.sort(descending));
  const database = new Database(world.server.databasePath, { readonly: true });
  const rows = database.prepare("SELECT segments, bytes FROM blobs").all() as { segments: number; bytes: number }[];
  database.close();
  expect(rows.map(({ bytes }) => bytes).sort(descending)).toEqual(padded);
  expect(rows.every(({ segments }) => segments === 1)).toBe(true);
});

test("F1 empty files go and come back; one byte beyond the limit does not begin", async () => {
  await using g = await ground();
  const { ana, ben, gate, general } = g;
  await send(ben, general, new Uint8Array());
  await comesWhole(ana, general, new Uint8Array());
  const huge: ByteSource = { size: LIMITS.fileBytes + 1, read: async () => new Uint8Array() };
  await expect(send(ben, general, huge, "too large")).rejects.toMatchObject({ code: "wire/too-large" });
  expect(gate.put).toHaveLength(1);
  const name = `${"n".repeat(10_000)}.tar`;
  await ben.engine.sendMessage({
    ws: ben.ws,
    channel: general,
    text: "long",
    files: [input(bytesSource(new Uint8Array(5)), name)],
  });
  const item = await ana.message(general, (one) => one.text === "long" && one.files[0]?.state === "ready");
  expect(item.files[0]?.name).toMatch(/^n{200,250}….tar$/);
});

test("F1 the first, a middle and the last bytes are read without the rest", async () => {
  await using g = await ground();
  const { ana, ben, general } = g;
  const bytes = bytesOf(2 * SEGMENT + 777);
  await send(ben, general, bytes);
  const { id } = await fileIs(ana, general, ready);
  let fetched = 0;
  const { downloads } = ana.account;
  const { getSegment } = ana.account.ports.transport;
  ana.account.ports.transport.getSegment = (...args) => {
    fetched += 1;
    return getSegment(...args);
  };
  const read = async (from: number, to: number) =>
    (await ana.engine.readFile({ ws: ana.ws, channel: general, id, from, to })).bytes;
  expect(Buffer.compare(await read(bytes.length - 700, bytes.length), bytes.subarray(-700))).toBe(0);
  expect(fetched).toBe(1);
  expect(Buffer.compare(await read(0, 100), bytes.subarray(0, 100))).toBe(0);
  expect(fetched).toBe(2);
  const border = await read(SEGMENT - 10, SEGMENT + 10);
  expect(Buffer.compare(border, bytes.subarray(SEGMENT - 10, SEGMENT + 10))).toBe(0);
  expect(await read(bytes.length + 1, bytes.length + 2)).toHaveLength(0);
  await expect(read(-1, 2)).rejects.toMatchObject({ code: "bug/unexpected" });
  downloads.forget();
});
