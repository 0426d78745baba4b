// The server's rows of the open channel, read live: the newest first, older ones when asked for.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import { numberIn } from "./row-facts.ts";

const PAGE = 100;

export type StoredRows = {
  /** Oldest first; null until the first answer. */
  readonly rows: readonly StoredRow[] | null;
  readonly fault: FaultCode | null;
  readonly hasOlder: boolean;
  readonly older: () => Promise<void>;
  readonly again: () => void;
};

/** Rows by position, each once, oldest first: answers may overlap. */
function merge(a: readonly StoredRow[], b: readonly StoredRow[]): readonly StoredRow[] {
  const byPos = new Map([...a, ...b].map((row) => [numberIn(row, "pos"), row]));
  return [...byPos.values()].sort((left, right) => numberIn(left, "pos") - numberIn(right, "pos"));
}

/** Reads while `on`; `version` changes when something new has come in, and the newest rows are read again. */
export function useStoredRows(ws: WorkspaceId, channel: ChannelId, on: boolean, version: string): StoredRows {
  const engine = useEngine();
  const [rows, setRows] = useState<readonly StoredRow[] | null>(null);
  const [fault, setFault] = useState<FaultCode | null>(null);
  const [hasOlder, setHasOlder] = useState(false);
  const [turn, setTurn] = useState(0);
  const held = useRef<readonly StoredRow[]>([]);
  useEffect(() => {
    // `turn` and `version` are reasons to read again, not part of the question
    if (!on || turn < 0 || version === "-") return;
    let gone = false;
    engine
      .serverRows({ ws, channel, before: null, limit: PAGE })
      .then((page) => {
        if (gone) return;
        if (held.current.length === 0) setHasOlder(page.length === PAGE);
        held.current = merge(held.current, page);
        setRows(held.current);
        setFault(null);
      })
      .catch((thrown: unknown) => {
        if (!gone) setFault(asFault(thrown).code);
      });
    return () => {
      gone = true;
    };
  }, [engine, ws, channel, on, version, turn]);
  useEffect(() => {
    if (on) return;
    held.current = [];
    setRows(null);
    setFault(null);
  }, [on]);
  const older = useCallback(async () => {
    const first = held.current[0];
    if (first === undefined) return;
    try {
      const page = await engine.serverRows({ ws, channel, before: numberIn(first, "pos"), limit: PAGE });
      setHasOlder(page.length === PAGE);
      held.current = merge(page, held.current);
      setRows(held.current);
    } catch (thrown) {
      setFault(asFault(thrown).code);
    }
  }, [engine, ws, channel]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  return { rows, fault, hasOlder, older, again };
}
