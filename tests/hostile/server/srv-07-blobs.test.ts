// SRV-07: files as an attacker would use them: guessed ids, paths, hijacked uploads, ranges, what a browser would run.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { MAX_SEGMENT_BYTES } from "@/server/blobs/limits.ts";
import { insideOf } from "@/server/blobs/paths.ts";
import { parseRange } from "@/server/blobs/routes.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { ciphertext, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;
let eve: Person;
let channel: ChannelId;

beforeAll(async () => {
  world = await ServerWorld.founded();
  founder = world.book.founder;
  eve = await world.join("eve");
  channel = await world.channel();
});
afterAll(() => world.stop());

const SMALL = ciphertext(50, 1)[0] as Uint8Array;
const BAD = "wire/bad-padding";
/** Two segments, the second of them short. */
const TWO = LIMITS.segmentBytes + 1;

async function begin(by: Person, size: number = 50): Promise<string> {
  return (await world.call("files.create", { channel, ...declared(size) }, await world.login(by))).data.blob;
}

/** Every file below the data folder's blobs. */
function files(): string[] {
  return readdirSync(world.server.blobsPath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe("SRV-07 blobs", () => {
  test("SRV-07 ids are the server's: one that the client made up takes nothing", async () => {
    const before = files().length;
    const put = await world.putSegment({ blob: freshId(), segment: 0 }, SMALL, await world.login(founder));
    expect(put).toEqual({ status: 404, fault: "may/not-found" });
    expect(files()).toHaveLength(before);
  });

  test("SRV-07 an upload belongs to the device that began it", async () => {
    const blob = await begin(founder);
    const hers = await world.login(eve);
    expect((await world.putSegment({ blob, segment: 0 }, SMALL, hers)).fault).toBe("may/not-found");
    expect((await world.call("files.finish", { blob }, hers)).fault).toBe("may/not-found");
  });

  test("SRV-07 what is there is never written over; the same bytes may come again", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder);
    const at = { blob, segment: 0 };
    const [other] = ciphertext(50, 2);
    expect((await world.putSegment(at, SMALL, token)).status).toBe(204);
    expect((await world.putSegment(at, SMALL, token)).status).toBe(204);
    expect((await world.putSegment(at, other as Uint8Array, token)).fault).toBe("proof/duplicate");
    await world.call("files.finish", { blob }, token);
    expect((await world.putSegment(at, SMALL, token)).fault).toBe("proof/duplicate");
    const got = await world.getSegment(at, token);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(SMALL);
  });

  test("SRV-07 nobody reads an upload that is not finished, and a file with a hole does not finish", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder, TWO);
    const put = await world.putSegment({ blob, segment: 1 }, ciphertext(TWO)[1] as Uint8Array, token);
    expect(put.status).toBe(204);
    expect((await world.getSegment({ blob, segment: 1 }, token)).status).toBe(404);
    expect((await world.call("files.finish", { blob }, token)).fault).toBe("crypto/file-truncated");
  });

  test("SRV-07 what is given up goes at once, with its bytes; not by another, and not once it was forwarded", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder);
    await world.putSegment({ blob, segment: 0 }, SMALL, token);
    const before = files().length;
    expect((await world.call("files.drop", { blob }, token)).fault).toBeNull();
    expect(files()).toHaveLength(before - 1);
    const late = await world.upload(founder, channel, ciphertext(5));
    const there = files().length;
    expect((await world.call("files.drop", { blob: late }, await world.login(eve))).fault).toBe("may/not-found");
    expect(files()).toHaveLength(there);
    expect((await world.call("files.drop", { blob: late }, token)).fault).toBeNull();
    expect(files()).toHaveLength(there - 1);
    const kept = await world.upload(founder, channel, ciphertext(5));
    const other = { blob: kept, channel: await world.channel() };
    expect((await world.call("files.share", other, token)).data).toEqual({ channels: 2 });
    expect((await world.call("files.drop", { blob: kept }, token)).fault).toBe("may/not-found");
    expect((await world.getSegment({ blob: kept, segment: 0 }, token)).status).toBe(200);
  });

  test("SRV-07 more segments, larger segments, empty ones", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder);
    expect((await world.putSegment({ blob, segment: 1 }, SMALL, token)).fault).toBe("may/not-found");
    const huge = new Uint8Array(MAX_SEGMENT_BYTES + 1);
    const wide = await begin(founder, TWO);
    expect((await world.putSegment({ blob: wide, segment: 0 }, huge, token)).fault).toBe("wire/too-large");
    expect((await world.putSegment({ blob: wide, segment: 0 }, new Uint8Array(0), token)).fault).toBe("may/bad-body");
  });

  test("SRV-07 sizes that no padding class has are not begun, whatever is said of segments", async () => {
    const token = await world.login(founder);
    const create = async (segments: number, bytes: number) =>
      (await world.call("files.create", { channel, segments, bytes }, token)).fault;
    const { smallFileBytes: small, segmentBytes: segment } = LIMITS;
    for (const size of [1000, 70_000, small - 1, small, segment, TWO, 100_000_000, 1_073_741_824]) {
      const { segments, bytes } = declared(size);
      for (const beside of [bytes - 1, bytes + 1, bytes + 17]) expect(await create(segments, beside)).toBe(BAD);
      expect(await create(segments + 1, bytes), `${size}`).toBe(BAD);
      expect(await create(segments + 1, bytes + 24), `${size}`).toBe(BAD);
      const { fault, data } = await world.call("files.create", { channel, segments, bytes }, token);
      expect(fault, `${size}`).toBeNull();
      await world.call("files.drop", { blob: data.blob }, token);
    }
    // A file that is not padded is sealed as well as any other; what it would tell is its size.
    expect(await create(1, 24 + 1_000_001 + 17 * 16)).toBe(BAD);
    expect([await create(1, 0), await create(1, 41), await create(600, 42)]).toEqual([BAD, BAD, BAD]);
  });

  test("SRV-07 a segment has the size of its padding class, to the byte", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder);
    const before = files().length;
    for (const bytes of [SMALL.length - 1, SMALL.length + 1, 20_000]) {
      const put = await world.putSegment({ blob, segment: 0 }, new Uint8Array(bytes), token);
      expect(put, `${bytes}`).toEqual({ status: 400, fault: BAD });
    }
    const wide = await begin(founder, TWO);
    const swapped = await world.putSegment({ blob: wide, segment: 0 }, ciphertext(TWO)[1] as Uint8Array, token);
    expect(swapped.fault).toBe(BAD);
    expect(files()).toHaveLength(before);
  });

  test("SRV-07 a body that ends early leaves nothing behind", async () => {
    const token = await world.login(founder);
    const blob = await begin(founder);
    const before = files().length;
    await new Promise<void>((resolve) => {
      const socket = connect(world.server.port, "127.0.0.1", () => {
        socket.write(
          `PUT /blob/${world.ws}/${blob}/0 HTTP/1.1\r\nhost: 127.0.0.1:${world.server.port}\r\n` +
            `authorization: Bearer ${token}\r\ncontent-length: ${SMALL.length}\r\n\r\n0123456789`,
          () => socket.destroy(),
        );
      });
      socket.on("close", () => resolve());
    });
    // The next request of this connection's server is served after the broken one was cleared up.
    while (world.log.at(-1)?.route !== "blob") await new Promise((resolve) => setImmediate(resolve));
    expect(files()).toHaveLength(before);
    expect((await world.putSegment({ blob, segment: 0 }, SMALL, token)).status).toBe(204);
  });

  test("SRV-07 paths: dots, encodings, other forms of ids and numbers", async () => {
    const token = await world.login(founder);
    const blob = await world.upload(founder, channel, ciphertext(5));
    writeFileSync(join(world.dataDir, "secret"), "x");
    const paths = [
      `/blob/${world.ws}/${blob}/../../../secret`,
      `/blob/${world.ws}/${blob}/..%2f..%2f..%2fsecret`,
      `/blob/../secret`,
      `/blob/${world.ws}/${blob}/00`,
      `/blob/${world.ws}/${blob}/-1`,
      `/blob/${world.ws}/${blob}/0x0`,
      `/blob/${world.ws}/${blob}/0/`,
      `/blob/${world.ws}/${blob}=/0`,
      `/blob/${world.ws}/${blob}/`,
      `/blob/${world.ws.slice(0, 22)}/${blob}/0`,
      `//blob/${world.ws}/${blob}/0`,
      `/blob/${world.ws}/${"A".repeat(23)}/0`,
    ];
    for (const path of paths) {
      const status = await new Promise<string>((resolve) => {
        const socket = connect(world.server.port, "127.0.0.1", () =>
          socket.write(
            `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${world.server.port}\r\nauthorization: Bearer ${token}\r\n\r\n`,
          ),
        );
        socket.once("data", (piece) => {
          resolve(String(piece).split("\r\n")[0] ?? "");
          socket.destroy();
        });
      });
      expect(status, path).toBe("HTTP/1.1 404 Not Found");
    }
    expect(() => insideOf("/a/b", "..", "c")).toThrow("may/not-found");
    expect(() => insideOf("/a/b")).toThrow("may/not-found");
    expect(() => insideOf("/a/b", "../bc")).toThrow("may/not-found");
  });

  test("SRV-07 answers are attachments of no type that a browser would show or run", async () => {
    const html = new TextEncoder().encode("<script>alert(1)</script>");
    const blob = await world.upload(founder, channel, [concat(html, new Uint8Array(SMALL.length - html.length))]);
    const got = await world.getSegment({ blob, segment: 0 }, await world.login(founder));
    expect(got.headers.get("content-type")).toBe("application/octet-stream");
    expect(got.headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    expect(got.headers.get("content-security-policy")).toMatch(/^default-src 'none'.*sandbox/);
    expect(got.headers.get("cache-control")).toBe("no-store");
    expect(got.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  test("SRV-07 ranges keep within bounds", async () => {
    const token = await world.login(founder);
    const bytes = Uint8Array.from({ length: 105 }, (_, i) => i);
    const blob = await world.upload(founder, channel, [bytes]);
    const ask = async (range: string) => {
      const got = await world.getSegment({ blob, segment: 0 }, token, { range });
      return [got.status, new Uint8Array(await got.arrayBuffer()).length, got.headers.get("content-range")];
    };
    expect(await ask("bytes=10-19")).toEqual([206, 10, "bytes 10-19/105"]);
    expect(await ask("bytes=90-")).toEqual([206, 15, "bytes 90-104/105"]);
    expect(await ask("bytes=-5")).toEqual([206, 5, "bytes 100-104/105"]);
    expect(await ask("bytes=50-999999")).toEqual([206, 55, "bytes 50-104/105"]);
    expect(await ask("bytes=105-")).toEqual([416, 0, "bytes */105"]);
    expect(await ask("bytes=0-1,5-9")).toEqual([200, 105, null]);
    expect(parseRange("bytes=9-3", 100)).toBe("unsatisfiable");
    expect(parseRange("bytes=-0", 100)).toBe("unsatisfiable");
    expect(parseRange("bytes=0-999999999999999999", 100)).toEqual({ start: 0, end: 99, partial: false });
  });

  test("SRV-07 who left the channel reads its files no more, and shares none", async () => {
    const { scope, channel: room } = await world.room(founder, [eve]);
    const blob = await world.upload(founder, room, ciphertext(5));
    const hers = await world.login(eve);
    expect((await world.getSegment({ blob, segment: 0 }, hers)).status).toBe(200);
    const chain = { chain: scope as never };
    world.book.add(founder, { kind: "C", type: "scope_remove", body: { user: eve.user } }, chain);
    await world.push(await world.login(founder));
    expect((await world.getSegment({ blob, segment: 0 }, hers)).status).toBe(404);
    expect((await world.call("files.share", { blob, channel }, hers)).fault).toBe("may/not-found");
  });

  test("SRV-07 broken uploads and files that no row knows are cleared away, and nothing else", async () => {
    const home = await ServerWorld.founded();
    const place = await home.channel();
    const token = await home.login(home.book.founder);
    const kept = await home.upload(home.book.founder, place, ciphertext(5));
    const broken = await home.call("files.create", { channel: place, ...declared(TWO) }, token);
    await home.putSegment({ blob: broken.data.blob, segment: 1 }, ciphertext(TWO)[1] as Uint8Array, token);
    const orphan = join(home.server.blobsPath, "00", "00", "0000");
    mkdirSync(orphan, { recursive: true });
    writeFileSync(join(orphan, "0000"), "x");
    // Files carry this machine's time: the upkeep of two days later finds all of them old.
    home.clock.at = Date.now() + 48 * 3600 * 1000;
    await home.server.sweep();
    home.forget(home.book.founder.device);
    expect(existsSync(orphan)).toBe(false);
    const later = await home.login(home.book.founder);
    expect((await home.getSegment({ blob: kept, segment: 0 }, later)).status).toBe(200);
    expect((await home.call("files.finish", { blob: broken.data.blob }, later)).fault).toBe("may/not-found");
    await home.stop();
  });
});
