// What a stored row says of itself: its true bytes in hex, its size, its ids and time as the server writes them.

import { parseBase64url, toHex } from "@/lib/base/encoding.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";

type Cell = string | number | null | undefined;

/** The bytes of a column that travels as base64url; empty for anything else. */
export function bytesOf(cell: Cell): Uint8Array {
  return typeof cell === "string" ? (parseBase64url(cell) ?? new Uint8Array()) : new Uint8Array();
}

/** `d3d5 ba1b f2a6`: bytes in hex, in groups of two bytes. */
export function hexGroups(bytes: Uint8Array): string {
  return toHex(bytes).replace(/(.{4})(?=.)/g, "$1 ");
}

/** `chn_7f3a5e0c91d4`: a kind and the first bytes of an id in hex. */
export function idText(kind: "wsp" | "chn" | "usr" | "dev" | "evt", id: Cell, bytes = 6): string {
  return `${kind}_${toHex(bytesOf(id).subarray(0, bytes))}`;
}

/** `2026-11-19` and `09:31:07.482Z`: the server keeps time in UTC. */
export function utc(ms: number): { day: string; time: string } {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return { day: "", time: String(ms) };
  const [day = "", time = ""] = date.toISOString().split("T");
  return { day, time };
}

/** A column's number, 0 when the row has none of that name. */
export function numberIn(row: StoredRow, column: string): number {
  const cell = row.columns[column];
  return typeof cell === "number" ? cell : 0;
}

/** A column's text, empty when the row has none of that name. */
export function textIn(row: StoredRow, column: string): string {
  const cell = row.columns[column];
  return typeof cell === "string" ? cell : "";
}
