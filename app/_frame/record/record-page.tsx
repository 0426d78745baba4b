// The record of changes: every entry of the ledger in plain sentences, newest first, by what it is about.
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Download } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { saveBlob } from "@/app/_files/save-blob.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Chip } from "@/app/_ui/controls/chip.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { LedgerLine, LedgerTheme, LedgerView } from "@/lib/client/api/ledger.ts";
import styles from "./record.module.css";
import { RecordLine } from "./record-line.tsx";
import { useRecord } from "./use-record.ts";

const LINE_HEIGHT = 64;
const THEMES: readonly (LedgerTheme | null)[] = [null, "people", "devices", "channels", "keys", "workspace"];

/** Saves the whole record as a file that others can check. */
export function SaveRecord() {
  const words = useWords().record;
  const { view } = useFrame();
  const file = useCommand("ledgerFile");
  const save = async () => {
    const done = await file.run({ ws: view.ws });
    if (!done.ok) return;
    saveBlob(done.value.name, new Blob([done.value.text], { type: "application/json" }));
    toast(words.saved);
  };
  return (
    <Button icon={<Download />} disabled={file.pending} onClick={() => void save()}>
      {words.save}
    </Button>
  );
}

/** Where one had looked to when the page was opened; from now on one has looked to the newest. */
function useLooked(about: LedgerView | undefined): number {
  const { view } = useFrame();
  const { run } = useCommand("ledgerLooked");
  const before = useRef<number | null>(null);
  if (before.current === null && about !== undefined) before.current = about.seen;
  const position = about?.position ?? 0;
  const seen = about?.seen ?? 0;
  useEffect(() => {
    if (position > seen) void run({ ws: view.ws, n: position });
  }, [run, view.ws, position, seen]);
  return before.current ?? 0;
}

function useLines(lines: readonly LedgerLine[], more: () => void) {
  const list = useRef<HTMLOListElement>(null);
  const [margin, setMargin] = useState(0);
  const scroller = () => list.current?.closest<HTMLElement>("[data-scroll]") ?? null;
  useLayoutEffect(() => {
    const box = list.current?.closest<HTMLElement>("[data-scroll]");
    if (box == null || list.current === null) return;
    setMargin(list.current.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop);
  }, []);
  const log = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: lines.length,
    getScrollElement: scroller,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => lines[index]?.n ?? index,
    overscan: 10,
    scrollMargin: margin,
  });
  const items = log.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - 20) more();
  }, [last, lines.length, more]);
  return { list, log, items, margin };
}

interface LinesProps {
  lines: readonly LedgerLine[];
  more: () => void;
  looked: number;
}

function Lines({ lines, more, looked }: LinesProps) {
  const words = useWords().record;
  const { list, log, items, margin } = useLines(lines, more);
  const firstOld = looked === 0 ? -1 : lines.findIndex((line) => line.n <= looked);
  return (
    <ol ref={list} className={styles.list} aria-label={words.list} style={{ height: log.getTotalSize() }}>
      {items.map((item, at) => {
        const line = lines[item.index];
        if (line === undefined) return null;
        const gap = at === 0 ? item.start - margin : 0;
        return (
          <li
            key={line.n}
            ref={log.measureElement}
            data-index={item.index}
            className={styles.line}
            style={gap > 0 ? { marginTop: gap } : undefined}
          >
            {item.index === 0 && firstOld > 0 && <p className={styles.news}>{words.newSince}</p>}
            <RecordLine line={line} />
            {item.index === firstOld - 1 && <hr className={styles.mark} />}
          </li>
        );
      })}
    </ol>
  );
}

export function RecordPage() {
  const words = useWords().record;
  const { view } = useFrame();
  const [theme, setTheme] = useState<LedgerTheme | null>(null);
  const about = useTopic(`ledger:${view.ws}`);
  const looked = useLooked(about);
  const { lines, fault, more } = useRecord(view.ws, { theme, user: null }, about?.position ?? 0);
  const code = useWords().faults;
  const formats = useFormats();
  return (
    <>
      <fieldset className={styles.themes}>
        <legend className="sr">{words.choose}</legend>
        {THEMES.map((one) => (
          <Chip key={one ?? "all"} on={one === theme} onClick={() => setTheme(one)}>
            {words.themes[one ?? "all"]}
          </Chip>
        ))}
      </fieldset>
      <p className={styles.standing} role="status">
        {about === undefined || lines === null ? words.reading : words.standing(formats.number(about.position))}
      </p>
      {fault !== null && <p role="alert">{code[fault]}</p>}
      {lines !== null && lines.length === 0 && <p className={styles.standing}>{words.none}</p>}
      {lines !== null && lines.length > 0 && <Lines key={theme ?? "all"} lines={lines} more={more} looked={looked} />}
    </>
  );
}
