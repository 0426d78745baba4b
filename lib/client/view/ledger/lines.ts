// The ledger as lines to read: every entry this device sees, void ones with their reason, hidden ones folded (L2, L5).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/faults.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { LedgerFilter, LedgerLine } from "@/lib/client/api/ledger.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { deedOf, subjectOf, themeOf } from "./deeds.ts";
import { type LedgerSource, NO_DEVICE } from "./source.ts";

export type EntryLine = Extract<LedgerLine, { t: "entry" }>;
type HiddenLine = Extract<LedgerLine, { t: "hidden" }>;

/** The line of position n; undefined where its content is not for this person. */
export function lineAt(source: LedgerSource, n: number, voids = voidsOf(source)): EntryLine | undefined {
  const link = source.linkAt(n);
  const stub = source.entries[n - 1]?.stub;
  if (link === undefined || stub === undefined) return undefined;
  return {
    t: "entry",
    n,
    at: link.ts,
    theme: themeOf(link.type),
    actor: link.user,
    device: link.device === NO_DEVICE ? null : link.device,
    deed: deedOf(source, n, link),
    void: voids.get(n) ?? null,
    hash: toBase64url(stub.hash),
  };
}

function voidsOf({ state }: LedgerSource): ReadonlyMap<number, FaultCode> {
  return new Map(state.voids.map(({ n, code }) => [n, code]));
}

/** About a person: what was done to them, and what they did to their own devices and keys. */
function isAbout(link: Link, user: UserId): boolean {
  if (link.kind === "C") return false;
  return link.kind === "U" ? (link.chain as string) === user : subjectOf(link) === user;
}

function fits(link: Link, { theme, user }: LedgerFilter): boolean {
  if (theme !== null && themeOf(link.type) !== theme) return false;
  return user === null || isAbout(link, user);
}

/** The run of hidden entries that ends at position n. */
function hiddenTo({ entries }: LedgerSource, n: number): HiddenLine {
  const places = new Set<string>();
  let from = n;
  for (let p = n; p > 0 && entries[p - 1]?.link === null; p -= 1) {
    from = p;
    places.add(entries[p - 1]?.stub.chain ?? "");
  }
  return { t: "hidden", n, from, count: n - from + 1, places: places.size };
}

/** At most `limit` lines before position `before`, newest first. Hidden entries show only where nothing is chosen. */
export function linesBefore(
  source: LedgerSource,
  filter: LedgerFilter,
  before: number | null,
  limit: number,
): { lines: LedgerLine[]; next: number | null } {
  const lines: LedgerLine[] = [];
  const voids = voidsOf(source);
  const whole = filter.theme === null && filter.user === null;
  let n = Math.min(before ?? Number.MAX_SAFE_INTEGER, source.entries.length + 1) - 1;
  while (n > 0 && lines.length < limit) {
    const link = source.linkAt(n);
    if (link === undefined) {
      const hidden = hiddenTo(source, n);
      if (whole) lines.push(hidden);
      n = hidden.from - 1;
      continue;
    }
    const line = fits(link, filter) ? lineAt(source, n, voids) : undefined;
    if (line !== undefined) lines.push(line);
    n -= 1;
  }
  return { lines, next: n > 0 ? n + 1 : null };
}
