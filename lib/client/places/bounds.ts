// How many of the things that members keep for everybody are shown, and whose: one who fills a list leaves room to the others.
import type { UserId } from "@/lib/base/ids.ts";

/** Beyond these, what is kept is not shown until some of it goes (PROTOCOL section 9). */
export const SHOWN = {
  /** the workspace's own emoji, and the bytes of all their pictures */
  emoji: 500,
  emojiBytes: 4 * 1024 * 1024,
  /** of one channel */
  bookmarks: 100,
  pins: 100,
} as const;

/** Who set a value, and where it lies in its channel: the same on every device that has it. */
type Kept = { readonly by: UserId | null; readonly pos: number };

/** The first `most` of these, in turns: of each author the first by its place, then of each the second, and so on. */
export function inTurns<T extends Kept>(all: readonly T[], most: number): T[] {
  const taken = new Map<UserId | null, number>();
  const turns = [...all]
    .sort((a, b) => a.pos - b.pos)
    .map((one) => {
      const turn = taken.get(one.by) ?? 0;
      taken.set(one.by, turn + 1);
      return { one, turn };
    });
  return turns
    .sort((a, b) => a.turn - b.turn)
    .slice(0, most)
    .map(({ one }) => one);
}

/** True when one more of this author's would be shown. */
export function hasRoom(all: readonly Kept[], by: UserId, most: number): boolean {
  const next: Kept = { by, pos: Number.MAX_SAFE_INTEGER };
  return inTurns([...all, next], most).includes(next);
}
