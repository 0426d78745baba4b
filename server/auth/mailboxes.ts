// Mailboxes for two devices that share a code: in memory alone, four letters each, gone after ten minutes (PROTOCOL D1).
import { timingSafeEqual } from "node:crypto";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { MailboxId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** Beyond, nobody opens another: 4000 times four letters of 2 KiB are 32 MiB. */
const MOST = 4000;

type Mailbox = { readonly until: number; readonly letters: Uint8Array[] };
export type Standing = { readonly letters: number; readonly left: number };

/**
 * Nothing of this is written to disk, so no backup holds it; a restart forgets it, and people show a new code. Each slot
 * is written once, in order: what was read cannot be swapped afterwards, and a code serves for one linking.
 */
export class Mailboxes {
  private readonly now: () => number;
  private readonly boxes = new Map<MailboxId, Mailbox>();

  constructor(now: () => number) {
    this.now = now;
  }

  /** True when a letter to slot 0 would open a mailbox. */
  isNew(id: MailboxId): boolean {
    return this.find(id) === undefined;
  }

  /** Lays a letter into the next slot. The same letter again is no error: the first answer may have been lost. */
  put(id: MailboxId, slot: number, letter: Uint8Array): Standing | FaultCode {
    const found = this.find(id);
    if (found === undefined) return slot === 0 ? this.open(id, letter) : "may/no-mailbox";
    const there = found.letters[slot];
    if (there !== undefined) return timingSafeEqual(there, letter) ? this.standing(found) : "may/letter-exists";
    if (slot !== found.letters.length) return "may/no-mailbox";
    found.letters.push(letter);
    return this.standing(found);
  }

  /** The letter of a slot, null while it has not come. */
  read(id: MailboxId, slot: number): (Standing & { readonly letter: Uint8Array | null }) | FaultCode {
    const found = this.find(id);
    return found === undefined ? "may/no-mailbox" : { ...this.standing(found), letter: found.letters[slot] ?? null };
  }

  /** Forgets mailboxes whose time is over. */
  sweep(): void {
    const now = this.now();
    for (const [id, { until }] of this.boxes) if (until <= now) this.boxes.delete(id);
  }

  private open(id: MailboxId, letter: Uint8Array): Standing | FaultCode {
    if (this.boxes.size >= MOST) this.sweep();
    if (this.boxes.size >= MOST) return "may/too-many";
    const fresh = { until: this.now() + LIMITS.mailboxMinutes * 60_000, letters: [letter] };
    this.boxes.set(id, fresh);
    return this.standing(fresh);
  }

  private find(id: MailboxId): Mailbox | undefined {
    const found = this.boxes.get(id);
    return found !== undefined && found.until > this.now() ? found : undefined;
  }

  private standing({ letters, until }: Mailbox): Standing {
    return { letters: letters.length, left: Math.max(0, until - this.now()) };
  }
}
