// One line of the log, whatever it is; drawn again only when what it shows has changed.
"use client";

import { memo, type Ref } from "react";
import { MessageItemRow } from "@/app/_channel/message/message-item.tsx";
import { RefusedRow, WaitingRow } from "@/app/_channel/message/odd-items.tsx";
import { SystemRow } from "@/app/_channel/message/system-item.tsx";
import { CountLine, DateLine, NewLine } from "@/app/_ui/message/log-lines.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { sameValue } from "@/lib/base/same.ts";
import type { LineAttributes } from "./line.ts";
import type { Row } from "./rows.ts";

export interface LineProps {
  row: Row;
  index: number;
  /** Pixels that are left out above it, because the rows there are not built. */
  gap: number;
  /** The one row of the log that Tab reaches. */
  stop: boolean;
  editing: boolean;
  /** Just jumped to. */
  lit: boolean;
  measure: Ref<HTMLLIElement>;
}

function LogLine({ row, index, gap, stop, editing, lit, measure }: LineProps) {
  const formats = useFormats();
  const line: LineAttributes = {
    ref: measure,
    tabIndex: stop ? 0 : -1,
    style: gap > 0 ? { marginTop: gap } : undefined,
    "data-index": index,
    "data-key": row.key,
  };
  if (row.t === "new") return <NewLine {...line} tabIndex={undefined} />;
  if (row.t === "day")
    return (
      <DateLine {...line} tabIndex={undefined} sticky>
        {formats.day(row.at, Date.now())}
      </DateLine>
    );
  if (row.t === "replies") return <CountLine {...line} tabIndex={undefined} count={row.count} />;
  const { item } = row;
  switch (item.t) {
    case "message":
      return (
        <MessageItemRow line={line} item={item} grouped={row.grouped} last={row.last} editing={editing} lit={lit} />
      );
    case "waiting":
      return <WaitingRow line={line} item={item} />;
    case "refused":
      return <RefusedRow line={line} item={item} />;
    case "system":
      return <SystemRow line={line} item={item} />;
  }
}

/** Snapshots are copies, so the rows in sight are compared by what they say. */
export const Line = memo(LogLine, (before, now) => {
  const { row: rowBefore, ...restBefore } = before;
  const { row, ...rest } = now;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return keys.every((key) => restBefore[key] === rest[key]) && sameValue(rowBefore, row);
});
