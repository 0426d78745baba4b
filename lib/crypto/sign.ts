// Ed25519 signatures, each bound to one context (PROTOCOL C2).
import { enc } from "@/lib/base/encoding.ts";
import type { SigContext } from "@/lib/proof/verify.ts";
import type { SignSeed } from "./keys.ts";
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
