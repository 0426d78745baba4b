// The one door to libsodium for secrets; every function used here must exist before anything runs (PROTOCOL C1).
import sodium from "libsodium-wrappers";
import { Fault } from "@/lib/base/errors.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";

const USED = [
  "crypto_generichash",
  "crypto_sign_seed_keypair",
  "crypto_sign_detached",
  "crypto_kem_xwing_seed_keypair",
  "crypto_kem_xwing_enc",
  "crypto_kem_xwing_enc_deterministic",
  "crypto_kem_xwing_dec",
  "crypto_aead_xchacha20poly1305_ietf_encrypt",
  "crypto_aead_xchacha20poly1305_ietf_decrypt",
] as const;

/** libsodium's functions as compiled, over its own memory: numbers are places there, and 64 bits come as two halves. */
type Inside = {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  _crypto_generichash_statebytes(): number;
  _crypto_generichash_init(state: number, key: number, keyBytes: number, bytes: number): number;
  _crypto_generichash_update(state: number, at: number, length: number, high: number): number;
  _crypto_generichash_final(state: number, out: number, bytes: number): number;
  _crypto_secretstream_xchacha20poly1305_statebytes(): number;
  _crypto_secretstream_xchacha20poly1305_init_pull(state: number, header: number, key: number): number;
  _crypto_secretstream_xchacha20poly1305_push(
    state: number,
    out: number,
    outBytes: number,
    from: number,
    length: number,
    high: number,
    ad: number,
    adLength: number,
    adHigh: number,
    tag: number,
  ): number;
  _crypto_secretstream_xchacha20poly1305_pull(
    state: number,
    out: number,
    outBytes: number,
    tag: number,
    from: number,
    length: number,
    high: number,
    ad: number,
    adLength: number,
    adHigh: number,
  ): number;
};

/** What of it is used. */
export const USED_INSIDE = [
  "_malloc",
  "_free",
  "_crypto_generichash_statebytes",
  "_crypto_generichash_init",
  "_crypto_generichash_update",
  "_crypto_generichash_final",
  "_crypto_secretstream_xchacha20poly1305_statebytes",
  "_crypto_secretstream_xchacha20poly1305_init_pull",
  "_crypto_secretstream_xchacha20poly1305_push",
  "_crypto_secretstream_xchacha20poly1305_pull",
] as const;

/** Throws crypto/missing-function, naming it, when a library lacks one of `names`: some typed ones do not exist (C1). */
export function assertFunctions(library: object, names: readonly string[] = USED): void {
  for (const name of names) {
    const found: unknown = Reflect.get(library, name);
    if (typeof found !== "function") throw new Fault("crypto/missing-function", { detail: name });
  }
}

const loaded: Promise<void> = sodium.ready.then(() => {
  assertFunctions(sodium);
  assertFunctions(inside(), USED_INSIDE);
});

/** Where whole files pass: called with JavaScript's bytes, libsodium copies them four times a chunk. */
export function inside(): Inside {
  return Reflect.get(sodium, "libsodium") as Inside;
}

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
