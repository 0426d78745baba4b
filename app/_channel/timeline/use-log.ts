// The virtual list of the log: which rows are built, staying at the end, older rows coming in without a jump.
"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { usePrinting } from "@/app/_ui/hooks/use-printing.ts";
import { guessHeight, type Row } from "./rows.ts";

/** Pixels from the bottom within which one still counts as being at the end. */
const END_SLACK = 60;
/** Pixels from the top at which older messages are asked for. */
const OLDER_AHEAD = 1500;
const OVERSCAN = 10;

type ScrollRef = RefObject<HTMLElement | null>;
export type PlacedRow = { readonly row: Row; readonly index: number; readonly gap: number };

/** The rows that must be built although they may be out of sight: the day that sticks, focus, the open edit. */
function pinned(range: Range, days: readonly number[], keep: readonly number[]): number[] {
  const day = days.findLast((index) => index <= range.startIndex);
  const all = new Set([...(day === undefined ? [] : [day]), ...keep, ...defaultRangeExtractor(range)]);
  return [...all].filter((index) => index >= 0 && index < range.count).sort((a, b) => a - b);
}

function useVirtualRows(
  rows: readonly Row[],
  head: number,
  keep: readonly number[],
  scroll: ScrollRef,
  follow: boolean,
) {
  const days = useMemo(() => rows.flatMap((row, index) => (row.t === "day" ? [index] : [])), [rows]);
  const printing = usePrinting();
  const [columns] = useState(() => (window.innerWidth <= 720 ? 38 : 92));
  return useVirtualizer<HTMLElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: useCallback(
      (index: number) => {
        const row = rows[index];
        return row === undefined ? 0 : guessHeight(row, columns);
      },
      [rows, columns],
    ),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: useCallback(
      (range: Range) =>
        printing ? Array.from({ length: range.count }, (_, index) => index) : pinned(range, days, keep),
      [days, keep, printing],
    ),
    overscan: OVERSCAN,
    paddingStart: head,
    paddingEnd: 10,
    scrollPaddingStart: 44,
    anchorTo: "end",
    followOnAppend: follow,
    scrollEndThreshold: END_SLACK,
  });
}

type Log = ReturnType<typeof useVirtualRows>;

/** Opens at the end; or at the New line, when what is new does not fit on the screen: then `leave` lets go of the end. */
function useFirstPlace(
  log: Log,
  rows: readonly Row[],
  scroll: ScrollRef,
  leave: () => void,
  anchor: string | null,
): void {
  const placed = useRef(false);
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    const there = anchor === null ? -1 : rows.findIndex((row) => row.key === anchor);
    if (there >= 0) {
      leave();
      return log.scrollToIndex(there, { align: "center" });
    }
    const from = rows.findIndex((row) => row.t === "new");
    const height = from < 0 ? 0 : rows.slice(from).reduce((sum, row) => sum + guessHeight(row, 92), 0);
    if (height <= (scroll.current?.clientHeight ?? 0)) return log.scrollToEnd();
    leave();
    log.scrollToIndex(from, { align: "start" });
  });
}

/** How long after a hand on wheel, keys or screen a scroll is still the reader's, in ms. */
const HAND_MS = 1000;

/** When the reader last had a hand in scrolling: rows that turn out taller than guessed move the list by themselves. */
function useHand(scroll: ScrollRef): () => boolean {
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const box = scroll.current;
    if (box === null) return;
    const felt = () => {
      last.current = performance.now();
    };
    const kinds = ["wheel", "touchmove", "keydown", "pointerdown", "pointermove"] as const;
    for (const kind of kinds) box.addEventListener(kind, felt, { passive: true });
    return () => {
      for (const kind of kinds) box.removeEventListener(kind, felt);
    };
  }, [scroll]);
  return useCallback(() => performance.now() - last.current < HAND_MS, []);
}

