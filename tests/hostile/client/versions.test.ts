// MS-18 and 20: versions and suites from the future, keys that are none: stopped, void or refused by name.
import { expect, test } from "vitest";
import type { FaultCode } from "@/lib/base/errors.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { signPublic } from "@/lib/crypto/sign.ts";
import { inviteBoxCommit, inviteId } from "@/lib/proof/hash.ts";
import { recipients } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { type Cbor, encodeCbor, parseCbor } from "@/lib/protocol/cbor.ts";
import { type Card, cardStructure } from "@/lib/protocol/device.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import { Branch, craftEvent, handOf, message, nextPos, realRow, rowOf, type Twist } from "@/tests/hostile/crafter.ts";
import { cardFor, epochAct, inviteBehind, joinAct } from "@/tests/hostile/keys.ts";
import { beliefs, openStage, refused, settled, stopped, warned } from "@/tests/hostile/stage.ts";

const SECRET = "kept from the future";

/** CBOR bytes with fields of their map changed. */
function recode(bytes: Uint8Array, change: Record<string, Cbor>): Uint8Array {
  return encodeCbor({ ...(parseCbor(bytes) as Record<string, Cbor>), ...change });
}

test("MS-18 links of an unknown version, type or suite stop the workspace; nothing of them is believed", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const { entries } = new Branch(ben);
  const channel = { kind: "W", type: "channel_create", body: { channel: toJson(randomBytes(16)) as never } } as const;
  const policy = { invites: "admins", channels: "members", minVersion: 2, minSuite: 1 } as const;
  const cases: readonly [FaultCode, LinkAct, Twist][] = [
    ["wire/unknown-version", channel, { bytes: (bytes) => recode(bytes, { v: 2 }) }],
    ["wire/unknown-version", channel, { bytes: (bytes) => recode(bytes, { v: 0 }) }],
    ["wire/unknown-type", channel, { bytes: (bytes) => recode(bytes, { type: "member_teleport" }) }],
    ["wire/bad-shape", channel, { bytes: (bytes) => recode(bytes, { more: 1 }) }],
    ["wire/unknown-version", epochAct(ana, ana.account.workspaceScope, { suite: 2 }).act, {}],
    ["wire/unknown-version", { kind: "W", type: "policy_set", body: policy }, {}],
  ];
  for (const [code, act, twist] of cases) {
    liar.tellLedger(new Branch(ben).add(handOf(ana), act, twist).entries);
    await stopped(ben, code);
    expect(await warned(ben, code)).toMatchObject({ severity: "alarm" });
    expect(beliefs(ben, stage.general)).toEqual(before);
    liar.tellLedger(entries);
    await ben.until(`workspace:${ben.ws}`, (view) => view.stopped === null, "healing");
  }
  stage.expectNoLeak(SECRET);
});

test("MS-18 events of an unknown version or kind are refused as newer, and a link of another version is none", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { id } = await ana.say(stage.general, "of this version");
  await ben.reads(stage.general, "of this version");
  const before = beliefs(ben, stage.general);
  const row = await realRow(ben, stage.general, id);
  const header = toJson(recode(fromJson(row.header), { v: 2 }));
  liar.push({ t: "event", row: { ...row, id: toJson(randomBytes(16)), header, pos: nextPos(ben, stage.general) } });
  await refused(ben, stage.general, "event/newer");
  const hologram = encodeCbor({ k: "hologram", text: SECRET });
  const unknown = await craftEvent(ana, stage.general, message(""), { raw: { content: hologram } });
  const pos = nextPos(ben, stage.general);
  liar.push({ t: "event", row: rowOf(unknown, pos) });
  const view = await ben.until(`timeline:${ben.ws}:${stage.general}`, ({ items }) =>
    items.some((item) => item.t === "refused" && item.pos === pos),
  );
  expect(view.items.find((item) => item.t === "refused" && item.pos === pos)).toMatchObject({ code: "event/newer" });
  expect(beliefs(ben, stage.general)).toEqual(before);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 1, hours: 1 });
  const dan = await stage.world.actor("Dan");
  const fragment = `#${link.split("#")[1]}`.replace("#v1.", "#v2.");
  await expect(dan.engine.inspectInvite({ fragment })).rejects.toMatchObject({ code: "wire/unknown-version" });
  stage.expectNoLeak(SECRET);
});

