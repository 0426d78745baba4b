// How the ledger lies in the vault: one row an entry, by position, and the highest head stood at (PROTOCOL L10).
import { sortable, type VaultOp } from "@/lib/client/vault.ts";
import type { Entry } from "@/lib/proof/state.ts";
import type { ChainId, LinkKind } from "@/lib/protocol/link.ts";

export type StoredHead = { n: number; h: Uint8Array };
export type StoredEntry = {
  k: string;
  c: string;
  q: number;
  h: Uint8Array;
  b: Uint8Array | null;
  s: Uint8Array | null;
  x: Uint8Array | null;
};
export const TABLE = "ledger";
export const HEAD = "ledgerhead";

export function fromStored(value: StoredEntry): Entry {
  const stub = { kind: value.k as LinkKind, chain: value.c as ChainId, seq: value.q, hash: value.h };
  return {
    stub,
    link: value.b === null || value.s === null ? null : { bytes: value.b, sig: value.s, extra: value.x },
  };
}

/** The write that keeps the entry at position n. */
export function entryOp(n: number, { stub, link }: Entry): VaultOp {
  const value = {
    k: stub.kind,
    c: stub.chain,
    q: stub.seq,
    h: stub.hash,
    b: link?.bytes ?? null,
    s: link?.sig ?? null,
    x: link?.extra ?? null,
  };
  return { op: "put", table: TABLE, key: sortable(n), value };
}
