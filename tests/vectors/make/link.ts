// Vectors of cards, pops, every type of link, and the line that links stand in.
import type { Id } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { mintDevice, mintIdentity, mintPuk, signCard, signPop } from "@/lib/crypto/identity.ts";
import { mintInvite } from "@/lib/crypto/invite.ts";
import { mintSecret } from "@/lib/crypto/keys.ts";
import { mintRecoveryCode, recoveryKeys } from "@/lib/crypto/recovery.ts";
import {
  sign,
  signJoin,
  signJoinRequest,
  signLink,
  signPublic,
  signRootLink,
  signRootRenewal,
} from "@/lib/crypto/sign.ts";
import { entryOf } from "@/lib/proof/chain.ts";
import { GENESIS_PREV, linkHash, nextHead } from "@/lib/proof/hash.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { encodeCbor, parseCbor } from "@/lib/protocol/cbor.ts";
import type { Link, LinkAct, SignedLink, Stub } from "@/lib/protocol/link.ts";
import { BODIES, encodeLink, parseLink, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { Json } from "@/tests/vectors/format.ts";
import { hex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(some(length));
const NOBODY = mintId<"device">(new Uint8Array(16));
const TS = 1_760_000_000_000;

type Record_ = { readonly [key: string]: Cbor };
/** The same structure with other fields, as canonical bytes. */
function remade(bytes: Uint8Array, change: (value: Record_) => Record_): Uint8Array {
  return encodeCbor(change(parseCbor(bytes) as Record_));
}

export function makeCard(maker: Maker): void {
  const [anna, mallory] = [mintIdentity(), mintIdentity()];
  const ws = id<"workspace">(32);
  const recovery = recoveryKeys(mintRecoveryCode(), ws, 1).public;
  const fields = { user: anna.user, rik: anna.rik.seed, device: anna.device.secrets, puk: anna.puk.public, ts: TS };
  maker.add("card", "in genesis: no workspace, no recovery", {
    ws: null,
    ...signCard({ ...fields, ws: null, recovery: null }),
  });
  const good = signCard({ ...fields, ws, recovery });
  const raw = { ws: idBytes(ws), ...good };
  maker.add("card", "with recovery keys", raw);
  const bad = (name: string, change: Partial<typeof raw>, code: string) =>
    maker.refuse("card", name, { ...raw, ...change }, code);
  bad("of another workspace", { ws: some(32) }, "proof/wrong-workspace");
  maker.refuse("card", "outside genesis without workspace", { ...raw, ws: null }, "proof/wrong-workspace");
  bad("signatures swapped", { rikSig: good.popSig, popSig: good.rikSig }, "proof/bad-signature");
  bad("RIK's signature changed", { rikSig: flip(good.rikSig, 9) }, "proof/bad-signature");
  bad("device's signature changed", { popSig: flip(good.popSig, 9) }, "proof/bad-signature");
  const other = signCard({ ...fields, ws, recovery, puk: mallory.puk.public });
  bad("another PUK under the same signatures", { card: other.card }, "proof/bad-signature");
  /** Signed as they are, so that only the structure is wrong. */
  const resigned = (card: Uint8Array) => ({
    ws: idBytes(ws),
    card,
    rikSig: sign("card", anna.rik.seed, card),
    popSig: sign("pop", anna.device.secrets.sign, card),
  });
  const broken = (name: string, change: (value: Record_) => Record_, code = "proof/bad-card") =>
    maker.refuse("card", name, resigned(remade(good.card, change)), code);
  broken("an unknown field", (card) => ({ ...card, admin: true }));
  broken("a missing field", ({ ts: _, ...card }) => card);
  broken("version 2", (card) => ({ ...card, v: 2 }));
  broken("a user id of 15 bytes", (card) => ({ ...card, user: some(15) }));
  broken("PUK generation 0", (card) => ({ ...card, puk: { gen: 0, pk: anna.puk.public.pk } }));
  broken("a RIK of small order", (card) => ({ ...card, rik: new Uint8Array(32) }), "proof/bad-key");
  broken(
    "a malformed KEM key",
    (card) => ({ ...card, puk: { gen: 1, pk: new Uint8Array(1216).fill(255) } }),
    "proof/bad-key",
  );
  const long = resigned(new Uint8Array([...good.card, 0]));
  maker.refuse("card", "a byte after its end", long, "proof/bad-card");
  makePops(maker);
}

function makePops(maker: Maker): void {
  const device = mintDevice();
  const [ws, user] = [id<"workspace">(32), id<"user">()];
  const sig = signPop(ws, user, device);
  const raw = { ws: idBytes(ws), user: idBytes(user), device: idBytes(device.id), pk: device.public.sign, sig };
  maker.add("pop", "of a new device", raw, true);
  maker.refuse("pop", "for another person", { ...raw, user: some(16) }, "proof/bad-signature");
  maker.refuse("pop", "for another workspace", { ...raw, ws: some(32) }, "proof/bad-signature");
}

type World = ReturnType<typeof world>;
function world() {
  const [anna, bob] = [mintIdentity(), mintIdentity()];
  const ws = id<"workspace">(32);
  const invite = mintInvite(ws, anna.rik.pk, "instant");
  const recovery = recoveryKeys(mintRecoveryCode(), ws, 1).public;
  const fields = { user: bob.user, rik: bob.rik.seed, device: bob.device.secrets, puk: bob.puk.public, ts: TS };
  const card = signCard({ ...fields, ws, recovery: null });
  const founder = { user: anna.user, rik: anna.rik.seed, device: anna.device.secrets, puk: anna.puk.public, ts: TS };
  const first = signCard({ ...founder, ws: null, recovery: null });
  return { anna, bob, ws, invite, recovery, card, first, newRik: mintSecret("rik") };
}

/** One body of every type that there is. */
function acts(w: World): LinkAct[] {
  const [user, channel, scope] = [w.bob.user, id<"channel">(), id<"scope">()];
  const device = mintDevice();
  const pop = signPop(w.ws, w.anna.user, device);
  const policy = { invites: "admins", channels: "members", minVersion: 1, minSuite: 1 } as const;
  const scopePolicy = { adds: "managers", post: "all", retentionDays: null } as const;
  const epoch = { scope, epoch: 1, suite: 1, kc: some(32), rcpt: some(32), hist: "cut" } as const;
  const keys = { invite: w.invite.id, ...w.invite.public };
  const limits = { mode: "instant", role: "member", maxUses: 5, expires: TS + 3_600_000 } as const;
  const helpers = [0, 1, 2].map(() => ({ user: id<"user">(), hash: some(32) }));
  return [
    { kind: "W", type: "ws_create", body: { card: w.first, policy, salt: some(16) } },
    {
      kind: "W",
      type: "member_add",
      body: { card: w.card, invite: w.invite.id, inviteSig: signJoinRequest(w.card, w.invite.keys.sign) },
    },
    { kind: "W", type: "member_join", body: { card: w.card, invite: w.invite.id } },
    { kind: "W", type: "member_remove", body: { user } },
    { kind: "W", type: "member_restore", body: { user } },
    { kind: "W", type: "rekey", body: { user, card: w.card, root: null } },
    { kind: "W", type: "role_set", body: { user, role: "admin" } },
    { kind: "W", type: "policy_set", body: { ...policy, minVersion: 2 } },
    { kind: "W", type: "release", body: { version: "0.1.0", fingerprint: some(32) } },
    { kind: "W", type: "invite_create", body: { ...keys, ...limits } },
    { kind: "W", type: "invite_close", body: { invite: w.invite.id } },
    { kind: "W", type: "channel_create", body: { channel } },
    { kind: "W", type: "channel_archive", body: { channel } },
    { kind: "W", type: "channel_policy", body: { channel, post: "admins", retentionDays: 90 } },
    { kind: "W", type: "epoch", body: epoch },
    { kind: "U", type: "device_add", body: { device: device.public, pop } },
    { kind: "U", type: "device_revoke", body: { device: device.id, puk: mintPuk(2).public } },
    { kind: "U", type: "root_renew", body: { rik: signPublic(w.newRik) } },
    { kind: "U", type: "circle_set", body: { threshold: 2, helpers } },
    {
      kind: "U",
      type: "user_reset",
      body: { devices: [{ device: device.public, pop }], puk: mintPuk(3).public, recovery: w.recovery },
    },
    { kind: "U", type: "recovery_set", body: { recovery: w.recovery } },
    {
      kind: "C",
      type: "scope_create",
      body: { kind: "private", members: [w.anna.user, user], history: "full", policy: scopePolicy },
    },
    { kind: "C", type: "scope_add", body: { user } },
    { kind: "C", type: "scope_remove", body: { user } },
    { kind: "C", type: "scope_role", body: { user, role: "manager" } },
    { kind: "C", type: "scope_archive", body: {} },
    { kind: "C", type: "scope_policy", body: { ...scopePolicy, retentionDays: 30 } },
    { kind: "C", type: "scope_readmit", body: { user } },
    { kind: "C", type: "epoch", body: { ...epoch, epoch: 2, hist: "chain" } },
  ];
}

/** Signs an act as its type asks for, with the keys and contexts that verify it. */
function signed(
  w: World,
  link: Link,
): { link: SignedLink; pk: Uint8Array; context: string; extraPk: Uint8Array; extraContext: string } {
  const none = { extraPk: new Uint8Array(), extraContext: "link" };
  const device = { pk: w.anna.device.public.sign, context: "link", ...none };
  if (link.type === "user_reset" || link.type === "recovery_set")
    return { link: signRootLink(link, w.anna.rik.seed), pk: w.anna.rik.pk, context: "root", ...none };
  if (link.type === "root_renew") {
    const renewed = signRootRenewal(link, w.anna.device.secrets.sign, w.newRik);
    return { ...device, link: renewed, extraPk: signPublic(w.newRik), extraContext: "root" };
  }
  if (link.type === "member_join") {
    const joined = signJoin(link, w.bob.device.secrets.sign, w.invite.keys.sign);
    return {
      link: joined,
      pk: w.bob.device.public.sign,
      context: "link",
      extraPk: w.invite.public.sign,
      extraContext: "invite",
    };
  }
  return { ...device, link: signLink(link, w.anna.device.secrets.sign) };
}

function framed(w: World, act: LinkAct, n: number): Link {
  const genesis = act.type === "ws_create";
  const rooted = act.type === "user_reset" || act.type === "recovery_set";
  const chain =
    act.kind === "W" ? WORKSPACE_CHAIN : mintId<"chain">(act.kind === "U" ? idBytes(w.anna.user) : some(16));
  const [user, device] = act.type === "member_join" ? [w.bob.user, w.bob.device.id] : [w.anna.user, w.anna.device.id];
  return {
    ws: genesis ? null : w.ws,
    n: genesis ? 1 : n,
    prev: genesis ? GENESIS_PREV : some(32),
    chain,
    seq: genesis ? 1 : n,
    user,
    device: rooted ? NOBODY : device,
    ts: TS + n,
    ...act,
  };
}

export function makeLink(maker: Maker): void {
  const w = world();
  const all = acts(w);
  const kinds = Object.values(BODIES).flatMap((types) => Object.keys(types));
  if (all.map((act) => act.type).join() !== kinds.join()) throw new RangeError("a type is missing");
  const raws = all.map((act, at) => {
    const { link, ...by } = signed(w, framed(w, act, at + 2));
    const raw = { ...link, ...by };
    maker.add("link", `${act.kind} ${act.type}`, raw);
    return raw;
  });
  const remove = raws[3];
  const join = raws[2];
  if (remove === undefined || join === undefined) throw new RangeError("no link");
  const bad = (name: string, change: Partial<typeof remove>, code: string) =>
    maker.refuse("link", name, { ...remove, ...change }, code);
  bad(
    "a signature of another context",
    { sig: sign("card", w.anna.device.secrets.sign, remove.bytes) },
    "proof/bad-signature",
  );
  bad("a signature of another key", { pk: w.bob.device.public.sign }, "proof/bad-signature");
  maker.refuse("link", "a join with another invite's key", { ...join, extraPk: w.anna.rik.pk }, "proof/bad-signature");
  const broken = (name: string, change: (value: Record_) => Record_, code: string) => {
    const bytes = remade(remove.bytes, change);
    bad(name, { bytes, sig: sign("link", w.anna.device.secrets.sign, bytes) }, code);
  };
  broken("version 2", (link) => ({ ...link, v: 2 }), "wire/unknown-version");
  broken("version 2 with other fields", () => ({ v: 2, all: "new" }), "wire/unknown-version");
  broken("an unknown type", (link) => ({ ...link, type: "member_praise" }), "wire/unknown-type");
  broken("an unknown kind", (link) => ({ ...link, kind: "X" }), "wire/unknown-type");
  broken("a type of another kind", (link) => ({ ...link, kind: "U" }), "wire/unknown-type");
  broken("an unknown field", (link) => ({ ...link, note: "hi" }), "wire/bad-shape");
  broken(
    "an unknown field in the body",
    (link) => ({ ...link, body: { user: some(16), why: "no" } }),
    "wire/bad-shape",
  );
  broken("no body", ({ body: _, ...link }) => link, "wire/bad-shape");
  broken("position 0", (link) => ({ ...link, n: 0 }), "wire/bad-shape");
  broken("a hash of 31 bytes", (link) => ({ ...link, prev: some(31) }), "wire/bad-shape");
  broken("more than 64 KiB", (link) => ({ ...link, type: "x".repeat(65_536) }), "wire/too-large");
  bad("a byte after its end", { bytes: new Uint8Array([...remove.bytes, 0]) }, "wire/bad-cbor");
}

/** Links that follow on one another, and their heads. */
function line(w: World, list: readonly LinkAct[]): SignedLink[] {
  let [prev, ws] = [GENESIS_PREV, null as Link["ws"]];
  return list.map((act, at) => {
    const frame = { ...framed(w, act, at + 1), ws, prev };
    const own = list.slice(0, at + 1).filter((one) => one.kind === act.kind).length;
    const link = signed(w, {
      ...frame,
      chain: act.kind === "U" ? mintId<"chain">(idBytes(w.anna.user)) : WORKSPACE_CHAIN,
      seq: own,
    } as Link).link;
    ws ??= mintId<"workspace">(linkHash(link));
    prev = nextHead(prev, at + 1, entryOf(link).stub);
    return link;
  });
}

const stubJson = (stub: Stub): { [key: string]: Json } => ({
  kind: stub.kind,
  chain: hex(idBytes(stub.chain)),
  seq: stub.seq,
  hash: hex(stub.hash),
});
const linkJson = (link: SignedLink | null): Json =>
  link && { bytes: hex(link.bytes), sig: hex(link.sig), extra: link.extra && hex(link.extra) };

export function makeLedger(maker: Maker): void {
  const w = world();
  const all = acts(w);
  const pick = (type: string) => all.filter((act) => act.type === type).slice(0, 1);
  const links = line(w, ["ws_create", "invite_create", "channel_create", "device_add", "role_set"].flatMap(pick));
  const entries = links.map((link) => ({ stub: stubJson(entryOf(link).stub), link: linkJson(link) }));
  maker.add("heads", "from stubs alone", { stubs: entries.map((entry) => entry.stub) });
  const foreign = { kind: "C", chain: hex(some(16)), seq: 1, hash: hex(some(32)) };
  maker.add("heads", "one of a chain that is not seen", { stubs: [...entries.map((entry) => entry.stub), foreign] });
  maker.add("chain", "five links", { entries });
  const changed = (at: number, change: (entry: (typeof entries)[number]) => Json) => ({
    entries: entries.map((entry, i) => (i === at ? change(entry) : entry)),
  });
  const bad = (name: string, fields: { [key: string]: Json }, code: string) =>
    maker.refuse("chain", name, fields, code);
  bad("one dropped, its chain goes on", { entries: entries.toSpliced(1, 1) }, "proof/gap");
  bad("one dropped, another chain goes on", { entries: entries.toSpliced(2, 1) }, "proof/bad-hash");
  bad("two swapped", { entries: [0, 1, 3, 2, 4].map((at) => entries[at] ?? null) }, "proof/bad-hash");
  bad("one doubled", { entries: [0, 1, 1, 2].map((at) => entries[at] ?? null) }, "proof/gap");
  bad(
    "a body withheld",
    changed(2, ({ stub }) => ({ stub, link: null })),
    "proof/withheld-body",
  );
  bad(
    "a stub with another hash",
    changed(2, (entry) => ({ ...entry, stub: { ...entry.stub, hash: hex(some(32)) } })),
    "proof/bad-hash",
  );
  const asPrivate = { kind: "C", chain: hex(some(16)), seq: 1 };
  bad(
    "a stub that mislabels its link",
    changed(2, (entry) => ({ ...entry, stub: { ...entry.stub, ...asPrivate } })),
    "proof/bad-hash",
  );
  const third = links[2];
  if (third === undefined) throw new RangeError("no third link");
  const swapped = { ...third, sig: sign("link", w.bob.device.secrets.sign, third.bytes) };
  bad(
    "another signature on the same bytes",
    changed(2, ({ stub }) => ({ stub, link: linkJson(swapped) })),
    "proof/bad-hash",
  );
  const parsed = parseLink(third.bytes);
  const elsewhere = signLink({ ...parsed, prev: some(32) }, w.anna.device.secrets.sign);
  const replaced = { stub: stubJson(entryOf(elsewhere).stub), link: linkJson(elsewhere) };
  bad(
    "a link made for another place",
    changed(2, () => replaced),
    "proof/bad-hash",
  );
  const odd = encodeLink({ ...parsed, seq: 9 });
  const jumped = entryOf({ bytes: odd, sig: sign("link", w.anna.device.secrets.sign, odd), extra: null });
  bad(
    "a chain that jumps",
    changed(2, () => ({ stub: stubJson(jumped.stub), link: linkJson(jumped.link) })),
    "proof/gap",
  );
}
