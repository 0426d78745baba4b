// The vault's keys under a lock: boxed under the passphrase's key, sealed to the passkey's pair (PROTOCOL A5, C5).
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { exposeSecret, KDF, type Secret, secretFrom } from "@/lib/crypto/keys.ts";
import { box, kemPublic, openBox, openSeal, seal } from "@/lib/crypto/seal.ts";
import type { PasskeyWay, PassphraseWay } from "@/lib/protocol/lock/record.ts";

const KEY_BYTES = 32;

/** Keys of a vault, the one that seals first. */
export type VaultKeys = readonly Uint8Array[];

function passphraseAd({ salt, ops, memory }: Omit<PassphraseWay, "box">): Uint8Array {
  return enc("box/lock", salt, ops, memory);
}

function passkeyCtx({ id, salt }: Pick<PasskeyWay, "id" | "salt">): Uint8Array {
  return enc("seal/lock", id, salt);
}

/** The keys that `bytes` spell; null when they are not whole ones. */
function keysFrom(bytes: Uint8Array | null): VaultKeys | null {
  if (bytes === null || bytes.length === 0 || bytes.length % KEY_BYTES !== 0) return null;
  return Array.from({ length: bytes.length / KEY_BYTES }, (_, i) => bytes.slice(i * KEY_BYTES, (i + 1) * KEY_BYTES));
}

/** The way in by passphrase. */
export function wrapByPassphrase(key: Secret<"lock">, way: Omit<PassphraseWay, "box">, keys: VaultKeys): PassphraseWay {
  return { ...way, box: box(exposeSecret(key), passphraseAd(way), concat(...keys)) };
}

/** The vault's keys; null: another passphrase. */
export function openByPassphrase(key: Secret<"lock">, way: PassphraseWay): VaultKeys | null {
  return keysFrom(openBox(exposeSecret(key), passphraseAd(way), way.box));
}

/** The passkey's own seed, out of what its PRF gave for this salt. */
export function passkeySeed(prf: Uint8Array, { id, salt }: Pick<PasskeyWay, "id" | "salt">): Secret<"lock-kem"> {
  return secretFrom("lock-kem", KDF(prf, "lock/passkey", id, salt));
}

/** Public half of a passkey's seed, to which keys can be sealed later without it. */
export function passkeyPublic(seed: Secret<"lock-kem">): Uint8Array {
  return kemPublic(seed);
}

/** The way in by passkey. */
export function wrapByPasskey(way: Omit<PasskeyWay, "sealed">, keys: VaultKeys): PasskeyWay {
  return { ...way, sealed: seal(way.pk, passkeyCtx(way), concat(...keys)) };
}

/** The vault's keys; null: another passkey. */
export function openByPasskey(seed: Secret<"lock-kem">, way: PasskeyWay): VaultKeys | null {
  return keysFrom(openSeal(seed, passkeyCtx(way), way.sealed));
}
