// Signature contexts and who signs which link (C2, C4 ground, L7, invariant 12).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Id } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { mintDevice, mintIdentity, mintPuk, signCard, signPop } from "@/lib/crypto/identity.ts";
import { mintSecret } from "@/lib/crypto/keys.ts";
import { signKeyRequest, signLogin } from "@/lib/crypto/login.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import {
  sign,
  signJoin,
  signJoinRequest,
  signLink,
  signPublic,
  signRootLink,
  signRootRenewal,
} from "@/lib/crypto/sign.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { popBytes } from "@/lib/proof/hash.ts";
import { parseCard, SIG_CONTEXTS, verifySignature } from "@/lib/proof/verify.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { parseLink, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import { loginBytes, requestBytes } from "@/lib/protocol/signed.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(randomBytes(length));
const frame = () => ({
  ws: id<"workspace">(32),
  n: 2,
  prev: randomBytes(32),
  chain: WORKSPACE_CHAIN,
  seq: 2,
  user: id<"user">(),
  device: id<"device">(),
  ts: 1,
});

beforeAll(cryptoReady);

describe("invariant 12", () => {
  test("invariant 12 every signature context by every verifier: only the diagonal", () => {
    const seed = mintSecret("device-sign");
    const bytes = randomBytes(40);
    for (const made of SIG_CONTEXTS) {
      const sig = sign(made, seed, bytes);
      for (const asked of SIG_CONTEXTS)
        expect(verifySignature(asked, signPublic(seed), bytes, sig), `${made} as ${asked}`).toBe(made === asked);
    }
  });

  test("C2 a signature stands for its bytes and its key alone", () => {
    const seed = mintSecret("device-sign");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ maxLength: 80 }), (bytes, other) => {
        const sig = sign("msg", seed, bytes);
        expect(verifySignature("msg", signPublic(seed), bytes, sig)).toBe(true);
        expect(verifySignature("msg", signPublic(mintSecret("device-sign")), bytes, sig)).toBe(false);
        const same = other.length === bytes.length && other.every((byte, at) => byte === bytes[at]);
        expect(verifySignature("msg", signPublic(seed), other, sig)).toBe(same);
      }),
      { numRuns: 40 },
    );
  });
});

describe("L7 who signs what", () => {
  test("L7 most links are signed by the device over their exact bytes", () => {
    const device = mintDevice();
    const link: Link = { ...frame(), kind: "W", type: "member_remove", body: { user: id() } };
    const signed = signLink(link, device.secrets.sign);
    expect(parseLink(signed.bytes)).toEqual(link);
    expect(signed.extra).toBeNull();
    expect(verifySignature("link", device.public.sign, signed.bytes, signed.sig)).toBe(true);
  });

  test("L7 a reset and a new recovery key are the RIK's, and a device can't sign them by mistake", () => {
    const anna = mintIdentity();
    const recovery = { gen: 1, auth: randomBytes(32), kem: anna.puk.public.pk };
    const link: Link = { ...frame(), kind: "U", type: "recovery_set", body: { recovery } };
    const signed = signRootLink(link, anna.rik.seed);
    expect(verifySignature("root", anna.rik.pk, signed.bytes, signed.sig)).toBe(true);
    expect(verifySignature("link", anna.rik.pk, signed.bytes, signed.sig)).toBe(false);
    expect(() => signLink(link, anna.device.secrets.sign)).toThrow("proof/bad-signature");
  });

  test("D7 a renewed root is signed by the device and by the new root", () => {
    const anna = mintIdentity();
    const fresh = mintSecret("rik");
    const link: Link = { ...frame(), kind: "U", type: "root_renew", body: { rik: signPublic(fresh) } };
    const signed = signRootRenewal(link, anna.device.secrets.sign, fresh);
    expect(verifySignature("link", anna.device.public.sign, signed.bytes, signed.sig)).toBe(true);
    expect(verifySignature("root", signPublic(fresh), signed.bytes, signed.extra ?? new Uint8Array())).toBe(true);
    expect(() => signLink(link, anna.device.secrets.sign)).toThrow("proof/bad-signature");
  });

  test("I4 I5 joining carries the invite key's signature", () => {
    const bob = mintIdentity();
    const invite = mintSecret("invite-sign");
    const ws = id<"workspace">(32);
    const card = signCard({
      ws,
      user: bob.user,
      rik: bob.rik.seed,
      device: bob.device.secrets,
      puk: bob.puk.public,
      recovery: null,
      ts: 1,
    });
    const link: Link = { ...frame(), kind: "W", type: "member_join", body: { card, invite: id() } };
    const joined = signJoin(link, bob.device.secrets.sign, invite);
    expect(verifySignature("link", bob.device.public.sign, joined.bytes, joined.sig)).toBe(true);
    expect(verifySignature("invite", signPublic(invite), joined.bytes, joined.extra ?? new Uint8Array())).toBe(true);
    expect(() => signLink(link, bob.device.secrets.sign)).toThrow("proof/bad-signature");
    expect(verifySignature("invite", signPublic(invite), card.card, signJoinRequest(card, invite))).toBe(true);
  });
});

