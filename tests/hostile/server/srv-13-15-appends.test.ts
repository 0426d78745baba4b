// SRV-13 to SRV-15: what is appended: injected text, unsigned or badly signed links, writing right after a removal.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import type { LinkAct, SignedLink } from "@/lib/protocol/link.ts";
import { toLinkJson } from "@/lib/protocol/sync.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { inChain, NO_DEVICE, roleAct, scopeAct } from "@/tests/ledger-kit.ts";
import { b64, call, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;
let bob: Person;
let channel: ChannelId;

beforeAll(async () => {
  world = await ServerWorld.founded();
  founder = world.book.founder;
  bob = await world.join("bob");
  channel = await world.channel();
});
afterAll(() => world.stop());

async function append(by: Person, links: readonly SignedLink[], seals: unknown[] = []): Promise<string | null> {
  const input = { after: world.head(), batch: { links: links.map(toLinkJson), seals, boxes: [] } };
  const answer = await world.call("ledger.append", input, await world.login(by));
  return answer.fault ?? (answer.data.ok ? null : "stale");
}

describe("SRV-13 injection", () => {
  test("SRV-13 texts where ids, numbers and lists belong change nothing and break nothing", async () => {
    const token = await world.login(bob);
    const texts = [
      "' OR 1=1 --",
      "1; DROP TABLE events",
      "\u0000",
      "%00",
      "../..",
      "{{7*7}}",
      "A'.repeat(22)",
      "\ud800",
    ];
    for (const text of texts)
      for (const [procedure, input] of [
        ["events.read", { channel: text, after: 0, before: null, limit: 1 }],
        ["events.read", { channel, after: text, before: null, limit: 1 }],
        ["events.read", { channel, after: 0, before: null, limit: text }],
        ["events.row", { channel, id: text }],
        ["events.purge", { channel, ids: [text], blobs: [text] }],
        ["keys.read", { scope: text, from: 0, to: 1 }],
        ["invites.open", { invite: text }],
        ["auth.challenge", { ws: text }],
        ["files.create", { channel: text, ...declared(1) }],
        ["ledger.read", { after: text, limit: 1 }],
      ] as const)
        expect((await world.call(procedure, input, token)).fault, `${procedure} ${text}`).toBe("may/bad-body");
  });

  test("SRV-13 ids have one form: with other spare bits, padding or length they are none", async () => {
    const token = await world.login(bob);
    const id = mintId<"channel">(new Uint8Array(16));
    for (const form of [`${id.slice(0, -1)}B`, `${id}==`, `${id}A`, id.slice(0, -1), ` ${id}`, [id], { id }])
      expect((await world.call("events.row", { channel: form, id }, token)).fault).toBe("may/bad-body");
  });

  test("SRV-13 numbers out of range, and keys that reach for prototypes", async () => {
    const token = await world.login(bob);
    for (const limit of [-1, 1.5, 1e300, 9e15, null])
      expect((await world.call("events.read", { channel, after: 0, before: null, limit }, token)).fault).toBe(
        "may/bad-body",
      );
    for (const key of ["__proto__", "constructor", "toString"]) {
      const body = `{"channel":"${channel}","after":0,"before":null,"limit":1,"${key}":{"limit":9}}`;
      expect((await call(world.url, "events.read", null, token, { body })).fault, key).toBe("may/bad-body");
    }
    for (const name of [
      "__proto__",
      "constructor.name",
      "events.__proto__",
      "events",
      "events.append.length",
      "toString",
    ])
      expect((await world.call(name, {}, token)).fault, name).toBe("may/not-found");
  });
});

describe("SRV-14 links", () => {
  const remove = (who: Person): LinkAct => ({ kind: "W", type: "member_remove", body: { user: who.user } });

  test("SRV-14 unsigned, signed by another device, changed after signing", async () => {
    const act = remove(bob);
    const good = world.book.sign(founder, act);
    const target = Buffer.from(good.bytes).indexOf(Buffer.from(idBytes(bob.user)));
    const flipped = good.bytes.map((byte, i) => (i === target ? byte ^ 1 : byte));
    const bad: SignedLink[] = [
      { ...good, sig: new Uint8Array(64) },
      world.book.sign(founder, act, { sign: () => world.book.sign(bob, act).sig }),
      { ...good, bytes: flipped },
      { ...good, extra: new Uint8Array(64) },
    ];
    for (const link of bad) expect(await append(founder, [link])).toMatch(/^(proof|wire)\//);
    expect((await world.call("ledger.head", {}, await world.login(bob))).data.n).toBe(world.book.state.n);
  });

  test("SRV-14 a link of another device than the one that is signed in", async () => {
    const spare = world.book.device(founder);
    await world.push(await world.login(founder));
    const link = world.book.sign(founder, remove(bob), { device: spare });
    expect(await append(founder, [link])).toBe("may/forbidden");
    expect(await append(bob, [world.book.sign(founder, remove(bob))])).toBe("may/forbidden");
  });

  test("SRV-14 rights: a member removes nobody, makes nobody an owner, closes no channel of others", async () => {
    const acts: LinkAct[] = [
      remove(founder),
      roleAct(bob, "owner"),
      { kind: "W", type: "channel_archive", body: { channel } },
      { kind: "W", type: "policy_set", body: { invites: "members", channels: "members", minVersion: 1, minSuite: 1 } },
      world.book.inviteAct(bob).act,
    ];
    for (const act of acts) expect(await append(bob, [world.book.sign(bob, act)]), act.type).toMatch(/^proof\//);
    expect(await append(founder, [world.book.sign(founder, roleAct(founder, "member"))])).toBe("proof/last-owner");
  });

  test("SRV-14 a batch with one void link is absent as a whole, with its seals", async () => {
    const fork = world.book.fork();
    const fresh = freshId<"channel">();
    fork.add(bob, { kind: "W", type: "channel_create", body: { channel: fresh } });
    const second = fork.sign(bob, remove(founder));
    const links = [fork.entries.at(-1)!.link!, second];
    expect(await append(bob, links)).toMatch(/^proof\//);
    const read = await world.call(
      "events.read",
      { channel: fresh, after: 0, before: null, limit: 1 },
      await world.login(bob),
    );
    expect(read.fault).toBe("may/not-found");
  });

  test("SRV-14 seals to strangers in a batch take the batch with them", async () => {
    const fork = world.book.fork();
    fork.add(bob, { kind: "W", type: "channel_create", body: { channel: freshId() } });
    const links = [fork.entries.at(-1)!.link!];
    const seal = { purpose: "epoch", scope: world.book.scope, epoch: 1, to: "user", gen: 1, ct: b64(1168) };
    expect(await append(bob, links, [{ ...seal, recipient: freshId() }])).toBe("may/forbidden");
    expect(await append(bob, links, [{ ...seal, recipient: bob.user, epoch: 99 }])).toBe("may/forbidden");
  });

  test("SRV-14 epochs with wrong recipients, a fork of the ledger, a replay", async () => {
    const wrong = world.book.epochAct(world.book.scope, { rcpt: new Uint8Array(32) });
    expect(await append(bob, [world.book.sign(bob, wrong)])).toBe("proof/bad-epoch");
    const act: LinkAct = { kind: "W", type: "channel_create", body: { channel: freshId() } };
    const forked = world.book.sign(bob, act, { frame: { prev: new Uint8Array(32) } });
    expect(await append(bob, [forked])).toMatch(/^proof\//);
    const link = world.book.sign(bob, act);
    world.book.push(link);
    await world.push(await world.login(bob));
    expect(await append(bob, [link])).toMatch(/^proof\//);
    const old = { after: world.head(1), batch: world.batch([link]) };
    expect((await world.call("ledger.append", old, await world.login(bob))).data.ok).toBe(false);
  });

  test("SRV-14 a recovery code resets its owner's devices and does nothing else", async () => {
    const carol = await world.join("carol");
    const token = await world.loginRecovery(await world.recovery(carol));
    const others = [
      world.book.sign(carol, { kind: "W", type: "channel_create", body: { channel: freshId() } }),
      world.book.sign(bob, world.book.resetAct(bob, [world.book.mint.device()])),
      world.book.sign(
        carol,
        { kind: "W", type: "channel_create", body: { channel } },
        { frame: { device: NO_DEVICE } },
      ),
    ];
    for (const link of others) {
      const answer = await world.call("ledger.append", { after: world.head(), batch: world.batch([link]) }, token);
      expect(answer.fault).toBe("may/forbidden");
    }
    const device = world.book.mint.device();
    world.book.add(carol, world.book.resetAct(carol, [device]));
    await world.push(token);
    expect((await world.call("ledger.head", {}, await world.login(carol, device))).fault).toBeNull();
    expect((await world.call("ledger.head", {}, await world.login(carol))).fault).toBe("may/not-signed-in");
  });
});

describe("SRV-15 right after a removal", () => {
  test("SRV-15 the removed can neither write, type, read, nor lay keys; the moment it is acknowledged", async () => {
    const eve = await world.join("eve");
    const hers = await world.login(eve);
    const event = world.event(eve, channel);
    const upload = await world.call("files.create", { channel, ...declared(5) }, hers);
    world.book.remove(founder, eve);
    world.book.rotate(founder);
    const removal = world.push(await world.login(founder));
    await removal;
    const after = [
      await world.send(eve, channel, [event]),
      await world.call("events.read", { channel, after: 0, before: null, limit: 1 }, hers),
      await world.call("ledger.read", { after: 0, limit: 1 }, hers),
      await world.call("files.finish", { blob: upload.data.blob }, hers),
      await world.call("keys.write", { seals: [], boxes: [] }, hers),
    ];
    expect(new Set(after.map((answer) => answer.fault))).toEqual(new Set(["may/not-signed-in"]));
    const put = await world.putSegment({ blob: upload.data.blob, segment: 0 }, new Uint8Array(5), hers);
    expect(put.fault).toBe("may/not-signed-in");
  });

  test("SRV-15 nobody writes under the old keys between a removal and the rotation", async () => {
    const eve = await world.join("eve2");
    const stale = world.event(bob, channel);
    world.book.remove(founder, eve);
    await world.push(await world.login(founder));
    expect((await world.send(bob, channel, [stale])).data.refused?.code).toBe("proof/stale-epoch");
    world.book.rotate(bob);
    await world.push(await world.login(bob));
    const { seq, session } = { seq: 0, session: freshId<"session">() };
    const sent = await world.send(bob, channel, [world.event(bob, channel, { header: { seq, session } })]);
    expect(sent.data.refused).toBeNull();
  });

  test("SRV-15 who was taken out of a private channel, and who is a guest", async () => {
    const { scope, channel: room } = await world.room(founder, [bob]);
    await world.write(bob, room);
    world.book.add(founder, scopeAct("scope_remove", bob), inChain(scope));
    world.book.rotate(founder, scope);
    await world.push(await world.login(founder));
    expect((await world.send(bob, room, [world.event(bob, room)])).fault).toBe("may/not-found");
    const guest = await world.join("guest", "guest");
    expect((await world.send(guest, channel, [world.event(guest, channel)])).fault).toBe("may/not-found");
  });

  test("SRV-15 archived channels and channels for admins take nothing from members", async () => {
    const mine = await world.channel(founder);
    const token = await world.login(founder);
    world.book.add(founder, {
      kind: "W",
      type: "channel_policy",
      body: { channel: mine, post: "admins", retentionDays: null },
    });
    await world.push(token);
    expect((await world.send(bob, mine, [world.event(bob, mine)])).fault).toBe("proof/no-right");
    world.book.add(founder, { kind: "W", type: "channel_archive", body: { channel: mine } });
    await world.push(token);
    expect((await world.send(founder, mine, [world.event(founder, mine)])).fault).toBe("may/archived");
    expect((await world.call("files.create", { channel: mine, ...declared(5) }, token)).fault).toBe("may/archived");
  });
});
