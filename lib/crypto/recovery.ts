// The recovery code: 24 words for 256 bits, the keys it makes per workspace, and the box of the root key (PROTOCOL D3).
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { Id, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import { H } from "@/lib/proof/hash.ts";
import type { RecoveryPublic } from "@/lib/protocol/device.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { BoxRow } from "@/lib/protocol/room.ts";
import { pukScope } from "./identity.ts";
import type { RecoveryCode, RikSeed, Secret } from "./keys.ts";
import { deriveSecret, exposeSecret, mintSecret, SECRET_BYTES, secretFrom } from "./keys.ts";
import { box, kemPublic, openBox, rootBoxAd } from "./seal.ts";
import { signPublic } from "./sign.ts";

export const RECOVERY_WORDS = 24;
const KNOWN = new Set(wordlist);

/** A fresh code. */
export function mintRecoveryCode(): RecoveryCode {
  return mintSecret("recovery");
}

/** The 24 English words (BIP39) of a code, in order. */
export function wordsOf(code: RecoveryCode): string[] {
  return entropyToMnemonic(exposeSecret(code), wordlist).split(" ");
}

/** Why words are no code. `foreign`: places, from 0, of words that are not in the list. */
export type BadWords = {
  readonly code: "crypto/bad-words" | "crypto/bad-checksum";
  readonly foreign: readonly number[];
};

/**
 * The code that typed words spell; case and spacing do not matter. crypto/bad-words names the places of foreign words
 * (none, when only the count is wrong); crypto/bad-checksum when each is known but they do not fit together.
 */
export function parseWords(typed: string): RecoveryCode | BadWords {
  const words = typed
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z]+/u)
    .filter((word) => word !== "");
  const foreign = words.flatMap((word, place) => (KNOWN.has(word) ? [] : [place]));
  if (foreign.length > 0 || words.length !== RECOVERY_WORDS) return { code: "crypto/bad-words", foreign };
  try {
    return secretFrom("recovery", mnemonicToEntropy(words.join(" "), wordlist));
  } catch {
    return { code: "crypto/bad-checksum", foreign: [] };
  }
}

/** True for a word of the list. */
export function isRecoveryWord(word: string): boolean {
  return KNOWN.has(word);
}

/** What is kept of one word. */
export function wordTag(place: number, word: string): number {
  return (H("recovery-tag", place, word)[0] ?? 0) & 15;
}

/** 4 bits of each word, kept for the drill when the code itself is wiped (D3): 160 of its 256 bits stay unknown. */
export function wordTags(words: readonly string[]): number[] {
  return words.map((word, place) => wordTag(place, word));
}

/** What a code makes for one workspace; the same code may serve several (D3). */
export type RecoveryKeys = {
  readonly box: Secret<"recovery-box">;
  readonly kem: Secret<"recovery-kem">;
  readonly auth: Secret<"recovery-auth">;
  readonly public: RecoveryPublic;
};

/** Box key, X-Wing key and login key of a code in this workspace, with the public half for recovery_set. */
export function recoveryKeys(code: RecoveryCode, ws: WorkspaceId, gen: number): RecoveryKeys {
  const kem = deriveSecret("recovery-kem", code, "recovery-kem", idBytes(ws));
  const auth = deriveSecret("recovery-auth", code, "recovery-auth", idBytes(ws));
  return {
    box: deriveSecret("recovery-box", code, "recovery-box", idBytes(ws)),
    kem,
    auth,
    public: { gen, auth: signPublic(auth), kem: kemPublic(kem) },
  };
}

/** Id under which a recovery key logs in: the first 16 bytes of its public login key. */
export function recoveryLoginId(auth: Uint8Array): Id<"login"> {
  return mintId<"login">(auth.subarray(0, ID_BYTES));
}

/** Whose root key lies in the box, under the code of which generation. */
export type RootName = { readonly ws: WorkspaceId; readonly user: UserId; readonly gen: number };

/** Boxes the RIK seed under the code (D3). */
export function boxRoot(name: RootName, keys: RecoveryKeys, rik: RikSeed): BoxRow {
  const ct = box(exposeSecret(keys.box), rootBoxAd(name.ws, name.user, name.gen), exposeSecret(rik));
  return { purpose: "root", scope: pukScope(name.user), epoch: name.gen, ct: toBase64url(ct) };
}

/** The RIK seed, if it makes the root key that the ledger has for this person (D5, C6): an old or foreign box does not. */
export function openRoot(
  name: RootName & { readonly rik: Uint8Array },
  keys: RecoveryKeys,
  row: BoxRow,
): RikSeed | FaultCode {
  const bytes = openBox(exposeSecret(keys.box), rootBoxAd(name.ws, name.user, name.gen), fromJson(row.ct));
  if (bytes === null) return "crypto/cannot-open";
  if (bytes.length !== SECRET_BYTES) return "crypto/bad-commitment";
  const seed = secretFrom("rik", bytes);
  return equal(signPublic(seed), name.rik) ? seed : "crypto/bad-commitment";
}
