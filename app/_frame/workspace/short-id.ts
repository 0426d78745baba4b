// Ids as the server's view shows them: the first bytes in hex behind a three-letter kind.

import { parseBase64url, toHex } from "@/lib/base/encoding.ts";

/** `chn_7f3a5e`: a kind and the first three bytes of an id. */
export function shortId(kind: "wsp" | "chn" | "usr" | "dev", id: string): string {
  const bytes = parseBase64url(id);
  return `${kind}_${bytes === undefined ? "" : toHex(bytes.subarray(0, 3))}`;
}
