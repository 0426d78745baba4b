// Requests to be let in, in SQLite (PROTOCOL I4).
import { and, asc, eq } from "drizzle-orm";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "@/server/store/parts.ts";
import { read } from "@/server/store/parts.ts";
import type { JoinEntry, JoinStore } from "@/server/store/port.ts";
import { joins } from "@/server/store/schema.ts";

export class SqliteJoins implements JoinStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  putJoin(ws: WorkspaceId, join: JoinEntry): Promise<void> {
    return this.parts.queue.write(() => {
      const { bytes, sig, receivedAt } = join;
      this.parts.db
        .insert(joins)
        .values({ w: this.parts.numbers.of(ws), ...join })
        .onConflictDoUpdate({ target: [joins.w, joins.invite, joins.user], set: { bytes, sig, receivedAt } })
        .run();
    });
  }

  joins(ws: WorkspaceId): Promise<JoinEntry[]> {
    return read(() => {
      const mine = eq(joins.w, this.parts.numbers.of(ws));
      const rows = this.parts.db.select().from(joins).where(mine).orderBy(asc(joins.receivedAt)).all();
      return rows.map(({ w: _, ...row }) => row);
    });
  }

  dropJoins(ws: WorkspaceId, which: readonly Pick<JoinEntry, "invite" | "user">[]): Promise<number> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      const place = ({ invite, user }: Pick<JoinEntry, "invite" | "user">) =>
        and(eq(joins.w, w), eq(joins.invite, invite), eq(joins.user, user));
      return which.reduce((sum, one) => sum + this.parts.db.delete(joins).where(place(one)).run().changes, 0);
    });
  }
}
