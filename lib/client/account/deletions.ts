// Deleted messages leave this device too: content goes, the tombstone stays (PROTOCOL M8, E9).
import { equal } from "@/lib/base/bytes.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { Parts } from "./parts.ts";

/** True when this event, as verified, deletes that one: same channel, right hash, author or whoever has the right (M8). */
export function deletes(state: LedgerState, event: EventRecord, target: EventRecord): boolean {
  if (event.content?.k !== "delete" || event.user === null || target.user === null || target.hash === null)
    return false;
  if (event.content.target.id !== target.id || !equal(event.content.target.hash, target.hash)) return false;
  return mayDelete(state, { user: event.user, author: target.user, channel: target.channel }, event.n) === null;
}

/** Drops the content of every loaded message that a loaded event deletes. */
export async function forgetDeleted(account: Parts, channel: ChannelId): Promise<void> {
  for (const event of account.log.records(channel)) {
    if (event.content?.k !== "delete") continue;
    const target = account.log.find(channel, event.content.target.id);
    if (target === undefined || target.status !== "opened" || !deletes(account.state, event, target)) continue;
    await account.log.replace({ ...target, status: "gone", content: null });
    for (const file of account.log.records(channel)) {
      const owned = file.content?.k === "file" && file.content.of === target.id && file.user === target.user;
      if (owned) await account.log.replace({ ...file, status: "gone", content: null });
    }
  }
}
