// Which field of an opened message stands beside which column of its stored row; no column is left out.

import type { XrayView } from "@/lib/client/api.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";

/** One line of the comparison. `column` null: the server has no such thing; `field` null: it says nothing to read. */
export type Pair =
  | { readonly t: "text"; readonly text: string | null }
  | { readonly t: "from" }
  | { readonly t: "device" }
  | { readonly t: "channel" }
  | { readonly t: "kind"; readonly kind: string | null }
  | { readonly t: "written"; readonly sentAt: number | null }
  | { readonly t: "length"; readonly letters: number | null }
  | { readonly t: "known"; readonly position: number }
  | { readonly t: "place" }
  | { readonly t: "id" }
  | { readonly t: "nonce" }
  | { readonly t: "workspace"; readonly column: string }
  | { readonly t: "field"; readonly name: string; readonly value: string }
  | { readonly t: "column"; readonly name: string };

const PAIRED = new Set([
  "ciphertext",
  "header",
  "device",
  "channel",
  "epoch",
  "received_at",
  "pos",
  "id",
  "nonce",
  "w",
  "ws",
]);
/** Fields that have a line of their own. */
const OWN_LINE = new Set(["text"]);

function workspaceColumn(row: StoredRow): readonly Pair[] {
  const column = ["w", "ws"].find((name) => name in row.columns);
  return column === undefined ? [] : [{ t: "workspace", column }];
}

/** The lines, most telling first. Every column of the row is in one of them. */
export function pairsOf({ stored, opened }: XrayView): readonly Pair[] {
  const text = opened?.fields.find((field) => field.name === "text")?.value ?? null;
  const others = (opened?.fields ?? []).filter((field) => !OWN_LINE.has(field.name));
  const unknown = Object.keys(stored.columns).filter((name) => !PAIRED.has(name));
  return [
    { t: "text", text },
    { t: "from" },
    { t: "device" },
    { t: "channel" },
    { t: "kind", kind: opened?.kind ?? null },
    ...others.map((field): Pair => ({ t: "field", ...field })),
    ...(opened === null ? [] : [{ t: "known", position: opened.position } as const]),
    { t: "written", sentAt: opened?.sentAt ?? null },
    { t: "length", letters: text === null ? null : [...text].length },
    { t: "place" },
    { t: "id" },
    { t: "nonce" },
    ...workspaceColumn(stored),
    ...unknown.map((name): Pair => ({ t: "column", name })),
  ];
}
