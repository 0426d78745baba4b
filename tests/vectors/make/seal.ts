// Vectors of seals, boxes, their contexts, epoch keys and per-user keys.
import { concat } from "@/lib/base/bytes.ts";
import { parseBase64url } from "@/lib/base/encoding.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { boxPreviousEpoch, commitEpoch, mintEpochKey, sealEpochKey } from "@/lib/crypto/epoch.ts";
import { boxPreviousPuk, mintDevice, mintPuk, sealPuk } from "@/lib/crypto/identity.ts";
import { exposeSecret, mintSecret } from "@/lib/crypto/keys.ts";
import { kemPublic } from "@/lib/crypto/seal.ts";
import { hex, unhex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const ct = (row: { readonly ct: string }) => parseBase64url(row.ct) ?? new Uint8Array();

function makeContexts(maker: Maker): void {
  const place = { ws: some(32), of: some(16), epoch: 3 };
  const to = { id: some(16), gen: 2 };
  for (const kind of ["user", "invite"])
    maker.add("context", `seal/epoch to ${kind}`, { purpose: "seal/epoch", ...place, ...to, to: kind });
  for (const kind of ["device", "recovery"])
    maker.add("context", `seal/puk to ${kind}`, { purpose: "seal/puk", ...place, ...to, to: kind });
  for (const purpose of ["box/prev", "box/puk", "box/root"]) maker.add("context", purpose, { purpose, ...place });
  maker.add("context", "box/invite", { purpose: "box/invite", of: some(16) });
}

export function makeSeal(maker: Maker): void {
  makeContexts(maker);
  const kemSeed = mintSecret("puk");
  const made = { pk: kemPublic(kemSeed), context: some(50), plaintext: some(32) };
  const sealed = maker.add("seal", "32 bytes", { ...made, seed: some(32) });
  maker.add("seal", "no bytes", { ...made, plaintext: new Uint8Array(), seed: some(32) });
  const badPk = (name: string, pk: Uint8Array) =>
    maker.refuse("seal", name, { ...made, pk, seed: some(32) }, "crypto/bad-kem-key");
  badPk("to a key of 1215 bytes", made.pk.subarray(1));
  badPk("to a key with coefficients out of range", new Uint8Array(1216).fill(255));
  badPk("to a key with a zero X25519 part", concat(made.pk.subarray(0, 1184), new Uint8Array(32)));
  const bytes = unhex(String(sealed));
  const raw = { kemSeed: exposeSecret(kemSeed), context: made.context, sealed: bytes };
  maker.add("open", "as it should be", raw, hex(made.plaintext));
  const bad = (name: string, change: Partial<typeof raw>) =>
    maker.refuse("open", name, { ...raw, ...change }, "crypto/cannot-open");
  bad("another recipient", { kemSeed: some(32) });
  bad("another context", { context: flip(made.context, 0) });
  bad("no context", { context: new Uint8Array() });
  bad("ML-KEM part changed", { sealed: flip(bytes, 500) });
  bad("X25519 part changed", { sealed: flip(bytes, 1100) });
  bad("X25519 part zero", { sealed: concat(bytes.subarray(0, 1088), new Uint8Array(32), bytes.subarray(1120)) });
  bad("secret changed", { sealed: flip(bytes, 1121) });
  bad("tag changed", { sealed: flip(bytes, 1167) });
  bad("cut", { sealed: bytes.subarray(0, 1130) });
  bad("longer", { sealed: concat(bytes, new Uint8Array(1)) });
  makeBox(maker);
}

function makeBox(maker: Maker): void {
  const made = { key: some(32), ad: some(20), plaintext: some(32) };
  const boxed = maker.add("box", "32 bytes", { ...made, seed: some(32) });
  maker.add("box", "no bytes", { ...made, plaintext: new Uint8Array(), seed: some(32) });
  const bytes = unhex(String(boxed));
  const raw = { key: made.key, ad: made.ad, boxed: bytes };
  maker.add("openBox", "as it should be", raw, hex(made.plaintext));
  const bad = (name: string, change: Partial<typeof raw>) =>
    maker.refuse("openBox", name, { ...raw, ...change }, "crypto/cannot-open");
  bad("another key", { key: some(32) });
  bad("other additional data", { ad: flip(made.ad, 1) });
  bad("nonce changed", { boxed: flip(bytes, 0) });
  bad("content changed", { boxed: flip(bytes, 30) });
  bad("cut to the nonce", { boxed: bytes.subarray(0, 24) });
  bad("empty", { boxed: new Uint8Array() });
}

function makeEpochKeys(maker: Maker): void {
  const name = { ws: mintId<"workspace">(some(32)), scope: mintId<"scope">(some(16)), epoch: 4 };
  const raw = { ws: idBytes(name.ws), scope: idBytes(name.scope), epoch: 4 };
  const [ek, before] = [mintEpochKey(), mintEpochKey()];
  const kc = commitEpoch(name, ek);
  maker.add("accept", "the committed key", { ...raw, kc, key: exposeSecret(ek) }, hex(exposeSecret(ek)));
  maker.refuse("accept", "another key", { ...raw, kc, key: some(32) }, "crypto/bad-commitment");
  maker.refuse("accept", "in another epoch", { ...raw, epoch: 5, kc, key: exposeSecret(ek) }, "crypto/bad-commitment");
  maker.refuse("accept", "31 bytes", { ...raw, kc, key: some(31) }, "crypto/bad-commitment");
  const puk = mintPuk(2);
  for (const to of ["user", "invite"] as const) {
    const recipient = { to, id: mintId<string>(some(16)), gen: to === "user" ? 2 : 0 };
    const row = sealEpochKey(name, ek, { ...recipient, pk: puk.public.pk });
    const input = {
      ...raw,
      kc,
      to,
      id: idBytes(recipient.id),
      toGen: recipient.gen,
      seed: exposeSecret(puk.seed),
      ct: ct(row),
    };
    maker.add("seal", `to ${to}`, input, hex(exposeSecret(ek)));
    maker.refuse("seal", `to ${to}, taken for epoch 3`, { ...input, epoch: 3 }, "crypto/cannot-open");
    maker.refuse("seal", `to ${to}, taken for another scope`, { ...input, scope: some(16) }, "crypto/cannot-open");
    maker.refuse("seal", `to ${to}, taken for another generation`, { ...input, toGen: 7 }, "crypto/cannot-open");
    maker.refuse("seal", `to ${to}, taken for another recipient`, { ...input, id: some(16) }, "crypto/cannot-open");
    const wrong = sealEpochKey(name, before, { ...recipient, pk: puk.public.pk });
    maker.refuse("seal", `to ${to}, of another key`, { ...input, ct: ct(wrong) }, "crypto/bad-commitment");
    maker.refuse("seal", `to ${to}, garbage`, { ...input, ct: some(1168) }, "crypto/cannot-open");
  }
  const previousKc = commitEpoch({ ...name, epoch: 3 }, before);
  const prev = { ...raw, key: exposeSecret(ek), previousKc, ct: ct(boxPreviousEpoch(name, ek, before)) };
  maker.add("prevBox", "as it should be", prev, hex(exposeSecret(before)));
  maker.refuse("prevBox", "under another key", { ...prev, key: some(32) }, "crypto/cannot-open");
  maker.refuse("prevBox", "of another epoch", { ...prev, epoch: 5 }, "crypto/cannot-open");
  const wrong = ct(boxPreviousEpoch(name, ek, mintEpochKey()));
  maker.refuse("prevBox", "with another key inside", { ...prev, ct: wrong }, "crypto/bad-commitment");
  const channel = some(16);
  maker.add("channelKey", "of a channel", { key: exposeSecret(ek), channel });
  maker.add("channelKey", "of the next epoch", { key: some(32), channel });
}

function makePuks(maker: Maker): void {
  const name = { ws: mintId<"workspace">(some(32)), user: mintId<"user">(some(16)), gen: 2 };
  const raw = { ws: idBytes(name.ws), user: idBytes(name.user), gen: 2 };
  const [one, two] = [mintPuk(1), mintPuk(2)];
  const device = mintDevice();
  for (const to of ["device", "recovery"] as const) {
    const recipient = { to, id: mintId<string>(some(16)), gen: to === "device" ? 0 : 1 };
    const row = sealPuk(name, two.seed, { ...recipient, pk: device.public.kem });
    const input = {
      ...raw,
      pk: two.public.pk,
      to,
      id: idBytes(recipient.id),
      toGen: recipient.gen,
      seed: exposeSecret(device.secrets.kem),
      ct: ct(row),
    };
    maker.add("pukSeal", `to ${to}`, input, hex(exposeSecret(two.seed)));
    maker.refuse("pukSeal", `to ${to}, taken for generation 1`, { ...input, gen: 1 }, "crypto/cannot-open");
    maker.refuse("pukSeal", `to ${to}, taken for another person`, { ...input, user: some(16) }, "crypto/cannot-open");
    maker.refuse("pukSeal", `to ${to}, of another seed`, { ...input, pk: one.public.pk }, "crypto/bad-commitment");
  }
  const box = {
    ...raw,
    seed: exposeSecret(two.seed),
    previousPk: one.public.pk,
    ct: ct(boxPreviousPuk(name, two.seed, one.seed)),
  };
  maker.add("pukBox", "as it should be", box, hex(exposeSecret(one.seed)));
  maker.refuse("pukBox", "under another seed", { ...box, seed: some(32) }, "crypto/cannot-open");
  maker.refuse("pukBox", "of another generation", { ...box, gen: 3 }, "crypto/cannot-open");
  const wrong = ct(boxPreviousPuk(name, two.seed, mintSecret("puk")));
  maker.refuse("pukBox", "with another seed inside", { ...box, ct: wrong }, "crypto/bad-commitment");
  maker.add("self", "of a PUK seed", { seed: exposeSecret(one.seed) });
}

export function makeEpoch(maker: Maker): void {
  makeEpochKeys(maker);
  makePuks(maker);
}
