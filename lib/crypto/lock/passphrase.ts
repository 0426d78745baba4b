// From a passphrase to a key, by Argon2id; its library is fetched when a lock is first used, and never before (PROTOCOL C1).
import type library from "libsodium-wrappers-sumo";
import { utf8 } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import { type Secret, secretFrom } from "@/lib/crypto/keys.ts";
import { LOCK_COSTS } from "@/lib/protocol/lock/record.ts";

const USED = [
  ["crypto_pwhash", "function"],
  ["crypto_pwhash_ALG_ARGON2ID13", "number"],
] as const;
const KEY_BYTES = 32;
const LEAST_CHARS = 8;
const MOST_CHARS = 1024;

type Argon2 = typeof library;
let loaded: Promise<Argon2> | undefined;

/** Throws lock/not-loaded when it does not arrive, as on a lost network. */
async function load(): Promise<Argon2> {
  try {
    const { default: arrived } = await import("libsodium-wrappers-sumo");
    await arrived.ready;
    for (const [name, type] of USED) {
      const found: unknown = Reflect.get(arrived, name);
      if (typeof found !== type) throw new Fault("crypto/missing-function", { detail: name });
    }
    return arrived;
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("lock/not-loaded", { cause });
  }
}

async function argon2(): Promise<Argon2> {
  loaded ??= load();
  // What did not arrive is asked for again.
  loaded.catch(() => {
    loaded = undefined;
  });
  return await loaded;
}

/** Fetches the library ahead of its use: a locked device may lose its network before anybody types. */
export function preparePassphrase(): void {
  void argon2().catch(() => undefined);
}

/** The same letters, however a keyboard composes them. */
function normalized(passphrase: string): string {
  return passphrase.toWellFormed().normalize("NFKC");
}

/** Whether it may become one's passphrase. Throws lock/short. */
export function checkPassphrase(passphrase: string): void {
  const chars = [...normalized(passphrase)].length;
  if (chars < LEAST_CHARS) throw new Fault("lock/short");
  if (chars > MOST_CHARS) throw new Fault("wire/bad-shape", { detail: "passphrase" });
}

/** The key of a passphrase. Throws lock/weak for costs below the floor, and for such as would only hold one up. */
export async function passphraseKey(
  passphrase: string,
  way: { readonly salt: Uint8Array; readonly ops: number; readonly memory: number },
): Promise<Secret<"lock">> {
  const { salt, ops, memory } = way;
  if (ops < LOCK_COSTS.ops || memory < LOCK_COSTS.memory) throw new Fault("lock/weak");
  if (ops > LOCK_COSTS.mostOps || memory > LOCK_COSTS.mostMemory) throw new Fault("lock/weak");
  const larger = await argon2();
  const bytes = utf8(normalized(passphrase));
  try {
    const { crypto_pwhash_ALG_ARGON2ID13: algorithm } = larger;
    return secretFrom("lock", larger.crypto_pwhash(KEY_BYTES, bytes, salt, ops, memory, algorithm));
  } finally {
    bytes.fill(0);
  }
}
