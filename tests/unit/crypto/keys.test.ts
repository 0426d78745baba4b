// Secrets, randomness and derivation (C1, C2).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { toBase64url, toHex } from "@/lib/base/encoding.ts";
import { mintId } from "@/lib/base/ids.ts";
import { channelKey, mintEpochKey } from "@/lib/crypto/epoch.ts";
import { sealSegment } from "@/lib/crypto/file.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { deriveSecret, exposeSecret, KDF, mintSecret, secretFrom, wipeSecret } from "@/lib/crypto/keys.ts";
import { randomBytes, seedRandom, withSeed } from "@/lib/crypto/random.ts";
import { box, seal } from "@/lib/crypto/seal.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { assertFunctions, cryptoReady, inside, sodium, USED_INSIDE } from "@/lib/crypto/sodium.ts";

beforeAll(cryptoReady);

const seed = new Uint8Array(32).fill(1);

describe("C1 libsodium and randomness", () => {
  test("C1 a library that lacks one function is refused, by name", () => {
    expect(() => assertFunctions(sodium)).not.toThrow();
    const lame = { ...sodium, crypto_kem_xwing_enc: undefined };
    expect(() => assertFunctions(lame)).toThrow("crypto/missing-function: crypto_kem_xwing_enc");
  });

  test("C1 every libsodium function that this floor calls is on the list that is asserted", () => {
    const folder = join(import.meta.dirname, "../../../lib/crypto");
    const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8"));
    const called = new Set(source.flatMap((text) => [...text.matchAll(/sodium\.(\w+)\(/g)].map((match) => match[1])));
    called.delete("then");
    expect(called.size).toBeGreaterThan(8);
    for (const name of called) expect(() => assertFunctions({ ...sodium, [String(name)]: 0 }), name).toThrow(`${name}`);
    const within = new Set(
      source.flatMap((text) => [...text.matchAll(/inside\(\)\.(_\w+)/g)].map((match) => match[1])),
    );
    expect(within.size).toBeGreaterThan(8);
    for (const name of within)
      expect(() => assertFunctions({ ...inside(), [String(name)]: 0 }, USED_INSIDE), name).toThrow(`${name}`);
  });

  test("C1 random bytes differ, also in length", () => {
    expect(randomBytes(32)).not.toEqual(randomBytes(32));
    for (const length of [0, 1, 63, 64, 65, 1000]) expect(randomBytes(length)).toHaveLength(length);
  });

  test("C1 a seed replays to the byte: keys, nonces, encapsulations, file headers", () => {
    const blob = mintId<"blob">(new Uint8Array(16));
    const everything = () => {
      const anna = mintIdentity();
      const key = mintSecret("file");
      return [
        exposeSecret(anna.rik.seed),
        box(seed, seed, seed),
        seal(anna.puk.public.pk, seed, seed),
        sealSegment({ key, blob, size: 3 }, 0, new Uint8Array(3)).sealed,
      ].map(toHex);
    };
    const first = withSeed(seed, everything);
    expect(withSeed(seed, everything)).toEqual(first);
    const other = withSeed(new Uint8Array(32), everything);
    for (const [at, hex] of other.entries()) expect(hex).not.toBe(first[at]);
    for (const [at, hex] of everything().entries()) expect(hex).not.toBe(first[at]);
  });

  test("C1 a seeded stream never repeats, and ends when it is given back, also after a throw", () => {
    const restore = seedRandom(seed);
    const parts = [randomBytes(64), randomBytes(64), randomBytes(1)].map(toHex);
    restore();
    expect(new Set(parts).size).toBe(3);
    expect(toHex(randomBytes(64))).not.toBe(parts[0]);
    expect(() =>
      withSeed(seed, () => {
        throw new RangeError("stop");
      }),
    ).toThrow(RangeError);
    expect(withSeed(seed, () => toHex(randomBytes(64)))).not.toBe(toHex(randomBytes(64)));
  });

  test("C1 nothing in the product seeds the source", () => {
    const root = join(import.meta.dirname, "../../..");
    const files = ["lib", "app", "server", "cli"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(root, folder, file)),
    );
    const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
    expect(code.length).toBeGreaterThan(20);
    const seeding = code.filter((file) => /seedRandom|withSeed/.test(readFileSync(file, "utf8")));
    expect(seeding.map((file) => file.slice(root.length + 1))).toEqual(["lib/crypto/random.ts"]);
  });
});

