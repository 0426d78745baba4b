// The one door of this floor to libsodium: hashing and verifying with public keys, nothing that takes a secret (C1).
import * as declared from "libsodium-wrappers";
import { Fault } from "@/lib/base/errors.ts";

type Sodium = Pick<
  typeof declared,
  "crypto_generichash" | "crypto_sign_verify_detached" | "crypto_sign_ed25519_pk_to_curve25519"
>;
const USED: readonly (keyof Sodium)[] = [
  "crypto_generichash",
  "crypto_sign_verify_detached",
  "crypto_sign_ed25519_pk_to_curve25519",
];

let loaded: Sodium | undefined;

/** Resolves once the calls of this floor may be made. Throws crypto/missing-function when one of them is not there (C1). */
export async function sodiumReady(): Promise<void> {
  if (loaded !== undefined) return;
  await declared.ready;
  // The package declares its functions as named exports and ships them on the default export alone.
  const shipped: unknown = Reflect.get(declared, "default") ?? declared;
  loaded = assertFunctions(shipped);
}

/** The functions of this floor on `shipped`. Throws crypto/missing-function: some typed ones do not exist (C1). */
export function assertFunctions(shipped: unknown): Sodium {
  for (const name of USED) {
    if (typeof shipped !== "object" || shipped === null || typeof Reflect.get(shipped, name) !== "function")
      throw new Fault("crypto/missing-function", { detail: name });
  }
  return shipped as Sodium;
}

function sodium(): Sodium {
  if (loaded === undefined) throw new Fault("crypto/missing-function", { detail: "sodiumReady() was not awaited" });
  return loaded;
}

/** BLAKE2b-256 of the message. */
export function blake2b(message: Uint8Array): Uint8Array {
  return sodium().crypto_generichash(32, message, null);
}

/** Ed25519 as libsodium judges it: canonical S, A and R, no point of small order (C4). */
export function verifyDetached(pk: Uint8Array, message: Uint8Array, sig: Uint8Array): boolean {
  if (pk.length !== 32 || sig.length !== 64) return false;
  return sodium().crypto_sign_verify_detached(sig, message, pk);
}

/** True when the bytes are a point of Ed25519's main subgroup, not of small order. */
export function isMainSubgroupPoint(pk: Uint8Array): boolean {
  try {
    sodium().crypto_sign_ed25519_pk_to_curve25519(pk);
    return true;
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    return false;
  }
}
