// What a scan range means, said once for every storage adapter: the bounds of the keys it takes.
import type { Storage } from "@/lib/client/ports.ts";

export type ScanRange = Parameters<Storage["scan"]>[1];

/** Keys k with `from` <= k (or < when `fromOpen`) and k < `to`; a missing bound is open-ended. At most `limit` of them. */
export type KeyBounds = {
  readonly from: string;
  readonly fromOpen: boolean;
  readonly to: string | undefined;
  readonly limit: number;
};

/** No database takes a larger count; "all" may be asked for as Infinity. */
const MOST_ROWS = 2 ** 31 - 1;

/** The least string above every string that begins with `prefix`, in UTF-16 code unit order; undefined when none is. */
export function prefixEnd(prefix: string): string | undefined {
  for (let end = prefix.length; end > 0; end -= 1) {
    const unit = prefix.charCodeAt(end - 1);
    if (unit < 0xffff) return prefix.slice(0, end - 1) + String.fromCharCode(unit + 1);
  }
  return undefined;
}

/** The bounds of a range, or undefined when no key can lie in it. */
export function rangeBounds(range: ScanRange): KeyBounds | undefined {
  if (range.limit <= 0) return undefined;
  const prefix = range.prefix ?? "";
  const afterWins = range.after !== undefined && range.after >= prefix;
  const from = afterWins ? (range.after as string) : prefix;
  const end = prefixEnd(prefix);
  const to = range.before === undefined ? end : end === undefined || range.before < end ? range.before : end;
  if (to !== undefined && from >= to) return undefined;
  return { from, fromOpen: afterWins, to, limit: Math.min(range.limit, MOST_ROWS) };
}
