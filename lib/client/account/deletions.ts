// Deleted messages leave this device too: content goes, the tombstone stays (PROTOCOL M8, E9).
import { equal } from "@/lib/base/bytes.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { storedAbout } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { emptied } from "@/lib/client/threads/kin.ts";
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

/** Deletions that were gone through in this run: what they name is gone, or was never here. */
const done = new WeakSet<EventRecord>();

/** Drops the content of every message that a loaded event deletes, or one that came, also where it lies further back. */
export async function forgetDeleted(account: Parts, channel: ChannelId): Promise<void> {
  const came = account.originals.takeDeletions(channel);
  for (const event of new Set([...account.log.records(channel), ...came])) {
    if (event.content?.k !== "delete" || done.has(event)) continue;
    const { id } = event.content.target;
    const target = account.log.find(channel, id) ?? (await account.log.byId(channel, id));
    if (target === undefined || target.status !== "opened") continue;
    if (deletes(account.state, event, target)) await forget(account, target);
    done.add(event);
  }
}

/** With what was said about it: its edits hold its words, and files, votes and reactions say nothing without it. */
async function forget(account: Parts, target: EventRecord): Promise<void> {
  const { channel } = target;
  await account.log.replace(emptied(target));
  for (const one of await storedAbout(account.vault, channel, target.id, Number.MAX_SAFE_INTEGER)) {
    if (one.status !== "opened" || one.content?.k === "delete") continue;
    await account.log.replace(emptied(one));
  }
}
