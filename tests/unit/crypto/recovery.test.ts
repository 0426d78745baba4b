// The recovery code: words, keys per workspace, the root's box, the drill's tags (D3, D5, MS-33).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { toHex } from "@/lib/base/encoding.ts";
import type { Id } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import {
  boxRoot,
  mintRecoveryCode,
  openRoot,
  parseWords,
  recoveryKeys,
  recoveryLoginId,
  wordsOf,
  wordTags,
} from "@/lib/crypto/recovery.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { boxSchema } from "@/lib/protocol/room.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(randomBytes(length));

beforeAll(cryptoReady);

describe("D3 words", () => {
  test("D3 every code makes 24 words that spell it again, whatever case and spacing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const words = wordsOf(secretFrom("recovery", bytes));
        expect(words).toHaveLength(24);
        for (const typed of [
          words.join(" "),
          ` ${words.join("\n").toUpperCase()} `,
          words.map((w, i) => `${i + 1}. ${w}`).join(", "),
        ]) {
          const code = parseWords(typed);
          expect("foreign" in code ? code : exposeSecret(code)).toEqual(bytes);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("D3 the all-zero code has the words that BIP39 publishes", () => {
    expect(wordsOf(secretFrom("recovery", new Uint8Array(32)))).toEqual([...Array(23).fill("abandon"), "art"]);
  });

  test("D3 foreign words are named by place; a missing word and a swap are told apart", () => {
    const words = wordsOf(secretFrom("recovery", new Uint8Array(32).fill(7)));
    const misspelt = words.with(3, "abandonn").with(20, "zzz");
    expect(parseWords(misspelt.join(" "))).toEqual({ code: "crypto/bad-words", foreign: [3, 20] });
    expect(parseWords(words.slice(1).join(" "))).toEqual({ code: "crypto/bad-words", foreign: [] });
    expect(parseWords([...words, "abandon"].join(" "))).toEqual({ code: "crypto/bad-words", foreign: [] });
    expect(parseWords("")).toEqual({ code: "crypto/bad-words", foreign: [] });
    const other = words[5] === "abandon" ? "zoo" : "abandon";
    expect(parseWords(words.with(5, other).join(" "))).toEqual({ code: "crypto/bad-checksum", foreign: [] });
  });

  test("D3 the drill's tags tell most wrong words from the right one and hold 4 bits each", () => {
    const words = wordsOf(mintRecoveryCode());
    const tags = wordTags(words);
    expect(tags).toHaveLength(24);
    for (const tag of tags) expect(tag >= 0 && tag < 16 && Number.isInteger(tag)).toBe(true);
    expect(wordTags(words)).toEqual(tags);
    const place = Array.from({ length: 256 }, (_, i) => wordTags([`word${i}`])[0]);
    expect(new Set(place).size).toBe(16);
    expect(wordTags(Array(24).fill("zoo"))).not.toEqual(Array(24).fill(wordTags(["zoo"])[0]));
  });
});

describe("D3 keys and the root's box", () => {
  test("D3 one code makes unlike keys for two workspaces, and unlike keys within one", () => {
    const code = mintRecoveryCode();
    const [here, there] = [recoveryKeys(code, id(32), 1), recoveryKeys(code, id(32), 1)];
    const all = [here, there].flatMap((keys) => [keys.box, keys.kem, keys.auth].map((key) => toHex(exposeSecret(key))));
    expect(new Set(all).size).toBe(6);
    expect(recoveryLoginId(here.public.auth)).not.toBe(recoveryLoginId(there.public.auth));
  });

  test("D3 D5 the root comes back by the code, and only as the ledger's root", () => {
    const anna = mintIdentity();
    const ws = id<"workspace">(32);
    const name = { ws, user: anna.user, gen: 1 };
    const code = mintRecoveryCode();
    const row = boxRoot(name, recoveryKeys(code, ws, 1), anna.rik.seed);
    expect(boxSchema.parse(row)).toEqual(row);
    const words = parseWords(wordsOf(code).join(" "));
    if ("foreign" in words) throw new RangeError(words.code);
    const opened = openRoot({ ...name, rik: anna.rik.pk }, recoveryKeys(words, ws, 1), row);
    expect(typeof opened === "string" ? opened : exposeSecret(opened)).toEqual(exposeSecret(anna.rik.seed));
  });

  test("MS-33 an old, foreign or forged box opens nothing, each by name", () => {
    const anna = mintIdentity();
    const ws = id<"workspace">(32);
    const name = { ws, user: anna.user, gen: 2 };
    const keys = recoveryKeys(mintRecoveryCode(), ws, 2);
    const open = { ...name, rik: anna.rik.pk };
    const old = boxRoot({ ...name, gen: 1 }, keys, anna.rik.seed);
    expect(openRoot(open, keys, old)).toBe("crypto/cannot-open");
    const foreign = boxRoot({ ...name, user: id() }, keys, anna.rik.seed);
    expect(openRoot(open, keys, foreign)).toBe("crypto/cannot-open");
    const row = boxRoot(name, keys, anna.rik.seed);
    expect(openRoot(open, recoveryKeys(mintRecoveryCode(), ws, 2), row)).toBe("crypto/cannot-open");
    const otherRoot = boxRoot(name, keys, mintIdentity().rik.seed);
    expect(openRoot(open, keys, otherRoot)).toBe("crypto/bad-commitment");
  });
});
