// Where an old message lies, and when: fetched as far back as it takes, so that its channel can be opened there.
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedBeside, storedRecord } from "@/lib/client/events/lookup.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { isMessage } from "./docs.ts";

/** Pages that are fetched for one jump; what lies further back is fetched in the background first. */
const MOST_PAGES = 60;

/** One page of older events from the server; false when it gave none. */
export async function fetchOlder(account: Account, channel: ChannelId, limit: number): Promise<boolean> {
  const { low } = account.log.mark(channel);
  if (low <= 1) return false;
  const page = await account.session.call("events.read", { channel, after: null, before: low, limit });
  await account.log.take(channel, page.rows, "older");
  return account.log.mark(channel).low < low;
}

/** Fetches older events until `enough`. Throws event/unknown-target where the history ends before, or lies too far back. */
async function fetchUntil(account: Account, channel: ChannelId, enough: () => Promise<boolean>): Promise<void> {
  account.loadingOlder.add(channel);
  account.changed({ channel });
  try {
    for (let pages = 0; !(await enough()); pages += 1) {
      const more = pages < MOST_PAGES && (await fetchOlder(account, channel, LIMITS.eventsPerRead));
      if (!more) throw new Fault("event/unknown-target");
    }
  } finally {
    account.loadingOlder.delete(channel);
    account.changed({ channel });
  }
}

/** The place of a message, fetched with all that came after it where this device does not have it. */
export async function placeOf(account: Account, channel: ChannelId, id: EventId): Promise<number> {
  const here = await storedRecord(account.vault, channel, id);
  if (here !== undefined) return here.pos;
  // The server says where it lies; whether that is so shows when it is here, verified.
  const { columns } = await account.session.call("events.row", { channel, id });
  const { pos } = columns;
  if (typeof pos !== "number" || pos > account.log.mark(channel).high) throw new Fault("event/unknown-target");
  await fetchUntil(account, channel, async () => account.log.mark(channel).low <= pos);
  const fetched = await storedRecord(account.vault, channel, id);
  if (fetched === undefined) throw new Fault("event/unknown-target");
  return fetched.pos;
}

/** The first event at or after a place. */
async function first(account: Account, channel: ChannelId, from: number): Promise<EventRecord | undefined> {
  return (await storedBeside(account.vault, channel, { after: from - 1 }, 1))[0];
}

/** The first message of a channel at or after a moment, else its last one; null where there is none at all. */
export async function messageAt(account: Account, channel: ChannelId, at: number): Promise<EventId | null> {
  const oldest = async () => (await first(account, channel, 1))?.receivedAt ?? Number.POSITIVE_INFINITY;
  // Where the history begins later, its beginning is what comes next.
  await fetchUntil(account, channel, async () => account.log.mark(channel).low <= 1 || (await oldest()) < at).catch(
    (thrown: unknown) => {
      if (!(thrown instanceof Fault) || thrown.code !== "event/unknown-target") throw thrown;
    },
  );
  let { low, high } = account.log.mark(channel);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await first(account, channel, middle);
    if (record !== undefined && record.receivedAt < at) low = record.pos + 1;
    else high = middle;
  }
  const after = await storedBeside(account.vault, channel, { after: low - 1 }, 200);
  const found = after.find(({ content }) => isMessage(content));
  if (found !== undefined) return found.id;
  const before = await storedBeside(account.vault, channel, { before: low }, 200);
  return before.findLast(({ content }) => isMessage(content))?.id ?? null;
}

/** Loads what stands around a message for as long as somebody looks at it; returns the end of that. */
export function lookAt(account: Account, channel: ChannelId, anchor: EventId, changed: () => void): () => void {
  const { past } = account.log;
  let ended = false;
  let opened = false;
  const look = async () => {
    const pos = await placeOf(account, channel, anchor);
    if (ended) return;
    opened = true;
    await past.open(channel, anchor, pos);
  };
  const instead = async () => {
    past.miss(channel, anchor);
    await account.open(channel);
  };
  void look()
    .catch(instead)
    .then(changed, (thrown: unknown) => account.note(asFault(thrown).code, "note", ""));
  return () => {
    ended = true;
    if (opened) past.close(channel, anchor);
  };
}
