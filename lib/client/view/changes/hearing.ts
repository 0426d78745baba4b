// What is heard of the messages of a channel: a place for each one's changes, and for what had no right to (PROTOCOL M7, M8).
import { compare, equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Target } from "@/lib/protocol/content/talk.ts";

/** A state-like value as it was said: the higher rev wins, on a tie the larger event hash (M7). */
export type Rev = { readonly rev: number; readonly hash: Uint8Array };

/** What one person last said of one emoji. */
export type Reacted = Rev & { readonly on: boolean };
/** By emoji in the order in which they came, then by person. */
export type Reactions = Map<string, Map<UserId, Reacted>>;
export type Vote = Rev & { readonly user: UserId; readonly pos: number; readonly choices: readonly number[] };
/** Every vote that was heard, also such as came after an end: the poll's author may open it again. */
export type PollChanges = {
  readonly votes: Vote[];
  end: (Rev & { readonly pos: number; readonly on: boolean }) | null;
};

/** What later events say about one message; each file beside this one fills what it hears of. */
export type Changes = {
  edit: (Rev & { readonly text: string; readonly mentions: readonly string[] }) | null;
  deleted: boolean;
  files: Map<number, EventRecord>;
  reactions: Reactions;
  poll: PollChanges | null;
};

/** `fouls`: events that are shown as refused, by their own ids. */
export type Said = { readonly changes: Map<EventId, Changes>; readonly fouls: Map<EventId, FaultCode> };

const unheard = (): Changes => ({ edit: null, deleted: false, files: new Map(), reactions: new Map(), poll: null });

/** True when a value takes the place of the one that is held (M7). */
export function wins(fresh: Rev, held: Rev | null | undefined): boolean {
  if (held === null || held === undefined) return true;
  return fresh.rev !== held.rev ? fresh.rev > held.rev : compare(fresh.hash, held.hash) > 0;
}

export class Hearing implements Said {
  readonly changes = new Map<EventId, Changes>();
  readonly fouls = new Map<EventId, FaultCode>();
  readonly account: Account;
  readonly #byId = new Map<EventId, EventRecord>();
  /** every event of the channel up to the newest is here, so that a target that is not does not exist */
  readonly #whole: boolean;

  constructor(account: Account, records: readonly EventRecord[], whole: boolean) {
    this.account = account;
    this.#whole = whole;
    for (const record of records) if (record.status !== "refused") this.#byId.set(record.id, record);
  }

  of(id: EventId): Changes {
    const known = this.changes.get(id) ?? unheard();
    this.changes.set(id, known);
    return known;
  }

  foul(record: EventRecord, code: FaultCode): void {
    this.fouls.set(record.id, code);
  }

  /** The event of an id that another one names; one that does not exist in this channel is a foul. */
  named(record: EventRecord, id: EventId): EventRecord | undefined {
    const target = this.#byId.get(id);
    if (target === undefined && this.#whole) this.foul(record, "event/unknown-target");
    return target;
  }

  /** The event that another one is about, once it was verified and has that hash; another hash is a foul (M8). */
  target(record: EventRecord, target: Target): EventRecord | undefined {
    const found = this.named(record, target.id);
    if (found === undefined || found.hash === null) return undefined;
    if (equal(found.hash, target.hash)) return found;
    this.foul(record, "event/unknown-target");
    return undefined;
  }
}
