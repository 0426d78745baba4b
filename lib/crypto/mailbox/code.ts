// Codes told from device to device, and the mailbox that each makes: its id, its key, its sealed letters (PROTOCOL D1, D6).
import { equal } from "@/lib/base/bytes.ts";
import { enc, parseEnc } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { MailboxId } from "@/lib/base/ids.ts";
import { ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import { exposeSecret, type Secret, secretFrom } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { box, openBox } from "@/lib/crypto/seal.ts";
import { H } from "@/lib/proof/hash.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { CODE_BYTES, type CodeUse } from "@/lib/protocol/mailbox/code.ts";

const R_BYTES = 32;
/** nonce and tag of a box */
const BOX_BYTES = 40;

/** The code of these public keys: 120 bits of H(use, ..keys, r). Another's keys do not make it, whoever knows it. */
export function codeOf(use: CodeUse, keys: readonly Uint8Array[], r: Uint8Array): Uint8Array {
  return H(use, ...keys, r).subarray(0, CODE_BYTES);
}

/** A fresh code over public keys, with the r that goes into the mailbox beside them. */
export function mintCode(
  use: CodeUse,
  keys: readonly Uint8Array[],
): { readonly code: Uint8Array; readonly r: Uint8Array } {
  const r = randomBytes(R_BYTES);
  return { code: codeOf(use, keys, r), r };
}

/** True when the keys and r that lay in a mailbox are those that the code was made from. */
export function codeFits(code: Uint8Array, use: CodeUse, keys: readonly Uint8Array[], r: Uint8Array): boolean {
  return equal(codeOf(use, keys, r), code);
}

/** Where the letters lie, and the key they are boxed under. The server learns the id alone, which tells nothing of the code. */
export type Mailbox = { readonly id: MailboxId; readonly key: Secret<"mailbox"> };

/** The mailbox of a code: id = first 16 bytes of H("mailbox-id", use, code), key = H("mailbox-key", use, code). */
export function mailboxOf(use: CodeUse, code: Uint8Array): Mailbox {
  return {
    id: mintId<"mailbox">(H("mailbox-id", use, code).subarray(0, ID_BYTES)),
    key: secretFrom("mailbox", H("mailbox-key", use, code)),
  };
}

function letterAd(mailbox: Mailbox, slot: number): Uint8Array {
  return enc("box/letter", idBytes(mailbox.id), slot);
}

/** Content as it lies in one slot: zero-padded, so that all letters have as many bytes. Throws wire/too-large. */
export function sealLetter(
  mailbox: Mailbox,
  slot: number,
  content: Uint8Array,
  bytes: number = LIMITS.letterBytes,
): Uint8Array {
  const filled = enc(content);
  const padded = new Uint8Array(bytes - BOX_BYTES);
  if (filled.length > padded.length) throw new Fault("wire/too-large");
  padded.set(filled);
  return box(exposeSecret(mailbox.key), letterAd(mailbox, slot), padded);
}

/** The content of a letter: crypto/cannot-open for other keys and other slots, crypto/bad-padding for what follows it. */
export function openLetter(
  mailbox: Mailbox,
  slot: number,
  letter: Uint8Array,
  bytes: number = LIMITS.letterBytes,
): Uint8Array | FaultCode {
  const padded = openBox(exposeSecret(mailbox.key), letterAd(mailbox, slot), letter);
  if (padded === null) return "crypto/cannot-open";
  const parsed = parseEnc(padded, 1);
  const [content] = parsed?.fields ?? [];
  if (parsed === undefined || content === undefined) return "crypto/bad-padding";
  return parsed.rest.every((byte) => byte === 0) && letter.length === bytes ? content : "crypto/bad-padding";
}
