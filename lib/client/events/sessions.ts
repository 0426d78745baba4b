// The numbers of one sender's session in one channel: what is next, what is missing, and no number twice (PROTOCOL M2, MS-12).

/**
 * `first`..`next`−1 lie in the stretch held here, but for `open`: numbers in between that were not seen verified.
 * `first` is −1 until an event of the session was verified.
 * `claimed`: numbers that rows bear which nobody vouches for yet (their key is not here, or they were purged); such a
 * row closes a gap, and proves nothing else.
 */
export type SessionMark = {
  readonly first: number;
  readonly next: number;
  readonly open: readonly number[];
  readonly claimed: readonly number[];
};

/** fits: the next one, nothing missing. hole: numbers before it are missing. late: fills a gap. taken: used before. */
export type Verdict = "fits" | "hole" | "late" | "taken";

/** Numbers remembered of each kind; a gap beyond that is told once and then forgotten. */
const MOST = 200;

/** Numbers from..to−1, the last MOST of them. */
function range(from: number, to: number): number[] {
  const start = Math.max(from, to - MOST);
  return Array.from({ length: Math.max(0, to - start) }, (_, i) => start + i);
}

/** Takes the number of a verified event. `fromStart`: the channel is held from its first event, so 0 comes first. */
export function takeNumber(
  mark: SessionMark | undefined,
  seq: number,
  fromStart: boolean,
): { readonly mark: SessionMark; readonly verdict: Verdict } {
  const known = mark !== undefined && mark.first >= 0;
  const start = { first: seq, next: fromStart ? 0 : seq, open: [], claimed: mark?.claimed ?? [] };
  const held: SessionMark = known ? mark : start;
  const claimed = held.claimed.filter((one) => one !== seq);
  if (seq >= held.next) {
    const gap = range(held.next, seq);
    const isHole = gap.some((one) => !held.claimed.includes(one));
    const open = [...held.open, ...gap].slice(-MOST);
    return { mark: { first: held.first, next: seq + 1, open, claimed }, verdict: isHole ? "hole" : "fits" };
  }
  if (seq < held.first) {
    const open = [...held.open, ...range(seq + 1, held.first)].slice(-MOST);
    return { mark: { first: seq, next: held.next, open, claimed }, verdict: "late" };
  }
  if (!held.open.includes(seq)) return { mark: held, verdict: "taken" };
  const open = held.open.filter((one) => one !== seq);
  return { mark: { ...held, open, claimed }, verdict: "late" };
}

/** Notes the number that an unverified row bears. */
export function claimNumber(mark: SessionMark | undefined, seq: number): SessionMark {
  const held = mark ?? { first: -1, next: 0, open: [], claimed: [] };
  return { ...held, claimed: [...held.claimed.filter((one) => one !== seq), seq].slice(-MOST) };
}

/** True when a number of an older stretch collides with those of the newer one. */
export function collides(newer: SessionMark | undefined, seq: number): boolean {
  return newer !== undefined && newer.first >= 0 && seq >= newer.first && !newer.open.includes(seq);
}

/** One session over two stretches that meet: `older` lies before `newer`. */
export function joinSessions(newer: SessionMark | undefined, older: SessionMark): SessionMark {
  const claimed = [...(newer?.claimed ?? []), ...older.claimed].slice(-MOST);
  if (newer === undefined || newer.first < 0) return { ...older, claimed };
  return {
    first: older.first < 0 ? newer.first : Math.min(newer.first, older.first),
    next: Math.max(newer.next, older.next),
    open: [...newer.open, ...older.open].slice(-MOST),
    claimed,
  };
}
