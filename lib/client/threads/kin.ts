// The index of threads: for every root the places of its replies and of what deleted them, so that a thread opens and counts without its channel.
import { compare, equal } from "@/lib/base/bytes.ts";
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import { storedAbout } from "@/lib/client/events/past/about.ts";
import { type EventRecord, IDS, type IdEntry } from "@/lib/client/events/records.ts";
import { sortable, type Vault, type VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Content } from "@/lib/protocol/event.ts";

const KIN = "kin";

/** A reply, or what changes one. `named`: the reply's hash, as whoever changes it names it (M8). */
export type Kin = {
  readonly t: "reply" | "edit" | "delete";
  readonly id: EventId;
  readonly pos: number;
  /** the reply */
  readonly of: EventId;
  readonly user: UserId;
  readonly at: number;
  readonly n: number;
  readonly rev: number;
  readonly hash: Uint8Array;
  readonly named: Uint8Array | null;
  /** calls the reader: by name, or everybody */
  readonly mention: boolean;
  readonly names: boolean;
};

export type Calls = {
  readonly called: (record: EventRecord) => boolean;
  readonly named: (record: EventRecord) => boolean;
};

/** The root of the thread that a content is a reply in; null for everything else. */
export function rootOf(content: Content | null): EventId | null {
  return content?.k === "message" || content?.k === "poll" ? content.thread : null;
}

/** A deleted event without its content; of a reply stays the thread in which it stood. */
export function emptied(record: EventRecord): EventRecord {
  const thread = rootOf(record.content);
  const content: Content | null = thread === null ? null : { k: "message", text: "", thread, mentions: [], files: 0 };
  return { ...record, status: "gone", content };
}

function rowOf(record: EventRecord, { called, named }: Calls): Kin | null {
  const { id, pos, content, user, n, hash } = record;
  if (content === null || user === null || hash === null || record.status !== "opened") return null;
  const calls = { mention: called(record), names: named(record) };
  const base = { id, pos, user, at: record.receivedAt, n, hash, rev: 0, ...calls };
  if (rootOf(content) !== null) return { ...base, t: "reply", of: id, named: null };
  if (content.k !== "delete" && content.k !== "edit") return null;
  const { target } = content;
  return { ...base, t: content.k, of: target.id, named: target.hash, rev: content.k === "edit" ? content.rev : 0 };
}

/** The writes of what arrived, and the threads in which replies were edited or deleted. */
export type Placed = {
  readonly ops: readonly VaultOp[];
  readonly changed: ReadonlySet<EventId>;
};

export class KinIndex {
  readonly #of: { readonly vault: Vault };

  constructor(of: { readonly vault: Vault }) {
    this.#of = of;
  }

  /**
   * The writes that put records where their threads are. `high`: the newest place held before; what comes below it may
   * have been spoken of already.
   */
  async take(channel: ChannelId, records: readonly EventRecord[], high: number, calls: Calls): Promise<Placed> {
    const ops: VaultOp[] = [];
    const changed = new Set<EventId>();
    const here = new Map(records.map((record) => [record.id, record]));
    for (const record of records) {
      const row = rowOf(record, calls);
      if (row === null) continue;
      const root = row.t === "reply" ? rootOf(record.content) : await this.#threadOf(channel, row.of, here);
      if (root === null) continue;
      ops.push(putOp(channel, root, row));
      if (row.t !== "reply") changed.add(root);
      else if (record.pos < high) ops.push(...(await this.#spoken(channel, root, record.id, calls)));
    }
    return { ops, changed };
  }

  /** All of a thread after a place, oldest first. */
  async rows(channel: ChannelId, root: EventId, after = 0): Promise<Kin[]> {
    const range = { prefix: `${channel}/${root}/`, after: keyOf(channel, root, after), limit: Number.MAX_SAFE_INTEGER };
    const rows = await this.#of.vault.scan(KIN, range);
    return rows.map(({ value }) => value as unknown as Kin);
  }

  /** The thread of a reply that something names; null where it is none, or not here yet. */
  async #threadOf(channel: ChannelId, id: EventId, here: ReadonlyMap<EventId, EventRecord>): Promise<EventId | null> {
    const record = here.get(id);
    if (record !== undefined) return rootOf(record.content);
    return (await this.#of.vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`))?.t ?? null;
  }

  /** What was said of a reply before it was here itself. */
  async #spoken(channel: ChannelId, root: EventId, reply: EventId, calls: Calls): Promise<VaultOp[]> {
    const rows = (await storedAbout(this.#of.vault, channel, reply)).map((record) => rowOf(record, calls));
    return rows.flatMap((row) => (row === null || row.t === "reply" ? [] : [putOp(channel, root, row)]));
  }
}

function keyOf(channel: ChannelId, root: EventId, pos: number): string {
  return `${channel}/${root}/${sortable(pos)}`;
}

function putOp(channel: ChannelId, root: EventId, row: Kin): VaultOp {
  return { op: "put", table: KIN, key: keyOf(channel, root, row.pos), value: row as unknown as Cbor };
}

/**
 * The replies as they stand now: without those that were deleted by whoever may, and calling whom their newest edit calls.
 * Both count by the reply's hash, an edit only from its author (M7, M8).
 */
export function standing(rows: readonly Kin[], mayDelete: (by: Kin, author: UserId) => boolean): Kin[] {
  const said = new Map<EventId, Kin[]>();
  for (const row of rows) if (row.t !== "reply") said.set(row.of, [...(said.get(row.of) ?? []), row]);
  return rows.flatMap((row) => {
    if (row.t !== "reply") return [];
    const mine = (said.get(row.id) ?? []).filter(({ named }) => named !== null && equal(named, row.hash));
    if (mine.some((by) => by.t === "delete" && mayDelete(by, row.user))) return [];
    let edit: Kin | null = null;
    for (const by of mine) if (by.t === "edit" && by.user === row.user && isNewer(by, edit)) edit = by;
    return [edit === null ? row : { ...row, mention: edit.mention, names: edit.names }];
  });
}

function isNewer(edit: Kin, held: Kin | null): boolean {
  if (held === null || edit.rev !== held.rev) return held === null || edit.rev > held.rev;
  return compare(edit.hash, held.hash) > 0;
}
