// MS-21, 22, 26 and 27: altered segments, false claims, types that would run, names that would escape.
import { expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { EventId } from "@/lib/base/ids.ts";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { mintFileKey, sealSegment, segmentHash, segmentsOf } from "@/lib/crypto/file.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { craftEvent, message, postRaw } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage, refused, type Stage } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const SECRET = "the ledger of the mill, page one";
const CHUNK = 64 * 1024;

/** Sends a file from one engine and waits until another shows it. */
async function sendFile(from: Actor, to: Actor, stage: Stage, bytes: Uint8Array, text: string): Promise<string> {
  const file = { name: "ledger.bin", type: "application/x-ledger", source: bytes };
  const files = [{ ...file, width: null, height: null, thumbnail: null }];
  await from.engine.sendMessage({ ws: from.ws, channel: stage.general, text, files });
  const is = (item: MessageItem) => item.text === text && item.files[0]?.state === "ready";
  return (await to.message(stage.general, is)).files[0]?.id ?? "";
}

test("MS-21 segments and chunks swapped, reordered, cut, doubled, extended or taken from elsewhere: no byte comes out", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const words = new TextEncoder().encode(SECRET);
  const small = new Uint8Array(3 * CHUNK).fill(7);
  small.set(words);
  const id = await sendFile(ana, ben, stage, small, "a file of three chunks");
  const otherId = await sendFile(ana, ben, stage, small, "the same once more");
  const before = beliefs(ben, stage.general);
  const kept = new Map<string, Uint8Array>();
  liar.segments = (bytes, at) => {
    kept.set(at.blob, bytes);
    return bytes;
  };
  const download = (file: string) => ben.engine.downloadFile({ ws: ben.ws, channel: stage.general, id: file });
  expect((await download(id)).data).toHaveLength(small.length);
  expect((await download(otherId)).data).toHaveLength(small.length);
  const [, other = new Uint8Array()] = [...kept.values()];
  const sealedChunk = CHUNK + 17;
  const chunk = (bytes: Uint8Array, i: number) => bytes.subarray(24 + i * sealedChunk, 24 + (i + 1) * sealedChunk);
  const rebuild = (bytes: Uint8Array, ...order: readonly number[]) =>
    concat(bytes.subarray(0, 24), ...order.map((i) => chunk(bytes, i)));
  const lies: readonly [FaultCode, (bytes: Uint8Array) => Uint8Array][] = [
    ["crypto/file-altered", (bytes) => rebuild(bytes, 1, 0, 2)],
    ["crypto/file-altered", (bytes) => rebuild(bytes, 0, 0, 2)],
    ["crypto/file-altered", (bytes) => rebuild(bytes, 0, 1, 2, 2)],
    ["crypto/file-truncated", (bytes) => rebuild(bytes, 0, 2)],
    ["crypto/file-truncated", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["crypto/file-truncated", () => new Uint8Array()],
    ["crypto/file-altered", (bytes) => concat(bytes, new Uint8Array(1))],
    ["crypto/file-altered", () => other],
    ["crypto/file-altered", (bytes) => bytes.map((byte, i) => (i === 99 ? byte ^ 1 : byte))],
  ];
  for (const [code, lie] of lies) {
    liar.segments = lie;
    await expect(download(id), code).rejects.toMatchObject({ code });
  }
  // Whole segments of one file, each in the other's place.
  liar.honest();
  const big = concat(words, new Uint8Array(LIMITS.segmentBytes + 300_000).fill(7));
  const bigId = await sendFile(ana, ben, stage, big, "a file of two segments");
  liar.segments = async (_, at) => {
    const token = await ben.account.session.token();
    return await liar.inner.getSegment({ ...at, segment: 1 - at.segment }, token, { maxBytes: 2 ** 24 });
  };
  await expect(download(bigId)).rejects.toMatchObject({ code: "crypto/file-truncated" });
  liar.honest();
  expect((await download(id)).data).toHaveLength(small.length);
  expect(beliefs(ben)).toEqual({ ...(before as object), said: [] });
  stage.expectNoLeak(SECRET);
});

/** A file event of `by` whose blob and claims are made by hand. */
async function claimFile(by: Actor, stage: Stage, text: string, change: Partial<FileRef> = {}): Promise<void> {
  const { session } = by.account;
  const plain = new Uint8Array(CHUNK * 2).fill(9);
  const [segment] = segmentsOf(plain.length);
  const bytes = segment?.sealedBytes ?? 0;
  const { blob } = await session.call("files.create", { channel: stage.general, segments: 1, bytes });
  const key = mintFileKey();
  const { sealed, hash } = sealSegment({ key, blob, size: plain.length }, 0, plain);
  const token = await session.token();
  await by.transport.putSegment({ ws: by.ws, blob, segment: 0 }, sealed, token, {});
  await session.call("files.finish", { blob });
  const file: FileRef = {
    blob,
    key: exposeSecret(key),
    size: plain.length,
    name: "x.bin",
    type: "application/x-thing",
    segments: [hash],
    width: null,
    height: null,
    thumbnail: null,
    ...change,
  };
  const of = mintId<"event">(randomBytes(ID_BYTES));
  const session1 = mintId<"session">(randomBytes(ID_BYTES));
  const root = await craftEvent(by, stage.general, { ...message(text), files: 1 } as never, {
    header: { id: of, session: session1, seq: 0 },
  });
  const event = await craftEvent(
    by,
    stage.general,
    { k: "file", of, index: 0, file },
    {
      header: { session: session1, seq: 1 },
    },
  );
  await postRaw(by, stage.general, root, event);
}

async function fileIn(actor: Actor, stage: Stage, text: string): Promise<MessageItem["files"][number]> {
  const item = await actor.message(stage.general, (one) => one.text === text && one.files[0]?.state === "ready");
  const [file] = item.files;
  if (file === undefined) throw new TypeError("no file");
  return file;
}

test("MS-22 a false size, hash or count of segments is refused by name, and a claimed type is not believed", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const hash = segmentHash(new Uint8Array(1));
  const cases: readonly [string, Partial<FileRef>, FaultCode][] = [
    ["one byte less", { size: CHUNK * 2 - 1 }, "crypto/file-size"],
    ["much less", { size: 100 }, "crypto/file-altered"],
    ["more than there is", { size: CHUNK * 64 }, "crypto/file-truncated"],
    ["more segments", { segments: [hash, hash] }, "crypto/file-size"],
    ["another hash", { segments: [hash] }, "crypto/file-altered"],
  ];
  for (const [text, change, code] of cases) {
    await claimFile(ben, stage, text, change);
    const { id } = await fileIn(ana, stage, text);
    await expect(ana.engine.downloadFile({ ws: ana.ws, channel: stage.general, id }), text).rejects.toMatchObject({
      code,
    });
  }
  await claimFile(ben, stage, "a page", { type: "text/html", name: "photo.png" });
  const { id } = await fileIn(ana, stage, "a page");
  const got = await ana.engine.downloadFile({ ws: ana.ws, channel: stage.general, id });
  expect(got).toMatchObject({ type: "application/octet-stream", name: "photo.png" });
  stage.expectNoLeak("photo.png", "application/x-thing");
});

