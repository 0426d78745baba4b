// The app lock's passphrase: Argon2id as another implementation has it, letters however composed, costs never below the floor.
import { beforeAll, expect, test } from "vitest";
import { toHex } from "@/lib/base/encoding.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { checkPassphrase, passphraseKey } from "@/lib/crypto/lock/passphrase.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { LOCK_COSTS } from "@/lib/protocol/lock/record.ts";

beforeAll(() => cryptoReady());

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
const { ops, memory } = LOCK_COSTS;

/** Made by a second implementation, @noble/hashes 2.4: argon2id(NFKC, salt, {t: 3, m: 65536, p: 1}); it takes half a minute. */
const KEY = "1809b6b45e1af62989d73db0edb3be8f6d9fab8885a3490a5e27277881c66df0";

test("C1 the key is Argon2id's, as a second implementation has it, however a keyboard composes the letters", async () => {
  const key = async (text: string) => toHex(exposeSecret(await passphraseKey(text, { salt, ops, memory })));
  expect(await key("quatre rivières")).toBe(KEY);
  expect(await key("quatre rivie\u0300res")).toBe(KEY);
  expect(await key("Quatre rivières")).not.toBe(KEY);
});

test("A5 what may become a passphrase: eight characters, as people count them", () => {
  for (const short of ["", "1234567", "🙂🙂🙂🙂"]) expect(() => checkPassphrase(short)).toThrow("lock/short");
  for (const fine of ["12345678", "🙂🙂🙂🙂🙂🙂🙂🙂", "x".repeat(1024)])
    expect(() => checkPassphrase(fine)).not.toThrow();
  expect(() => checkPassphrase("x".repeat(1025))).toThrow("wire/bad-shape");
});
