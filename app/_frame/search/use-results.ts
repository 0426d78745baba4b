// The answers to a search as one types: the newest question counts, and more arrives as history does.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { asFault, type Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { SearchAnswer } from "@/lib/client/api/finding/search.ts";
import { datesIn } from "./dates.ts";

export type Results = { readonly answer: SearchAnswer; readonly query: string; readonly took: number };

export interface Used {
  results: Results | null;
  fault: Fault | null;
  more: () => void;
}

/** `stamp` changes when there is more to search in: then the same question is asked again, as far as it was answered. */
export function useResults(ws: WorkspaceId, query: string, stamp: string): Used {
  const engine = useEngine();
  const [results, setResults] = useState<Results | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const asked = useRef(0);
  const shown = useRef(0);
  const ask = useCallback(
    async (limit: number) => {
      asked.current += 1;
      const mine = asked.current;
      const from = performance.now();
      try {
        const answer = await engine.search({ ws, query, dates: datesIn(query, Date.now()), limit });
        if (asked.current !== mine) return;
        shown.current = answer.hits.length;
        setFault(null);
        setResults({ answer, query, took: Math.max(1, Math.round(performance.now() - from)) });
      } catch (thrown) {
        if (asked.current === mine) setFault(asFault(thrown));
      }
    },
    [engine, ws, query],
  );
  const last = useRef<typeof ask | null>(null);
  useEffect(() => {
    if (last.current !== ask) shown.current = 0;
    last.current = ask;
    // What is shown stays as long as it was when there is more to search in.
    if (stamp !== "") void ask(Math.max(PAGE, shown.current));
    return () => {
      asked.current += 1;
    };
  }, [ask, stamp]);
  const more = useCallback(() => void ask(shown.current + PAGE), [ask]);
  return { results, fault, more };
}

const PAGE = 30;