describe("secrets", () => {
  test("a secret shows nothing of itself when printed, put into JSON, spread, cloned or put into text", () => {
    const secret = mintSecret("puk");
    const bytes = exposeSecret(secret);
    const shown = [inspect(secret, { depth: 9, showHidden: true }), JSON.stringify({ secret }), `${secret}`];
    shown.push(JSON.stringify({ ...secret }), inspect(structuredClone({ ...secret })), inspect(Object.values(secret)));
    for (const text of shown) {
      for (const form of [toHex(bytes), toBase64url(bytes), Array.from(bytes).join(","), Array.from(bytes).join(", ")])
        expect(text).not.toContain(form);
    }
    expect(JSON.stringify(secret)).toBe('"[secret puk]"');
  });

  test("a secret has 32 bytes, and keeps them when its source changes", () => {
    expect(() => secretFrom("epoch", new Uint8Array(31))).toThrow("wire/bad-shape");
    const source = seed.slice();
    const secret = secretFrom("epoch", source);
    source.fill(0);
    expect(exposeSecret(secret)).toEqual(seed);
  });

  test("D3 a wiped secret is gone for every use, and what was stored of it before stays whole", () => {
    const { rik } = mintIdentity();
    const bytes = exposeSecret(rik.seed);
    sign("root", rik.seed, seed);
    wipeSecret(rik.seed);
    expect(bytes).not.toEqual(new Uint8Array(32));
    expect(() => exposeSecret(rik.seed)).toThrow("crypto/no-key");
    expect(() => sign("root", rik.seed, seed)).toThrow("crypto/no-key");
  });
});

describe("the door out of secrets", () => {
  test("raw bytes of secrets are taken in the crypto and client floors alone", () => {
    const root = join(import.meta.dirname, "../../..");
    const files = ["lib", "app", "server", "cli"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    );
    const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
    const users = code.filter((file) => /\bexposeSecret\b/.test(readFileSync(join(root, file), "utf8")));
    expect(users).toContain("lib/crypto/keys.ts");
    expect(users.filter((file) => !/^lib\/(crypto|client)\//.test(file))).toEqual([]);
  });
});

describe("C2 derivation", () => {
  test("C2 key, label, every field and every border between fields matter", () => {
    const all = [
      KDF(seed, "a", "bc"),
      KDF(seed, "ab", "c"),
      KDF(seed, "a", "b", "c"),
      KDF(seed, "a", "bc", ""),
      KDF(seed, "a", "cb"),
      KDF(seed, "a", 1),
      KDF(seed, "a", 2),
      KDF(seed, "a"),
      KDF(new Uint8Array(32), "a", "bc"),
    ].map(toHex);
    expect(new Set(all).size).toBe(all.length);
  });

  test("C2 channels of an epoch, and epochs of a channel, have keys of their own; one is derived once", () => {
    const [one, two] = [mintEpochKey(), mintEpochKey()];
    const [here, there] = [mintId<"channel">(randomBytes(16)), mintId<"channel">(randomBytes(16))];
    const keys = [channelKey(one, here), channelKey(one, there), channelKey(two, here)].map((key) =>
      toHex(exposeSecret(key)),
    );
    expect(new Set(keys).size).toBe(3);
    expect(channelKey(one, here)).toBe(channelKey(one, here));
    expect(exposeSecret(deriveSecret("channel", one, "chan", randomBytes(16)))).not.toEqual(
      exposeSecret(channelKey(one, here)),
    );
  });
});