describe("section 2 cards and pops", () => {
  test("a card verifies in its workspace, and not with any byte changed, another signer or another workspace", () => {
    const anna = mintIdentity();
    const ws = id<"workspace">(32);
    const fields = {
      ws,
      user: anna.user,
      rik: anna.rik.seed,
      device: anna.device.secrets,
      puk: anna.puk.public,
      recovery: null,
      ts: 5,
    };
    const card = signCard(fields);
    expect(parseCard(card, { ws })).toMatchObject({ user: anna.user, rik: anna.rik.pk, device: anna.device.public });
    expect(() => parseCard(card, { ws: id<"workspace">(32) })).toThrow("proof/wrong-workspace");
    expect(() => parseCard({ ...card, popSig: card.rikSig }, { ws })).toThrow("proof/bad-signature");
    expect(() => parseCard({ ...card, rikSig: card.popSig }, { ws })).toThrow("proof/bad-signature");
    const other = signCard({ ...fields, puk: mintPuk(1).public });
    expect(() => parseCard({ ...card, card: other.card }, { ws })).toThrow("proof/bad-signature");
  });

  test("D1 a new device's pop names workspace, person and device", () => {
    const device = mintDevice();
    const [ws, user] = [id<"workspace">(32), id<"user">()];
    const pop = signPop(ws, user, device);
    expect(verifySignature("pop", device.public.sign, popBytes(ws, user, device.id), pop)).toBe(true);
    expect(verifySignature("pop", device.public.sign, popBytes(ws, id(), device.id), pop)).toBe(false);
    expect(verifySignature("pop", device.public.sign, popBytes(id(32), user, device.id), pop)).toBe(false);
    expect(verifySignature("pop", device.public.sign, popBytes(ws, user, mintDevice().id), pop)).toBe(false);
  });
});

describe("A1 E7 claims", () => {
  test("A1 MS-30 a login signature binds role, origin, workspace, id, challenge, nonce and expiry", () => {
    const device = mintDevice();
    const claim = {
      as: "device",
      origin: "https://chat.example.org",
      ws: id<"workspace">(32),
      id: id<"login">(),
      challenge: randomBytes(32),
      nonce: randomBytes(16),
      expires: 60_000,
    } as const;
    const sig = signLogin(claim, device.secrets.sign);
    const stands = (other: Parameters<typeof loginBytes>[0]) =>
      verifySignature("auth", device.public.sign, loginBytes(other), sig);
    expect(stands(claim)).toBe(true);
    expect(stands({ ...claim, as: "recovery" })).toBe(false);
    expect(stands({ ...claim, origin: "https://evil.example.org" })).toBe(false);
    expect(stands({ ...claim, ws: null })).toBe(false);
    expect(stands({ ...claim, id: id() })).toBe(false);
    expect(stands({ ...claim, challenge: randomBytes(32) })).toBe(false);
    expect(stands({ ...claim, nonce: randomBytes(16) })).toBe(false);
    expect(stands({ ...claim, expires: 60_001 })).toBe(false);
  });

  test("E7 a key request binds scope, epoch, asker and time", () => {
    const device = mintDevice();
    const plea = {
      ws: id<"workspace">(32),
      scope: id<"scope">(),
      epoch: 3,
      user: id<"user">(),
      device: device.id,
      at: 9,
    };
    const sig = signKeyRequest(plea, device.secrets.sign);
    const stands = (other: typeof plea) => verifySignature("request", device.public.sign, requestBytes(other), sig);
    expect(stands(plea)).toBe(true);
    expect(stands({ ...plea, ws: id(32) })).toBe(false);
    expect(stands({ ...plea, scope: id() })).toBe(false);
    expect(stands({ ...plea, epoch: 4 })).toBe(false);
    expect(stands({ ...plea, user: id() })).toBe(false);
    expect(stands({ ...plea, device: id() })).toBe(false);
    expect(stands({ ...plea, at: 10 })).toBe(false);
  });
});
