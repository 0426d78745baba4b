// The log of a channel: a virtual list that opens at the end, stays there, and grows at both ends without a jump.
"use client";

import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { DateLine } from "@/app/_ui/message/log-lines.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { TimelineView } from "@/lib/client/api.ts";
import { Announcer } from "./announcer.tsx";
import { Line } from "./item-row.tsx";
import { rowsOf } from "./rows.ts";
import styles from "./timeline.module.css";
import { useLog } from "./use-log.ts";
import { useStop } from "./use-stop.ts";

/** The height of the lines above the first row, measured since it follows the text size. */
function useHead(shown: boolean) {
  const top = useRef<HTMLLIElement>(null);
  const day = useRef<HTMLLIElement>(null);
  const [height, setHeight] = useState(62);
  useLayoutEffect(() => {
    if (!shown) return;
    const boxes = [top.current, day.current].filter((one) => one !== null);
    const watch = new ResizeObserver(() => setHeight(boxes.reduce((sum, one) => sum + one.offsetHeight, 0)));
    for (const box of boxes) watch.observe(box);
    return () => watch.disconnect();
  }, [shown]);
  return { top, day, height };
}

function useRows({ items, newFrom }: TimelineView, replies: number | undefined) {
  return useMemo(() => rowsOf(items, newFrom, replies), [items, newFrom, replies]);
}

const LIT_MS = 4000;

/** The message just jumped to stays lit for a moment. */
function useReached(reached: TimelineProps["reached"], go: (id: EventId) => void): EventId | null {
  const [lit, setLit] = useState<EventId | null>(null);
  const newest = useRef(go);
  newest.current = go;
  useEffect(() => {
    if (reached === null) return;
    setLit(reached.id);
    newest.current(reached.id);
    const timer = setTimeout(() => setLit(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [reached]);
  return lit;
}

/** How many items came in below while the reader was further up. */
function useBelow(atEnd: boolean, keys: readonly string[]): number {
  const seen = useRef<string | undefined>(keys.at(-1));
  if (atEnd) seen.current = keys.at(-1);
  const at = seen.current === undefined ? -1 : keys.lastIndexOf(seen.current);
  return atEnd || at < 0 ? 0 : keys.length - 1 - at;
}

/** Down to the newest message; `far`: it is in another stretch than this one. */
function ToEnd({ below, far, onClick }: { below: number; far: boolean; onClick: () => void }) {
  const { channel, search } = useWords();
  return (
    <Button className={styles.jump} size="sm" icon={<ArrowDown />} onClick={onClick}>
      {far ? search.toNewest : below > 0 ? channel.newBelow(below) : channel.toEnd}
    </Button>
  );
}

export interface TimelineProps {
  view: TimelineView;
  label: string;
  editing: EventId | null;
  /** The server's view stands in its place; this one only keeps its position. */
  away: boolean;
  /** The message just jumped to; a new object for each time. */
  reached: { readonly id: EventId } | null;
  /** The old message around which it lies; null: it ends with the newest one. */
  around: EventId | null;
  /** A thread: how many answers follow on the first message. */
  replies?: number | undefined;
  onOlder: () => Promise<unknown>;
  /** More of a stretch that does not reach the newest messages. */
  onNewer: () => Promise<unknown>;
  /** Away from the old messages, to the newest ones. */
  onNewest: () => void;
  /** The reader has the newest item in sight. */
  onEnd: (newest: string) => void;
}

export function Timeline(props: TimelineProps) {
  const { view, label, editing, away, reached, around, replies, onOlder, onNewer, onNewest, onEnd } = props;
  const words = useWords().channel;
  const formats = useFormats();
  const { rows, firstDay } = useRows(view, replies);
  const keys = useMemo(() => rows.filter((row) => row.t === "item").map((row) => row.key), [rows]);
  const scroll = useRef<HTMLDivElement>(null);
  const head = useHead(firstDay !== null);
  const [keep, setKeep] = useState<readonly string[]>([]);
  const { log, built, atEnd, leave, height } = useLog({
    rows,
    head: head.height,
    keep,
    hasOlder: view.hasOlder,
    onOlder,
    anchor: around,
    hasNewer: view.hasNewer,
    onNewer,
    scroll,
  });
  const lastBuilt = built.findLast((one) => one.row.t === "item")?.row.key;
  const inSight = log.range === null ? undefined : rows[log.range.endIndex];
  const { stop, kept, go, handlers } = useStop({
    rows,
    scroll,
    show: (index, align) => {
      leave();
      log.scrollToIndex(index, { align });
    },
    visible: inSight?.t === "item" ? inSight.key : lastBuilt,
  });
  const lit = useReached(reached, (id) => {
    const index = rows.findIndex((row) => row.key === id);
    if (index >= 0) go(index, "center");
  });
  useEffect(() => setKeep([kept, editing, lit].filter((key) => key !== null)), [kept, editing, lit]);
  const newest = keys.at(-1);
  useEffect(() => {
    if (atEnd && newest !== undefined && !away && !view.hasNewer) onEnd(newest);
  }, [atEnd, newest, away, view.hasNewer, onEnd]);
  const below = useBelow(atEnd, keys);
  return (
    <div className={styles.frame}>
      <div
        ref={scroll}
        className={styles.scroll}
        role="log"
        aria-live="off"
        aria-label={label}
        tabIndex={-1}
        {...handlers}
      >
        <ol className={cx(styles.list, replies !== undefined && styles.thread)} style={{ height }}>
          {firstDay !== null && (
            <>
              <li ref={head.top} className={cx(styles.top, view.hasOlder && styles.more)}>
                {view.loadingOlder && words.older}
              </li>
              <DateLine ref={head.day} sticky>
                {formats.day(firstDay, Date.now())}
              </DateLine>
            </>
          )}
          {built.map(({ row, index, gap }) => (
            <Line
              key={row.key}
              row={row}
              index={index}
              gap={gap}
              stop={row.key === stop}
              editing={row.key === editing}
              lit={row.key === lit}
              measure={log.measureElement}
            />
          ))}
        </ol>
      </div>
      {(!atEnd || view.hasNewer) && (
        <ToEnd below={below} far={view.hasNewer} onClick={() => (view.hasNewer ? onNewest() : log.scrollToEnd())} />
      )}
      <Announcer items={view.items} quiet={away} />
    </div>
  );
}
