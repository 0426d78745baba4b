// What later events say about a message: edits, deletions, files; and which of them had no right to (PROTOCOL M7, M8).
import { compare, equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { deletes } from "@/lib/client/account/deletions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";

/** Newest edit, deletion, files. */
export type Changes = {
  edit: { rev: number; hash: Uint8Array; text: string; mentions: readonly string[] } | null;
  deleted: boolean;
  files: Map<number, EventRecord>;
};

/** `fouls`: events that are shown as refused, by their own ids. */
export type Said = { readonly changes: Map<EventId, Changes>; readonly fouls: Map<EventId, FaultCode> };

const FILES = 10;

class Hearing {
  readonly changes = new Map<EventId, Changes>();
  readonly fouls = new Map<EventId, FaultCode>();
  readonly #account: Account;
  readonly #byId = new Map<EventId, EventRecord>();
  /** every event of the channel up to the newest is here, so that a target that is not does not exist */
  readonly #whole: boolean;

  constructor(account: Account, records: readonly EventRecord[]) {
    this.#account = account;
    this.#whole = records[0]?.pos === 1;
    for (const record of records) if (record.status !== "refused") this.#byId.set(record.id, record);
  }

  of(id: EventId): Changes {
    const known = this.changes.get(id) ?? { edit: null, deleted: false, files: new Map<number, EventRecord>() };
    this.changes.set(id, known);
    return known;
  }

  /** The target of an event; one that does not exist in this channel is a foul. */
  #target(record: EventRecord, id: EventId): EventRecord | undefined {
    const target = this.#byId.get(id);
    if (target === undefined && this.#whole) this.fouls.set(record.id, "event/unknown-target");
    return target;
  }

  file(record: EventRecord, content: ContentOf<"file">): void {
    const root = this.#target(record, content.of);
    if (root === undefined) return;
    if (root.user !== record.user) this.fouls.set(record.id, "event/wrong-author");
    else if (content.index < FILES) this.of(content.of).files.set(content.index, record);
  }

  deletion(record: EventRecord, content: ContentOf<"delete">): void {
    const target = this.#target(record, content.target.id);
    if (target === undefined || target.user === null || record.user === null) return;
    const by = { user: record.user, author: target.user, channel: record.channel };
    if (mayDelete(this.#account.state, by, record.n) !== null) this.fouls.set(record.id, "event/wrong-author");
    else if (target.hash === null || deletes(this.#account.state, record, target)) this.of(target.id).deleted = true;
    else this.fouls.set(record.id, "event/unknown-target");
  }

  /** Only the author edits, in the same channel, what was verified, by its hash (M8); the higher rev wins (M7). */
  edit(record: EventRecord, content: ContentOf<"edit">): void {
    const target = this.#target(record, content.target.id);
    if (target === undefined || record.hash === null) return;
    if (target.user !== record.user) {
      this.fouls.set(record.id, "event/wrong-author");
      return;
    }
    if (target.hash === null) return;
    if (!equal(target.hash, content.target.hash)) {
      this.fouls.set(record.id, "event/unknown-target");
      return;
    }
    const { rev, text, mentions } = content;
    const held = this.of(target.id).edit;
    if (held === null || rev > held.rev || (rev === held.rev && compare(record.hash, held.hash) > 0))
      this.of(target.id).edit = { rev, hash: record.hash, text, mentions };
  }

  /**
   * Rows without content that no deletion accounts for: the server emptied them by itself. What the author of a deleted
   * message wrote besides may be its edits and files, which go with it.
   */
  gaps(records: readonly EventRecord[]): void {
    const authors = new Set<UserId | null>();
    for (const record of records) if (this.changes.get(record.id)?.deleted === true) authors.add(record.user);
    for (const record of records)
      if (record.status === "gone" && record.hash === null && !authors.has(record.user))
        this.fouls.set(record.id, "event/hole");
  }
}

/** Goes through the loaded events of a channel, oldest first. */
export function changesOf(account: Account, records: readonly EventRecord[]): Said {
  const hearing = new Hearing(account, records);
  for (const record of records) {
    const { content } = record;
    if (content?.k === "file") hearing.file(record, content);
    else if (content?.k === "delete") hearing.deletion(record, content);
    else if (content?.k === "edit") hearing.edit(record, content);
  }
  hearing.gaps(records);
  return hearing;
}
