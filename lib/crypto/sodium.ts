// The one door to libsodium for secrets; every function used here must exist before anything runs (PROTOCOL C1).
import sodium from "libsodium-wrappers";
import { Fault } from "@/lib/base/errors.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";

const USED = [
  "crypto_generichash",
  "crypto_generichash_init",
  "crypto_generichash_update",
  "crypto_generichash_final",
  "crypto_sign_seed_keypair",
  "crypto_sign_detached",
  "crypto_kem_xwing_seed_keypair",
  "crypto_kem_xwing_enc",
  "crypto_kem_xwing_enc_deterministic",
  "crypto_kem_xwing_dec",
  "crypto_aead_xchacha20poly1305_ietf_encrypt",
  "crypto_aead_xchacha20poly1305_ietf_decrypt",
  "crypto_secretstream_xchacha20poly1305_init_pull",
  "crypto_secretstream_xchacha20poly1305_push",
  "crypto_secretstream_xchacha20poly1305_pull",
] as const;

/** Throws crypto/missing-function, naming it, when a library lacks one of `names`: some typed ones do not exist (C1). */
export function assertFunctions(library: object, names: readonly string[] = USED): void {
  for (const name of names) {
    const found: unknown = Reflect.get(library, name);
    if (typeof found !== "function") throw new Fault("crypto/missing-function", { detail: name });
  }
}

const loaded: Promise<void> = sodium.ready.then(() => assertFunctions(sodium));

/** Resolves once libsodium is there and whole, for lib/proof too. Await once at start; all calls after are synchronous. */
export async function cryptoReady(): Promise<void> {
  await Promise.all([loaded, sodiumReady()]);
}

/** XChaCha20-Poly1305, additional data mandatory. `ciphertext` ends with the 16-byte tag. */
export function aeadSeal(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key);
}

/** The plaintext, or null when key, nonce, additional data or ciphertext do not belong together. */
export function aeadOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  ad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | null {
  if (nonce.length !== 24 || ciphertext.length < 16) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key);
  } catch {
    return null;
  }
}

export { sodium };
