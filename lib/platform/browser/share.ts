// What of a snapshot crosses to a tab: of a list of which the tab has most already, only the stretch that changed.
import { sameValue } from "@/lib/base/same.ts";

/** In place of `out` items from `at` on stand these; all that is no item is as in `rest`. */
export type Change = {
  readonly rest: object;
  readonly at: number;
  readonly out: number;
  readonly put: readonly unknown[];
};

type Listed = { readonly items: readonly unknown[] };

function isListed(snapshot: unknown): snapshot is Listed {
  return typeof snapshot === "object" && snapshot !== null && Array.isArray((snapshot as Partial<Listed>).items);
}

/** What makes `after` of `before`; undefined where the whole may as well be sent. */
export function changeOf(before: unknown, after: unknown): Change | undefined {
  if (!isListed(before) || !isListed(after)) return undefined;
  const { items: old } = before;
  const { items, ...rest } = after;
  const most = Math.min(old.length, items.length);
  let at = 0;
  while (at < most && sameValue(old[at], items[at])) at += 1;
  let end = 0;
  while (end < most - at && sameValue(old[old.length - 1 - end], items[items.length - 1 - end])) end += 1;
  if (at + end === 0) return undefined;
  return { rest, at, out: old.length - at - end, put: items.slice(at, items.length - end) };
}

/** The snapshot that a change makes of the one before; what did not change stays the same objects. */
export function withChange(before: unknown, { rest, at, out, put }: Change): unknown {
  const old = isListed(before) ? before.items : [];
  return { ...rest, items: [...old.slice(0, at), ...put, ...old.slice(at + out)] };
}
