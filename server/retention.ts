// Deletes what the channels of all workspaces no longer keep: rows, files, and what the log of the database holds of them (PROTOCOL E9).
import { retentions } from "@/lib/proof/queries.ts";
import type { App } from "./app.ts";

const DAY_MS = 24 * 3600 * 1000;

/** Empties rows and removes files past the days that the signed ledger names; answers how many. */
export async function expireAll(app: App): Promise<number> {
  let count = 0;
  for (const ws of await app.store.ledger.workspaces()) {
    for (const { channel, days } of retentions(app.workspaces.of(ws).state)) {
      const before = app.now() - days * DAY_MS;
      count += await app.store.retention.expireEvents(ws, channel, before);
      const gone = await app.store.retention.expireBlobs(ws, channel, before);
      for (const blob of gone) await app.disk.remove(ws, blob);
      count += gone.length;
    }
  }
  await app.store.retention.settle();
  return count;
}
