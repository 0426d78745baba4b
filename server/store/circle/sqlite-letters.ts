// Letters of helpers of a recovery circle, in SQLite (PROTOCOL D6).
import { and, count, eq, lt } from "drizzle-orm";
import { equal } from "@/lib/base/bytes.ts";
import type { MailboxId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "@/server/store/parts.ts";
import { read } from "@/server/store/parts.ts";
import type { LetterEntry, LetterStore } from "@/server/store/port.ts";
import { letters } from "@/server/store/schema.ts";

export class SqliteLetters implements LetterStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  putLetter(ws: WorkspaceId, entry: LetterEntry, most: number): Promise<"kept" | "exists" | "full"> {
    return this.parts.queue.write(() => {
      const there = this.find(entry.mailbox, entry.slot);
      if (there !== undefined) return equal(there, entry.letter) ? "kept" : "exists";
      const w = this.parts.numbers.of(ws);
      const mine = and(eq(letters.w, w), eq(letters.user, entry.user));
      const laid = this.parts.db.select({ of: count() }).from(letters).where(mine).get()?.of ?? 0;
      if (laid >= most) return "full";
      this.parts.db
        .insert(letters)
        .values({ w, ...entry })
        .run();
      return "kept";
    });
  }

  letter(mailbox: MailboxId, slot: number): Promise<Uint8Array | undefined> {
    return read(() => this.find(mailbox, slot));
  }

  dropLetters(before: number): Promise<number> {
    return this.parts.queue.write(
      () => this.parts.db.delete(letters).where(lt(letters.receivedAt, before)).run().changes,
    );
  }

  private find(mailbox: MailboxId, slot: number): Uint8Array | undefined {
    const place = and(eq(letters.mailbox, mailbox), eq(letters.slot, slot));
    return this.parts.db.select({ letter: letters.letter }).from(letters).where(place).get()?.letter;
  }
}
