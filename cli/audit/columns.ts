// What every column of the server's database holds, in writing: a column that is not here fails the audit (PROTOCOL 8).

/** What a column may hold. None of these is plaintext or a key that opens anything. */
export type ColumnClass =
  | "opaque id"
  | "public ledger"
  | "public keys, sealed name"
  | "ciphertext"
  | "hash"
  | "signature"
  | "order"
  | "size"
  | "time"
  | "kind of record"
  | "server fact"
  /** address of a push service, and a browser's keys for wake-ups that say nothing */
  | "wake-up";

/** table → column → class. */
export const COLUMNS: Readonly<Record<string, Readonly<Record<string, ColumnClass>>>> = {
  workspaces: { w: "order", ws: "opaque id", created_at: "time" },
  links: {
    w: "order",
    n: "order",
    kind: "kind of record",
    chain: "opaque id",
    seq: "order",
    hash: "hash",
    bytes: "public ledger",
    sig: "signature",
    extra: "signature",
  },
  seals: {
    w: "order",
    purpose: "kind of record",
    scope: "opaque id",
    epoch: "order",
    to: "kind of record",
    recipient: "opaque id",
    gen: "order",
    giver: "opaque id",
    ct: "ciphertext",
  },
  boxes: {
    w: "order",
    purpose: "kind of record",
    scope: "opaque id",
    epoch: "order",
    giver: "opaque id",
    ct: "ciphertext",
  },
  requests: {
    w: "order",
    scope: "opaque id",
    epoch: "order",
    user: "opaque id",
    device: "opaque id",
    at: "time",
    received_at: "time",
    sig: "signature",
  },
  channels: { w: "order", channel: "opaque id", last: "order", floor: "order" },
  restores: { w: "order", number: "order", id: "opaque id", at: "time", n: "order", closed_at: "time" },
  restore_devices: { w: "order", number: "order", device: "opaque id" },
  given: {
    w: "order",
    channel: "opaque id",
    id: "opaque id",
    pos: "order",
    epoch: "order",
    device: "opaque id",
    session: "opaque id",
    seq: "order",
    received_at: "time",
    own: "server fact",
    header: "public ledger",
    nonce: "ciphertext",
    ciphertext: "ciphertext",
  },
  joins: {
    w: "order",
    invite: "opaque id",
    user: "opaque id",
    received_at: "time",
    bytes: "public keys, sealed name",
    sig: "signature",
  },
  letters: {
    w: "order",
    mailbox: "opaque id",
    slot: "order",
    user: "opaque id",
    received_at: "time",
    letter: "ciphertext",
  },
  push_subscriptions: {
    w: "order",
    device: "opaque id",
    user: "opaque id",
    endpoint: "wake-up",
    p256dh: "wake-up",
    auth: "wake-up",
    created_at: "time",
  },
  cursors: { w: "order", device: "opaque id", session: "opaque id", channel: "opaque id", next: "order" },
  events: {
    w: "order",
    channel: "opaque id",
    pos: "order",
    id: "opaque id",
    epoch: "order",
    device: "opaque id",
    received_at: "time",
    header: "public ledger",
    nonce: "ciphertext",
    ciphertext: "ciphertext",
  },
  blobs: {
    w: "order",
    blob: "opaque id",
    user: "opaque id",
    device: "opaque id",
    segments: "size",
    bytes: "size",
    created_at: "time",
    finished_at: "time",
  },
  blob_channels: { w: "order", blob: "opaque id", channel: "opaque id", shared_at: "time" },
  setup_tokens: { hash: "hash", first: "server fact", expires: "time" },
  meta: { key: "server fact", value: "server fact" },
  __drizzle_migrations: { id: "order", hash: "hash", created_at: "time" },
};

export type FoundColumn = { readonly table: string; readonly column: string };

/** Columns that nobody has classified; empty when the audit may pass. */
export function unclassified(found: readonly FoundColumn[]): FoundColumn[] {
  return found.filter(({ table, column }) => COLUMNS[table]?.[column] === undefined);
}
