// The record's lines as pages of the engine, newest first, kept fresh while it grows.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { LedgerFilter, LedgerLine } from "@/lib/client/api/ledger.ts";

const PAGE = 100;

type Held = { readonly lines: readonly LedgerLine[]; readonly next: number | null };
export type RecordLines = {
  /** newest first; null until the first answer */
  readonly lines: readonly LedgerLine[] | null;
  readonly hasMore: boolean;
  readonly fault: FaultCode | null;
  readonly more: () => void;
};

/** The newest page over what is held: a run of hidden entries at the top may have grown. */
function renewed(page: Held, held: Held | null): Held {
  const last = page.lines.at(-1);
  if (held === null || last === undefined || page.next === null) return page;
  const rest = held.lines.filter((line) => line.n < (last.t === "hidden" ? last.from : last.n));
  const meets = held.lines.some((line) => line.n >= last.n);
  return meets ? { lines: [...page.lines, ...rest], next: rest.length === 0 ? page.next : held.next } : page;
}

/** Reads again when `position` moves on, and from the start when the filter changes. */
export function useRecord(ws: WorkspaceId, { theme, user }: LedgerFilter, position: number): RecordLines {
  const engine = useEngine();
  const [held, setHeld] = useState<Held | null>(null);
  const [fault, setFault] = useState<FaultCode | null>(null);
  const question = `${theme} ${user}`;
  const asked = useRef("");
  useEffect(() => {
    if (position === 0) return;
    let gone = false;
    const fresh = asked.current !== question;
    asked.current = question;
    if (fresh) setHeld(null);
    engine
      .ledgerPage({ ws, filter: { theme, user }, before: null, limit: PAGE })
      .then((page) => !gone && setHeld((old) => renewed(page, fresh ? null : old)))
      .catch((thrown: unknown) => !gone && setFault(asFault(thrown).code));
    return () => {
      gone = true;
    };
  }, [engine, ws, theme, user, question, position]);
  const next = held?.next ?? null;
  const busy = useRef(false);
  const more = useCallback(() => {
    if (next === null || busy.current) return;
    busy.current = true;
    engine
      .ledgerPage({ ws, filter: { theme, user }, before: next, limit: PAGE })
      .then((page) => {
        setHeld((old) => (old?.next === next ? { lines: [...old.lines, ...page.lines], next: page.next } : old));
      })
      .catch((thrown: unknown) => setFault(asFault(thrown).code))
      .finally(() => {
        busy.current = false;
      });
  }, [engine, ws, theme, user, next]);
  return { lines: held?.lines ?? null, hasMore: next !== null, fault, more };
}