/** Ed25519 points without a use: identity, order 2, order 8, and y = p + 1, which is the identity spelled otherwise. */
const BAD_POINTS = [
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  `ee${"ff".repeat(30)}7f`,
].map((hex) => new Uint8Array(Buffer.from(hex, "hex")));

test("MS-20 low-order, identity and non-canonical keys come into no ledger, and no seal goes to them", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 25, hours: 1 });
  const invite = inviteBehind(ana, link);
  const scope = ana.account.workspaceScope;
  await ana.online();
  const before = beliefs(ana, stage.general);
  const puk = (x: Uint8Array) => {
    const { me } = cardFor(ana);
    return new Uint8Array([...me.puk.public.pk.subarray(0, 1184), ...x]);
  };
  const changes: Partial<Card>[] = [
    ...BAD_POINTS.map((rik) => ({ rik })),
    ...BAD_POINTS.map((sign) => ({ device: { sign, kem: cardFor(ana).me.device.public.kem } })),
    { puk: { gen: 1, pk: puk(new Uint8Array(32)) } },
    { puk: { gen: 1, pk: puk(new Uint8Array(32).fill(0).fill(1, 0, 1)) } },
    { puk: { gen: 1, pk: new Uint8Array(1216) } },
  ];
  for (const change of changes) {
    const { me, card } = cardFor(ana);
    const bytes = cardStructure.encode({ ...cardStructure.parse(card.card), ...change });
    const { act, twist } = joinAct({ ...card, card: bytes }, invite);
    const { n } = ana.account.state;
    liar.tellLedger(new Branch(ana).add(handOf(me), act, twist).entries);
    await settled(ana, n + 1);
    // For the keys themselves, before the signatures, which do not fit these bytes either, are even asked.
    const told = ana.account.state.voids.find((one) => one.n === n + 1)?.code;
    expect(["proof/bad-key", "proof/bad-card"]).toContain(told);
  }
  const rik = latest(ana.account.state.users.get(ana.account.me)?.rik ?? []) ?? new Uint8Array();
  const [sign = new Uint8Array()] = BAD_POINTS;
  const box = inviteBoxCommit(randomBytes(32));
  const { kem } = invite.public;
  const id = inviteId(ana.ws, rik, sign, box, kem);
  const expires = Date.now() + 3_600_000;
  const body = { invite: id, sign, box, kem, mode: "instant", role: "member", maxUses: 1, expires } as const;
  liar.tellLedger(new Branch(ana).add(handOf(ana), { kind: "W", type: "invite_create", body }).entries);
  const last = ana.account.state.n + 1;
  await settled(ana, last);
  expect(ana.account.state.voids.at(-1)).toMatchObject({ n: last, code: "proof/bad-key" });
  const codes = new Set(ana.account.state.voids.map(({ code }) => code));
  expect([...codes].every((code) => ["proof/bad-key", "proof/bad-signature", "proof/bad-card"].includes(code))).toBe(
    true,
  );
  expect(await warned(ana, "proof/bad-key")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ana, stage.general)).toEqual(before);
  // A shared secret of zeros is refused when sealing, whoever vouches for the key.
  const epoch = ana.account.state.scopes.get(scope)?.epochs.length ?? 0;
  const key = await ana.account.rooms.find(scope, epoch);
  if (key === undefined) throw new TypeError("no key");
  const zero = { kind: "user", id: ana.account.me, gen: 1, pub: puk(new Uint8Array(32)) } as const;
  expect(ana.account.rooms.sealAll({ ws: ana.ws, scope, epoch }, key, [zero])).toEqual([]);
  await warned(ana, "crypto/bad-kem-key");
  expect(recipients(ana.account.state, scope).every(({ pub }) => pub.length === 1216)).toBe(true);
  expect(signPublic(invite.keys.sign)).toEqual(invite.public.sign);
  stage.expectNoLeak(SECRET);
});
