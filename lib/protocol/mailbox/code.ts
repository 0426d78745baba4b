// A code that one person reads and another types: 120 bits in 24 characters, and the text of its QR (PROTOCOL D1).
import { Fault } from "@/lib/base/errors.ts";

/** Bytes of a code: 120 bits. */
export const CODE_BYTES = 15;
const CODE_CHARS = 24;
const GROUP = 4;
/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** What people type for what they see. */
const ALIKE: Readonly<Record<string, string>> = { I: "1", L: "1", O: "0" };
const QR_HEAD = "TACIT1";

/** What a code is for; it is hashed in, so that no code serves for the other. */
export type CodeUse = "link" | "circle";

/** The 24 characters, without blanks. */
export function codeChars(code: Uint8Array): string {
  let bits = 0n;
  for (const byte of code) bits = (bits << 8n) | BigInt(byte);
  return Array.from(
    { length: CODE_CHARS },
    (_, i) => ALPHABET[Number((bits >> BigInt(5 * (CODE_CHARS - 1 - i))) & 31n)],
  ).join("");
}

/** The code as people read it: six groups of four. */
export function formatCode(code: Uint8Array): string {
  return (
    codeChars(code)
      .match(new RegExp(`.{${GROUP}}`, "g"))
      ?.join(" ") ?? ""
  );
}

/** The code behind typed text; case, blanks and dashes do not matter. Throws wire/bad-code. */
export function parseCode(text: string): Uint8Array {
  const typed = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—.·]+/gu, "");
  if (typed.length !== CODE_CHARS) throw new Fault("wire/bad-code", { detail: String(typed.length) });
  let bits = 0n;
  for (const char of typed) {
    const value = ALPHABET.indexOf(ALIKE[char] ?? char);
    if (value < 0) throw new Fault("wire/bad-code", { detail: String(typed.length) });
    bits = (bits << 5n) | BigInt(value);
  }
  return Uint8Array.from({ length: CODE_BYTES }, (_, i) => Number((bits >> BigInt(8 * (CODE_BYTES - 1 - i))) & 255n));
}

/**
 * The text of a code's QR. Not an address: what a phone's camera app could open, anybody could send as a link to have a
 * device of his own linked.
 */
export function formatCodeQr(use: CodeUse, code: Uint8Array, origin: string): string {
  return `${QR_HEAD}:${use.toUpperCase()}:${codeChars(code)}:${origin}`;
}

/** What was scanned or typed. `origin` is null for a typed code. Throws wire/bad-code, also for the other use. */
export function parseCodeInput(
  use: CodeUse,
  text: string,
): { readonly code: Uint8Array; readonly origin: string | null } {
  const trimmed = text.trim();
  const [head, kind, chars, ...origin] = trimmed.split(":");
  if (head !== QR_HEAD) return { code: parseCode(trimmed), origin: null };
  if (kind !== use.toUpperCase() || chars === undefined) throw new Fault("wire/bad-code", { detail: "0" });
  return { code: parseCode(chars), origin: origin.join(":") };
}
