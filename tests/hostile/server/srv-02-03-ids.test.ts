// SRV-02, SRV-03: ids of elsewhere, and ids that do not exist: refused, and told apart by nothing.
import sodium from "libsodium-wrappers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { b64, ciphertext, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let other: ServerWorld;
let founder: Person;
let channel: ChannelId;
let foreign: { channel: ChannelId; event: string; blob: string; scope: ScopeId };
let token: string;

beforeAll(async () => {
  world = await ServerWorld.founded();
  other = await ServerWorld.beside(world);
  founder = world.book.founder;
  token = await world.login(founder);
  channel = await world.channel();
  const theirs = await other.channel();
  const { id } = await other.write(other.book.founder, theirs);
  const blob = await other.upload(other.book.founder, theirs, ciphertext(9));
  foreign = { channel: theirs, event: id, blob, scope: workspaceScope(other.ws) };
});
afterAll(() => world.stop());

describe("SRV-02 ids of another workspace or place", () => {
  const cases: [string, () => unknown][] = [
    ["events.read", () => ({ channel: foreign.channel, after: 0, before: null, limit: 1 })],
    ["events.row", () => ({ channel: foreign.channel, id: foreign.event })],
    ["events.row", () => ({ channel, id: foreign.event })],
    ["events.rows", () => ({ channel: foreign.channel, before: null, limit: 1 })],
    ["events.append", () => ({ channel: foreign.channel, events: [toEventJson(world.event(founder, channel))] })],
    ["events.purge", () => ({ channel: foreign.channel, ids: [foreign.event], blobs: [] })],
    ["keys.read", () => ({ scope: foreign.scope, from: 0, to: 9 })],
    ["ledger.chain", () => ({ scope: foreign.scope })],
    ["ledger.stored", () => ({ scope: foreign.scope })],
    ["files.create", () => ({ channel: foreign.channel, ...declared(1) })],
    ["files.finish", () => ({ blob: foreign.blob })],
    ["files.drop", () => ({ blob: foreign.blob })],
    ["files.share", () => ({ blob: foreign.blob, channel })],
  ];
  for (const [procedure, input] of cases)
    test(`SRV-02 ${procedure}`, async () => {
      expect((await world.call(procedure, input(), token)).fault).toBe("may/not-found");
    });

  test("SRV-02 sync.state says nothing of a channel of elsewhere, and what is missing in one's own", async () => {
    const held = [foreign.channel, channel].map((one) => ({ channel: one, ids: [foreign.event] }));
    expect((await world.call("sync.state", { held }, token)).data).toMatchObject({ lacking: [channel] });
  });

  test("SRV-02 a purge reaches no event and no file of elsewhere", async () => {
    const answer = await world.call("events.purge", { channel, ids: [foreign.event], blobs: [foreign.blob] }, token);
    expect(answer.data).toEqual({ purged: 0 });
    expect((await other.read(other.book.founder, foreign.channel))[0]?.ciphertext).not.toBe("");
    const still = await other.getSegment({ blob: foreign.blob, segment: 0 }, await other.login(other.book.founder));
    expect(still.status).toBe(200);
  });

  test("SRV-02 seals and boxes about other scopes, people, invites", async () => {
    const seal = { purpose: "epoch", scope: foreign.scope, epoch: 1, to: "user", recipient: founder.user, gen: 1 };
    const puk = {
      purpose: "puk",
      scope: other.book.founder.user,
      epoch: 1,
      to: "device",
      recipient: freshId(),
      gen: 0,
    };
    const box = { purpose: "invite", scope: freshId(), epoch: 0, ct: b64(100) };
    const root = { purpose: "root", scope: other.book.founder.user, epoch: 1, ct: b64(72) };
    for (const one of [seal, puk]) {
      const answer = await world.call("keys.write", { seals: [{ ...one, ct: b64(1168) }], boxes: [] }, token);
      expect(answer.fault).toBe("may/forbidden");
    }
    for (const one of [box, root])
      expect((await world.call("keys.write", { seals: [], boxes: [one] }, token)).fault).toBe("may/forbidden");
  });

  test("SRV-02 a header that names another workspace, channel, person or device", async () => {
    const wrong = [
      { header: { ws: other.ws }, code: "proof/wrong-workspace" },
      { header: { channel: foreign.channel }, code: "event/wrong-place" },
      { header: { class: "ephemeral" as const }, code: "event/wrong-place" },
      { header: { user: other.book.founder.user }, code: "event/wrong-author" },
      { header: { device: other.book.founder.device.id }, code: "event/wrong-author" },
    ];
    for (const { header, code } of wrong) {
      const seq = 0;
      const session = freshId<"session">();
      const answer = await world.send(founder, channel, [
        world.event(founder, channel, { header: { seq, session, ...header } }),
      ]);
      expect(answer.data.refused?.code).toBe(code);
    }
    expect(await world.read(founder, channel)).toEqual([]);
  });
});

describe("SRV-03 what does not exist answers like what one may not see", () => {
  test("SRV-03 channels, events, blobs, scopes", async () => {
    const eve = await world.join("eve");
    const { scope, channel: secret } = await world.room(founder, []);
    const { id } = await world.write(founder, secret);
    const blob = await world.upload(founder, secret, ciphertext(9));
    const hers = await world.login(eve);
    const pairs: [string, unknown, unknown][] = [
      [
        "events.read",
        { channel: secret, after: 0, before: null, limit: 1 },
        { channel: freshId(), after: 0, before: null, limit: 1 },
      ],
      ["events.row", { channel: secret, id }, { channel: freshId(), id: freshId() }],
      ["keys.read", { scope, from: 0, to: 1 }, { scope: freshId(), from: 0, to: 1 }],
      ["ledger.chain", { scope }, { scope: freshId() }],
      ["files.finish", { blob }, { blob: freshId() }],
      ["files.drop", { blob }, { blob: freshId() }],
      ["files.share", { blob, channel }, { blob: freshId(), channel }],
    ];
    for (const [procedure, real, unreal] of pairs)
      expect(await world.call(procedure, real, hers)).toEqual(await world.call(procedure, unreal, hers));
    const seen = await world.getSegment({ blob, segment: 0 }, hers);
    const unseen = await world.getSegment({ blob: freshId(), segment: 0 }, hers);
    expect([seen.status, await seen.text()]).toEqual([unseen.status, await unseen.text()]);
  });

  test("SRV-03 logins of known and unknown ids: one answer, and as many signatures verified", async () => {
    const shipped = sodium as unknown as { crypto_sign_verify_detached: (...args: unknown[]) => boolean };
    const spy = vi.spyOn(shipped, "crypto_sign_verify_detached");
    const counts: number[] = [];
    const answers: unknown[] = [];
    const wrong = world.book.mint.signPair();
    for (const as of ["device", "invite", "recovery"] as const)
      for (const id of [founder.device.id as string, freshId() as string])
        for (const ws of [world.ws, b64(32) as typeof world.ws]) {
          const input = await world.loginInput(as, id, wrong, { ws });
          spy.mockClear();
          answers.push(await world.call("auth.login", input));
          counts.push(spy.mock.calls.length);
        }
    spy.mockRestore();
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("SRV-03 challenges are given for any workspace alike", async () => {
    const known = await world.call("auth.challenge", { ws: world.ws });
    const unknown = await world.call("auth.challenge", { ws: b64(32) });
    expect([unknown.status, Object.keys(unknown.data)]).toEqual([known.status, Object.keys(known.data)]);
  });
});
