// Files that fit a filter, page by page, asked of the engine again when one came or went.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import type { FileKind } from "@/lib/base/file-kind.ts";
import type { ChannelId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FilesAfter, FoundFile } from "@/lib/client/api/finding/files.ts";

export type FilesFilter = {
  readonly text: string;
  readonly kind: FileKind | null;
  readonly channel: ChannelId | null;
  readonly author: UserId | null;
  /** so many days back */
  readonly days: number | null;
};

export const NO_FILTER: FilesFilter = { text: "", kind: null, channel: null, author: null, days: null };

const PAGE = 50;

/** Midnight so many days ago; one day is today. */
function since(days: number | null): number | null {
  if (days === null) return null;
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1).getTime();
}

type Found = { readonly files: readonly FoundFile[] | null; readonly total: number; readonly next: FilesAfter | null };
const NOTHING: Found = { files: null, total: 0, next: null };

/** `found` null: not asked yet. `more` null: that is all. */
export function useFound(ws: WorkspaceId, filter: FilesFilter) {
  const engine = useEngine();
  const stamp = useTopic(`files:${ws}`)?.stamp;
  const [found, setFound] = useState<Found>(NOTHING);
  const asked = useRef(0);
  const shown = useRef(PAGE);
  const { text, kind, channel, author, days } = filter;
  const ask = useCallback(
    // `stamp`: what came or went since is asked for anew
    async (limit: number, after: FilesAfter | null) =>
      stamp === undefined
        ? null
        : await engine.findFiles({ ws, text, kind, channel, author, since: since(days), limit, after }),
    [engine, ws, text, kind, channel, author, days, stamp],
  );
  useEffect(() => {
    const mine = ++asked.current;
    void ask(shown.current, null)
      .then((page) => {
        if (page !== null && mine === asked.current) setFound(page);
      })
      .catch(() => undefined);
  }, [ask]);
  const { next } = found;
  const more = () => {
    const mine = ++asked.current;
    shown.current += PAGE;
    void ask(PAGE, next)
      .then((page) => {
        if (page === null || mine !== asked.current) return;
        setFound((old) => ({ ...old, files: [...(old.files ?? []), ...page.files], next: page.next }));
      })
      .catch(() => undefined);
  };
  return { found: found.files, total: found.total, more: next === null ? null : more };
}
