// Seals and boxes that this device laid beside its links and could not make again: kept for a server that lost them (PROTOCOL L10).
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";

const TABLE = "beside";

export type Beside = { readonly seals: readonly SealRow[]; readonly boxes: readonly BoxRow[] };

/** Epoch keys and per-user keys are sealed anew by whoever holds them; all else of a batch is kept as it went out. */
export function besideOps({ seals, boxes }: Beside): VaultOp[] {
  const kept = [
    ...seals.filter((row) => row.purpose !== "epoch" && row.purpose !== "puk"),
    ...boxes.filter((row) => row.purpose !== "prev" && row.purpose !== "puk"),
  ];
  return kept.map((row) => {
    const recipient = "recipient" in row ? row.recipient : "";
    const key = [row.purpose, row.scope, row.epoch, recipient].join("/");
    return { op: "put", table: TABLE, key, value: { ...row } as Cbor };
  });
}

/** All that was kept. */
export async function keptBeside(vault: Vault): Promise<{ seals: SealRow[]; boxes: BoxRow[] }> {
  const rows = (await vault.scan<Cbor>(TABLE, { limit: Number.MAX_SAFE_INTEGER })).map(({ value }) => value as unknown);
  const isSeal = (row: unknown): row is SealRow => typeof row === "object" && row !== null && "recipient" in row;
  return { seals: rows.filter(isSeal), boxes: rows.filter((row): row is BoxRow => !isSeal(row)) };
}
