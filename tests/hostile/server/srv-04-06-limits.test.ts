// SRV-04, SRV-05, SRV-06: rates, quotas, and bodies that are refused before anybody parses them.
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Limits } from "@/server/env.ts";
import { depthOf } from "@/server/web/body.ts";
import { b64, call, ciphertext, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

async function founded(limits: Partial<Limits>): Promise<ServerWorld> {
  const world = await ServerWorld.founded({ limits });
  onTestFinished(() => world.stop());
  return world;
}

describe("SRV-04 rates", () => {
  test("SRV-04 strangers, by address; in time they may again", async () => {
    const world = await founded({ strangers: { burst: 5, perMinute: 60 } });
    const faults: (string | null)[] = [];
    for (let i = 0; i < 8; i += 1) faults.push((await world.call("auth.challenge", { ws: null })).fault);
    expect(faults.filter((fault) => fault === null).length).toBeLessThanOrEqual(5);
    expect(faults.at(-1)).toBe("may/too-many");
    world.clock.at += 2000;
    expect((await world.call("auth.challenge", { ws: null })).fault).toBeNull();
  });

  test("SRV-04 guesses at setup tokens and invites", async () => {
    const world = await founded({ guesses: { burst: 4, perMinute: 1 } });
    const batch = world.batch([world.book.entries[0]!.link!]);
    const faults: (string | null)[] = [];
    for (let i = 0; i < 3; i += 1) faults.push((await world.call("setup.create", { token: b64(32), batch })).fault);
    for (let i = 0; i < 3; i += 1) faults.push((await world.call("invites.open", { invite: freshId() })).fault);
    expect(faults.at(0)).toBe("may/setup-used");
    expect(faults.at(-1)).toBe("may/too-many");
  });

  test("SRV-04 calls, events and links of one device; another's are not its affair", async () => {
    const world = await founded({ events: { burst: 3, perMinute: 1 }, links: { burst: 8, perMinute: 1 } });
    const bob = await world.join("bob");
    const channel = await world.channel(bob);
    for (let i = 0; i < 3; i += 1) await world.write(bob, channel);
    expect((await world.send(bob, channel, [world.event(bob, channel)])).fault).toBe("may/too-many");
    await world.write(world.book.founder, channel);
    for (let i = 0; i < 7; i += 1) await world.channel(bob);
    await expect(world.channel(bob)).rejects.toThrow("may/too-many");
  });

  test("SRV-04 calls of one device", async () => {
    const world = await founded({ calls: { burst: 3, perMinute: 1 } });
    const token = await world.login(world.book.founder);
    const faults: (string | null)[] = [];
    for (let i = 0; i < 5; i += 1) faults.push((await world.call("ledger.head", {}, token)).fault);
    expect(faults).toEqual([null, null, null, "may/too-many", "may/too-many"]);
  });
});

describe("SRV-05 quotas", () => {
  test("SRV-05 bytes and files of a workspace, uploads under way, size of one file", async () => {
    const world = await founded({ workspaceBytes: 1000, filesPerWorkspace: 3, openUploads: 2, fileBytes: 800 });
    const channel = await world.channel();
    const token = await world.login(world.book.founder);
    const create = async (size: number) =>
      (await world.call("files.create", { channel, ...declared(size) }, token)).fault;
    expect(await create(100_000)).toBe("wire/too-large");
    await world.upload(world.book.founder, channel, ciphertext(700));
    expect(await create(400)).toBe("may/quota");
    expect([await create(10), await create(10), await create(10)]).toEqual([null, null, "may/quota"]);
    const busy = await founded({ openUploads: 1 });
    const theirs = await busy.channel();
    const hers = await busy.login(busy.book.founder);
    const input = { channel: theirs, ...declared(1) };
    expect((await busy.call("files.create", input, hers)).fault).toBeNull();
    expect((await busy.call("files.create", input, hers)).fault).toBe("may/too-many");
  });

  test("SRV-05 bytes of one person, who leaves the others room; what is given up counts no more", async () => {
    const world = await founded({ workspaceBytes: 10_000, personBytes: 1000 });
    const { founder } = world.book;
    const bob = await world.join("bob");
    const channel = await world.channel();
    const create = async (by: typeof bob, size: number) =>
      await world.call("files.create", { channel, ...declared(size) }, await world.login(by));
    await world.upload(founder, channel, ciphertext(700));
    const begun = await create(founder, 200);
    expect([begun.fault, (await create(founder, 10)).fault]).toEqual([null, "may/quota"]);
    expect((await create(bob, 900)).fault).toBeNull();
    const drop = async (by: typeof bob) =>
      (await world.call("files.drop", { blob: begun.data.blob }, await world.login(by))).fault;
    expect([await drop(bob), await drop(founder), await drop(founder)]).toEqual([
      "may/not-found",
      null,
      "may/not-found",
    ]);
    expect((await create(founder, 10)).fault).toBeNull();
  });

  test("SRV-05 devices of a person, channels and members of a workspace", async () => {
    const world = await founded({ devicesPerUser: 2, channels: 3, members: 2 });
    const { founder } = world.book;
    const token = await world.login(founder);
    world.book.device(founder);
    await world.push(token);
    const third = world.book.fork();
    third.device(founder);
    const link = third.entries.at(-1)!.link!;
    const refused = await world.call("ledger.append", { after: world.head(), batch: world.batch([link]) }, token);
    expect(refused.fault).toBe("may/quota");
    await world.join("bob");
    await expect(world.join("carol")).rejects.toThrow("may/quota");
    const roomy = await founded({ channels: 3 });
    await roomy.channel();
    await roomy.room(roomy.book.founder, []);
    await expect(roomy.channel()).rejects.toThrow("may/quota");
  });

  test("SRV-05 sockets of a device and of an address", async () => {
    const world = await founded({ socketsPerDevice: 2, socketsPerAddress: 3 });
    await world.listen(world.book.founder);
    await world.listen(world.book.founder);
    const third = world.ear();
    await third.send({ t: "hello", token: await world.login(world.book.founder) });
    expect((await third.next("bye")).code).toBe("may/quota");
    await third.closed;
    const one = world.ear();
    await one.send({ t: "hello", token: "x" });
    const many = [world.ear(), world.ear(), world.ear()];
    expect(await Promise.race(many.map((ear) => ear.closed))).toBe(1006);
  });
});

/** Sends raw bytes and answers the first line that comes back. */
function raw(world: ServerWorld, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(world.server.port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.on("data", (piece) => {
      heard += String(piece);
      if (!heard.includes("\r\n")) return;
      resolve(heard.split("\r\n")[0] ?? "");
      socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(heard));
  });
}

describe("SRV-06 bodies", () => {
  test("SRV-06 a body that says it is too large is refused before a byte of it is read", async () => {
    const world = await founded({});
    const head = `POST /trpc/auth.challenge HTTP/1.1\r\nhost: localhost:${world.server.port}\r\ncontent-type: application/json\r\n`;
    expect(await raw(world, `${head}content-length: 999999999\r\n\r\n`)).toBe("HTTP/1.1 413 Payload Too Large");
  });

  test("SRV-06 a body that does not say so is refused as soon as it is", async () => {
    const world = await founded({});
    const head = `POST /trpc/auth.challenge HTTP/1.1\r\nhost: localhost:${world.server.port}\r\ncontent-type: application/json\r\n`;
    const piece = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    expect(await raw(world, `${head}transfer-encoding: chunked\r\n\r\n${piece}${piece}`)).toBe(
      "HTTP/1.1 413 Payload Too Large",
    );
  });

  test("SRV-06 depth, broken JSON, broken UTF-8, foreign keys, other types", async () => {
    const world = await founded({});
    const send = (body: string, headers: Record<string, string> = {}) =>
      call(world.url, "auth.challenge", null, null, { body, headers });
    const deep = `{"ws":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    for (const body of [
      deep,
      "{",
      '{"ws":null',
      "nul",
      '{"ws":NaN}',
      '{"ws":null,"more":1}',
      '{"ws":null,"__proto__":{}}',
    ])
      expect((await send(body)).fault, body.slice(0, 30)).toBe("may/bad-body");
    expect((await send('{"ws":null}', { "content-type": "text/plain" })).fault).toBe("may/bad-body");
    const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const response = await fetch(`${world.url}/trpc/auth.challenge`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: broken,
    });
    expect(await response.text()).toContain("may/bad-body");
  });

  test("SRV-06 depth is counted past quotes and escapes", () => {
    expect(depthOf('{"a":"[[[[\\"[[","b":[1]}')).toBe(2);
    expect(depthOf("[[[]]]")).toBe(3);
  });

  test("SRV-06 several calls in one request, and lists beyond their caps", async () => {
    const world = await founded({});
    const token = await world.login(world.book.founder);
    const batch = await fetch(`${world.url}/trpc/ledger.head,ledger.head?batch=1`, { method: "POST", body: "{}" });
    expect(batch.status).toBe(404);
    const one = await fetch(`${world.url}/trpc/ledger.head?batch=1`, { method: "POST", body: "{}" });
    expect(one.status).toBe(400);
    const channel = await world.channel();
    const events = Array.from({ length: 101 }, () => ({ h: b64(100), n: b64(24), c: b64(528) }));
    expect((await world.call("events.append", { channel, events }, token)).fault).toBe("may/bad-body");
    const cursors = Array.from({ length: 2001 }, () => ({ channel, after: 0 }));
    expect((await world.call("sync.pull", { cursors, limit: 1 }, token)).fault).toBe("may/bad-body");
    const limit = { channel, after: 0, before: null, limit: 501 };
    expect((await world.call("events.read", limit, token)).fault).toBe("may/bad-body");
    const huge = [{ h: b64(513), n: b64(24), c: b64(528) }];
    expect((await world.call("events.append", { channel, events: huge }, token)).fault).toBe("may/bad-body");
  });
});
