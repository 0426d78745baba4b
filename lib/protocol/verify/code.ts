// The code that one person's screen shows and the other's camera reads: both root keys and the ledger head (PROTOCOL A3).
import { z } from "zod";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { count, hash, id, signKey, structure } from "@/lib/protocol/fields.ts";

const PREFIX = "tacit:verify:";
/** Version of the payload, before the colon. */
const VERSION = "1";

const codeSchema = z.strictObject({
  ws: id<"workspace">(32),
  /** who shows the code, with his own root key */
  by: id<"user">(),
  own: signKey,
  /** for whom it is shown, with the root key that the shower's ledger has for him */
  to: id<"user">(),
  theirs: signKey,
  /** where the shower stands in the ledger: L_n */
  n: count,
  head: hash,
});
export type VerifyCode = z.output<typeof codeSchema>;
const codeStructure = structure(codeSchema);

/** `tacit:verify:1:` and the CBOR in base64url: plain text that any scanner hands over unchanged. */
export function formatVerifyCode(code: VerifyCode): string {
  return `${PREFIX}${VERSION}:${toBase64url(codeStructure.encode(code))}`;
}

/** Throws verify/not-a-code for anything else, verify/newer for a version that is not known here. */
export function parseVerifyCode(text: string): VerifyCode {
  if (!text.startsWith(PREFIX)) throw new Fault("verify/not-a-code");
  const [version = "", body, ...rest] = text.slice(PREFIX.length).split(":");
  if (/^[1-9]\d{0,3}$/.test(version) && version !== VERSION) throw new Fault("verify/newer");
  const bytes = version === VERSION && rest.length === 0 ? parseBase64url(body ?? "") : undefined;
  if (bytes === undefined) throw new Fault("verify/not-a-code");
  try {
    return codeStructure.parse(bytes);
  } catch (cause) {
    throw new Fault("verify/not-a-code", { cause });
  }
}
