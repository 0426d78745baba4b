// Stored rows as lines of the server's view: UTC days, a tile where the account changes, true first bytes.

import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import { bytesOf, hexGroups, idText, numberIn, textIn, utc } from "./row-facts.ts";

export type ServerLine =
  | { readonly t: "day"; readonly key: string; readonly day: string }
  | {
      readonly t: "row";
      readonly key: string;
      readonly id: string;
      /** undefined where the row before is of the same account */
      readonly tile: string | undefined;
      /** 0 after a purge: the row stays, its ciphertext is gone */
      readonly bytes: number;
      /** the padded size inside, which is what picks the bar's length */
      readonly step: number;
      readonly head: string;
      readonly device: string;
      readonly time: string;
    };

/** As many bytes as the longest bar can show. */
const HEAD_BYTES = 64;
/** What sealing adds to the padded plaintext. */
const TAG_BYTES = 16;

/** Rows oldest first. A device that nobody is known to own gets its own id on the tile. */
export function barsOf(
  rows: readonly StoredRow[],
  userOf: (device: DeviceId) => UserId | undefined,
): readonly ServerLine[] {
  const lines: ServerLine[] = [];
  let day = "";
  let account = "";
  for (const row of rows) {
    const id = textIn(row, "id");
    const device = textIn(row, "device") as DeviceId;
    const when = utc(numberIn(row, "received_at"));
    if (when.day !== day) {
      day = when.day;
      account = "";
      lines.push({ t: "day", key: `day ${id}`, day });
    }
    const owner = userOf(device) ?? device;
    const ciphertext = bytesOf(row.columns.ciphertext);
    lines.push({
      t: "row",
      key: id,
      id,
      tile: owner === account ? undefined : idText("usr", owner, 2).slice(4),
      bytes: ciphertext.length,
      step: Math.max(0, ciphertext.length - TAG_BYTES),
      head: hexGroups(ciphertext.subarray(0, HEAD_BYTES)),
      device: idText("dev", device, 3),
      time: when.time,
    });
    account = owner;
  }
  return lines;
}