test("MS-26 what could run is handed out as bytes alone, and only raster pictures come as thumbnails", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  for (const type of [
    "image/svg+xml",
    "text/html",
    "application/pdf",
    "application/xhtml+xml",
    "text/xml",
    "IMAGE/SVG+XML",
  ]) {
    await claimFile(ben, stage, type, { type });
    const { id, thumbnail } = await fileIn(ana, stage, type);
    expect(thumbnail).toBeNull();
    const got = await ana.engine.downloadFile({ ws: ana.ws, channel: stage.general, id });
    expect(got.type, type).toBe("application/octet-stream");
  }
  await claimFile(ben, stage, "a true picture", { type: "image/png" });
  const { id } = await fileIn(ana, stage, "a true picture");
  expect((await ana.engine.downloadFile({ ws: ana.ws, channel: stage.general, id })).type).toBe("image/png");
  // A thumbnail of a type that could run is no content at all.
  const before = beliefs(ana, stage.general);
  const svg = new TextEncoder().encode("<svg onload=alert(1)>");
  const avatar = { type: "image/svg+xml", width: 1, height: 1, bytes: svg };
  const content = encodeCbor({ k: "profile", rev: 99, name: "Ben", title: "", avatar });
  await postRaw(ben, stage.general, await craftEvent(ben, stage.general, message(""), { raw: { content } }));
  await refused(ana, stage.general, "wire/bad-shape");
  expect(beliefs(ana, stage.general)).toEqual(before);
  expect(ana.account.registers.profile(ben.account.me)?.avatar ?? null).toBeNull();
  expect(liar.leaks("<svg onload=alert(1)>")).toEqual([]);
});

test("MS-27 names with paths, reserved words, controls and reversals come out plain", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const names: readonly [string, string][] = [
    ["../../../etc/passwd", "passwd"],
    ["..\\..\\windows\\win.ini", "win.ini"],
    ["/", "file"],
    ["..", "file"],
    ["", "file"],
    ["CON", "file-CON"],
    ["nul.txt", "file-nul.txt"],
    ["a\u0000b\r\n.txt", "ab.txt"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ["zero\u200Bwidth\uFEFF.txt", "zerowidth.txt"],
    ['<b>"x"|y?*:.txt', "bxy.txt"],
    [".bashrc", "bashrc"],
    ["trailing. . ", "trailing"],
  ];
  for (const [i, [name, plain]] of names.entries()) {
    await claimFile(ben, stage, `name ${i}`, { name });
    const file = await fileIn(ana, stage, `name ${i}`);
    expect(file.name, name).toBe(plain);
    const got = await ana.engine.downloadFile({ ws: ana.ws, channel: stage.general, id: file.id });
    expect(got.name, name).toBe(plain);
  }
  const items = await ana.until(`timeline:${ana.ws}:${stage.general}`, () => true);
  expect(items.items.filter((item) => item.t === "message")).toHaveLength(names.length);
  const ids = new Set(items.items.map((item) => item.id as EventId));
  expect(ids.size).toBe(items.items.length);
  stage.expectNoLeak("etc/passwd", "invoice\u202Efdp.exe");
});
