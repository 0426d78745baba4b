// Push subscriptions, in SQLite.
import { and, eq } from "drizzle-orm";
import type { DeviceId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "@/server/store/parts.ts";
import { read } from "@/server/store/parts.ts";
import { pushSubscriptions, workspaces } from "@/server/store/schema.ts";
import type { PushEntry, PushStore } from "./port.ts";

export class SqlitePush implements PushStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  pushes(): Promise<PushEntry[]> {
    return read(() => {
      const { db } = this.parts;
      const rows = db
        .select()
        .from(pushSubscriptions)
        .innerJoin(workspaces, eq(workspaces.w, pushSubscriptions.w))
        .all();
      return rows.map(({ push_subscriptions: { w: _, ...entry }, workspaces: { ws } }) => ({ ws, ...entry }));
    });
  }

  putPush({ ws, ...entry }: PushEntry): Promise<void> {
    return this.parts.queue.write(() => {
      const row = { w: this.parts.numbers.of(ws), ...entry };
      const { w, device } = pushSubscriptions;
      this.parts.db
        .insert(pushSubscriptions)
        .values(row)
        .onConflictDoUpdate({ target: [w, device], set: row })
        .run();
    });
  }

  dropPush(ws: WorkspaceId, device: DeviceId): Promise<boolean> {
    return this.parts.queue.write(() => {
      const { w } = pushSubscriptions;
      const mine = and(eq(w, this.parts.numbers.of(ws)), eq(pushSubscriptions.device, device));
      return this.parts.db.delete(pushSubscriptions).where(mine).run().changes > 0;
    });
  }
}
