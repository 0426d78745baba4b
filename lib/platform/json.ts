// Foreign JSON: bounded nesting and no keys that reach into prototypes, before anything looks at it (MS-24).
import { parseUtf8 } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";

/** Deeper than anything the protocol says. */
const DEEPEST = 32;
const PROTO = /"(?:_|\\u005f){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006f)/i;

/** True when brackets outside of strings nest deeper than `limit`. Strings are leapt over: most of an answer is base64url. */
function isDeep(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      for (;;) {
        at = text.indexOf('"', at + 1);
        if (at < 0) return false;
        let slashes = 0;
        while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
        if (slashes % 2 === 0) break;
      }
    } else if (unit === 0x5b || unit === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1;
  }
  return false;
}

/** The value that JSON text or UTF-8 bytes spell. Throws net/bad-answer. */
export function parseJson(from: string | Uint8Array): unknown {
  const text = typeof from === "string" ? from : parseUtf8(from);
  if (text === undefined || isDeep(text, DEEPEST) || PROTO.test(text)) throw new Fault("net/bad-answer");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("net/bad-answer", { cause });
  }
}