/** Whether the reader is at the end; kept there, whatever comes or grows, until he himself goes elsewhere. */
function useAtEnd(log: Log, rows: readonly Row[], scroll: ScrollRef, fromEnd: boolean, ends: boolean) {
  const [atEnd, setAtEnd] = useState(fromEnd);
  const held = useRef(fromEnd);
  const hand = useHand(scroll);
  const leave = useCallback(() => {
    held.current = false;
  }, []);
  const look = useCallback(() => {
    const there = ends && log.isAtEnd(END_SLACK);
    if (there) held.current = true;
    else if (hand()) held.current = false;
    else if (held.current) log.scrollToEnd();
    setAtEnd(there || held.current);
  }, [log, hand, ends]);
  useEffect(() => {
    const box = scroll.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => {
      if (held.current) log.scrollToEnd();
      else look();
    });
    watch.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [log, look, scroll]);
  const last = rows.at(-1);
  const lastKey = last?.key;
  const mineNow = last?.t === "item" && last.item.t === "message" && last.item.mine && last.item.pos === null;
  useLayoutEffect(() => {
    if (lastKey !== undefined && mineNow) held.current = true;
  }, [lastKey, mineNow]);
  // The height is known better after each measure, and rows may come in above the last one.
  const height = log.getTotalSize();
  useLayoutEffect(() => {
    if (held.current && height > 0) log.scrollToEnd();
  }, [log, height]);
  return { atEnd, leave };
}

/** Asks for older messages before the top is reached; once for each first row. */
function useOlder(rows: readonly Row[], hasOlder: boolean, onOlder: () => Promise<unknown>, scroll: ScrollRef): void {
  const asked = useRef<string | null>(null);
  const first = rows[0]?.key;
  // after every render: scrolling draws the list anew, and only now does the box stand where it belongs
  useEffect(() => {
    const box = scroll.current;
    if (!hasOlder || first === undefined || box === null || asked.current === first) return;
    if (box.scrollTop > OLDER_AHEAD) return;
    asked.current = first;
    void onOlder().finally(() => {
      if (asked.current === first) asked.current = null;
    });
  });
}

/** Asks for newer messages before the bottom of an old stretch is reached; once for each last row. */
function useNewer(rows: readonly Row[], hasNewer: boolean, onNewer: () => Promise<unknown>, scroll: ScrollRef): void {
  const asked = useRef<string | null>(null);
  const last = rows.at(-1)?.key;
  useEffect(() => {
    const box = scroll.current;
    if (!hasNewer || last === undefined || box === null || asked.current === last) return;
    if (box.scrollHeight - box.scrollTop - box.clientHeight > OLDER_AHEAD) return;
    asked.current = last;
    void onNewer().finally(() => {
      if (asked.current === last) asked.current = null;
    });
  });
}

export interface LogOptions {
  rows: readonly Row[];
  /** Height of what stands above the first row. */
  head: number;
  /** Keys of rows that stay built. */
  keep: readonly string[];
  hasOlder: boolean;
  onOlder: () => Promise<unknown>;
  /** Key of the row at which the list opens; null: at its end. */
  anchor: string | null;
  hasNewer: boolean;
  onNewer: () => Promise<unknown>;
  scroll: ScrollRef;
}

export function useLog(options: LogOptions) {
  const { rows, head, keep, hasOlder, onOlder, anchor, hasNewer, onNewer, scroll } = options;
  const joined = keep.join(" ");
  const kept = useMemo(() => {
    const keys = new Set(joined.split(" "));
    return joined === "" ? [] : rows.flatMap((row, index) => (keys.has(row.key) ? [index] : []));
  }, [rows, joined]);
  // The end of a stretch that is not the channel's holds nobody.
  const log = useVirtualRows(rows, head, kept, scroll, !hasNewer);
  const { atEnd, leave } = useAtEnd(log, rows, scroll, anchor === null, !hasNewer);
  useFirstPlace(log, rows, scroll, leave, anchor);
  useOlder(rows, hasOlder, onOlder, scroll);
  useNewer(rows, hasNewer, onNewer, scroll);
  let end = head;
  const built: PlacedRow[] = [];
  for (const item of log.getVirtualItems()) {
    const row = rows[item.index];
    if (row === undefined) continue;
    built.push({ row, index: item.index, gap: Math.max(0, Math.round(item.start - end)) });
    end = item.end;
  }
  return { log, built, atEnd, leave, height: log.getTotalSize() };
}
