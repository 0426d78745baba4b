// Ed25519 signatures, each bound to one context, and who signs which ledger link (PROTOCOL C2, L1, L7).
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { SigContext } from "@/lib/proof/verify.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";
import type { Link, SignedLink } from "@/lib/protocol/link.ts";
import { encodeLink } from "@/lib/protocol/link.ts";
import type { RikSeed, Secret, SignSeed } from "./keys.ts";
import { exposeSecret } from "./keys.ts";
import { sodium } from "./sodium.ts";

type Pair = { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
// Expanding a seed costs as much as a signature: once per secret. Not for the RIK, of which wiping must leave nothing.
const pairs = new WeakMap<SignSeed, Pair>();

function signPair(seed: SignSeed): Pair {
  const bytes = exposeSecret(seed);
  const known = pairs.get(seed);
  if (known !== undefined) return known;
  const pair = sodium.crypto_sign_seed_keypair(bytes);
  if (seed.kind !== "rik") pairs.set(seed, pair);
  return pair;
}

/** The 32-byte public key of a seed. */
export function signPublic(seed: SignSeed): Uint8Array {
  return signPair(seed).publicKey;
}

/** 64-byte signature over enc("tacit/1/sig/" + context, bytes). */
export function sign(context: SigContext, seed: SignSeed, bytes: Uint8Array): Uint8Array {
  return sodium.crypto_sign_detached(enc(`tacit/1/sig/${context}`, bytes), signPair(seed).privateKey);
}

/** A link by a device (context `link`). For types with another or a second signer use the functions below. */
export function signLink(link: Link, device: Secret<"device-sign">): SignedLink {
  if (link.type === "user_reset" || link.type === "recovery_set" || link.type === "member_join")
    throw new Fault("proof/bad-signature", { detail: link.type });
  if (link.type === "root_renew") throw new Fault("proof/bad-signature", { detail: link.type });
  const bytes = encodeLink(link);
  return { bytes, sig: sign("link", device, bytes), extra: null };
}

/** user_reset and recovery_set: signed by the RIK (context `root`); their actor's device is all zero. */
export function signRootLink(link: Link, rik: RikSeed): SignedLink {
  const bytes = encodeLink(link);
  return { bytes, sig: sign("root", rik, bytes), extra: null };
}

/** root_renew: by a device, and by the new RIK over the same bytes (context `root`). */
export function signRootRenewal(link: Link, device: Secret<"device-sign">, newRik: RikSeed): SignedLink {
  const bytes = encodeLink(link);
  return { bytes, sig: sign("link", device, bytes), extra: sign("root", newRik, bytes) };
}

/** member_join: by the card's own device, and by the invite key over the same bytes (context `invite`). */
export function signJoin(link: Link, device: Secret<"device-sign">, invite: Secret<"invite-sign">): SignedLink {
  const bytes = encodeLink(link);
  return { bytes, sig: sign("link", device, bytes), extra: sign("invite", invite, bytes) };
}

/** member_add: what the joiner hands to the admins; the invite key over the card's bytes (context `invite`). */
export function signJoinRequest(card: SignedCard, invite: Secret<"invite-sign">): Uint8Array {
  return sign("invite", invite, card.card);
}
