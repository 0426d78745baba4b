// The open channel as its server has it: one bar for each stored row, read live, nothing made up.
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { DateLine } from "@/app/_ui/message/log-lines.tsx";
import { ServerFoot } from "@/app/_ui/server/server-foot.tsx";
import { StoredRow as StoredRowLine } from "@/app/_ui/server/stored-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceId, EventId, UserId } from "@/lib/base/ids.ts";
import { flip } from "./flip.ts";
import { KeyRows } from "./key-rows.tsx";
import { barsOf, type ServerLine } from "./server-lines.ts";
import styles from "./server-view.module.css";
import type { StoredRows } from "./use-stored-rows.ts";

const ROW_HEIGHT = 42;

function Foot() {
  const words = useWords().channel.server;
  return (
    <ServerFoot
      label={words.footLabel}
      lead={words.lead}
      sees={{ title: words.sees, words: words.seesWords }}
      not={{ title: words.not, words: words.notWords }}
      act={<KeyRows />}
    />
  );
}

function useServerLog(lines: readonly ServerLine[], stored: StoredRows) {
  const scroll = useRef<HTMLDivElement>(null);
  const log = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.t === "day" ? 34 : ROW_HEIGHT),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    paddingStart: 8,
    paddingEnd: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: ROW_HEIGHT,
  });
  useEffect(() => {
    // nothing in it takes the focus, so it takes it itself, to be scrolled by keys
    if (scroll.current !== null) scroll.current.tabIndex = 0;
  }, []);
  const placed = useRef(false);
  useLayoutEffect(() => {
    if (placed.current || lines.length === 0) return;
    placed.current = true;
    log.scrollToEnd();
  });
  const near = (log.scrollOffset ?? 0) < 800;
  const first = lines[0]?.key;
  const { hasOlder, older } = stored;
  useEffect(() => {
    if (near && hasOlder && first !== undefined) void older();
  }, [near, hasOlder, first, older]);
  return { scroll, log };
}

interface BarProps {
  line: ServerLine;
  index: number;
  /** Pixels above it, for the first one that is built. */
  gap: number;
  measure: (row: HTMLLIElement | null) => void;
  onOpen: (id: EventId) => void;
}

function Bar({ line, index, gap, measure, onOpen }: BarProps) {
  const words = useWords().channel.server;
  const formats = useFormats();
  const place = { ref: measure, "data-index": index, style: gap > 0 ? { marginTop: gap } : undefined };
  if (line.t === "day") return <DateLine {...place}>{line.day}</DateLine>;
  const size = formats.number(line.bytes);
  return (
    <StoredRowLine
      {...place}
      data-event={line.id}
      onOpen={() => onOpen(line.id as EventId)}
      tile={line.tile}
      bytes={line.step}
      size={line.bytes === 0 ? words.purged : words.bytes(size)}
      head={line.head}
      device={line.device}
      time={line.time}
      spoken={{ size: words.spokenBytes(size), time: line.time.slice(0, 5) }}
    />
  );
}

export interface ServerViewProps {
  stored: StoredRows;
  /** Whose a device is, as the ledger tells everybody, the server included. */
  userOf: (device: DeviceId) => UserId | undefined;
  /** The conversation that stood here, for the turn. */
  before: RefObject<HTMLElement | null>;
  /** Opens one row beside what this device made of it. */
  onOpen: (id: EventId) => void;
}

export function ServerView({ stored, userOf, before, onOpen }: ServerViewProps) {
  const words = useWords();
  const lines = useMemo(() => barsOf(stored.rows ?? [], userOf), [stored.rows, userOf]);
  const { scroll, log } = useServerLog(lines, stored);
  const shown = stored.rows !== null;
  useLayoutEffect(() => {
    if (shown && scroll.current !== null && before.current !== null) flip(before.current, scroll.current);
  }, [shown, before, scroll]);
  const items = log.getVirtualItems();
  const says =
    stored.fault !== null
      ? words.channel.server.failed(words.faults[stored.fault])
      : stored.rows === null
        ? words.channel.server.reading
        : words.channel.server.none;
  return (
    <>
      <div ref={scroll} className={styles.scroll} role="log" aria-live="off" aria-label={words.channel.server.log}>
        {lines.length === 0 || stored.fault !== null ? (
          <div className={styles.says} role="status">
            <p>{says}</p>
            {stored.fault !== null && (
              <Button size="sm" onClick={stored.again}>
                {words.channel.server.again}
              </Button>
            )}
          </div>
        ) : (
          <ol className={styles.list} aria-label={words.channel.server.rows} style={{ height: log.getTotalSize() }}>
            {items.map((item, at) => {
              const line = lines[item.index];
              if (line === undefined) return null;
              const gap = at === 0 ? item.start : 0;
              return (
                <Bar
                  key={line.key}
                  line={line}
                  index={item.index}
                  gap={gap}
                  measure={log.measureElement}
                  onOpen={onOpen}
                />
              );
            })}
          </ol>
        )}
      </div>
      <Foot />
    </>
  );
}
