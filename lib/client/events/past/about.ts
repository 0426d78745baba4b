// Which events speak of an earlier one, by that one's id: what an old message became is found without all that came since.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { sortable, type Vault, type VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Content } from "@/lib/protocol/event.ts";

const ABOUT = "about";

/** The event that a content speaks of: what it edits, deletes, answers with a sign, or says a file of. */
export function subjectOf(content: Content | null): EventId | null {
  if (content === null) return null;
  if (content.k === "file" || content.k === "unsent") return content.of;
  return "target" in content ? content.target.id : null;
}

type Entry = { readonly p: number; readonly k: string };

/** The writes that remember of whom a record speaks; written with the record. */
export function aboutOps(record: EventRecord): VaultOp[] {
  const subject = record.status === "opened" ? subjectOf(record.content) : null;
  if (subject === null || record.content === null) return [];
  const value: Entry = { p: record.pos, k: record.content.k };
  return [{ op: "put", table: ABOUT, key: `${record.channel}/${subject}/${sortable(record.pos)}`, value }];
}

/** Signs under a message, and other things of which thousands may stand there: no more of them are read than this. */
const MOST_SIGNS = 200;
const FEW: ReadonlySet<string> = new Set(["edit", "delete", "file", "unsent", "vote", "pollend"]);

/** Stored events about an earlier one, oldest first: all that change what it says, and the newest of the others. */
export async function storedAbout(
  vault: Vault,
  channel: ChannelId,
  id: EventId,
  most = MOST_SIGNS,
): Promise<EventRecord[]> {
  const rows = await vault.scan<Entry & Cbor>(ABOUT, { prefix: `${channel}/${id}/`, limit: Number.MAX_SAFE_INTEGER });
  const signs = rows.filter(({ value }) => !FEW.has(value.k));
  const left = new Set(signs.slice(0, Math.max(0, signs.length - most)));
  const read = rows.filter((row) => !left.has(row));
  const records = await Promise.all(read.map(({ value }) => storedAt(vault, channel, value.p)));
  return records.filter((record) => record !== undefined);
}

/** Kinds that change what a message says, not what stands under it. */
const WORDS: ReadonlySet<string> = new Set(["edit", "delete", "file", "unsent"]);

/** Where events lie that changed what a message says, stored here or not. */
export async function placesAbout(vault: Vault, channel: ChannelId, id: EventId): Promise<number[]> {
  const rows = await vault.scan<Entry & Cbor>(ABOUT, { prefix: `${channel}/${id}/`, limit: Number.MAX_SAFE_INTEGER });
  return rows.flatMap(({ value }) => (WORDS.has(value.k) ? [value.p] : []));
}

/** That an event at a place changed what an earlier one says. */
export type Word = { readonly subject: EventId; readonly pos: number; readonly kind: string };

/** All such of a channel. */
export async function wordsIn(vault: Vault, channel: ChannelId): Promise<Word[]> {
  const rows = await vault.scan<Entry & Cbor>(ABOUT, { prefix: `${channel}/`, limit: Number.MAX_SAFE_INTEGER });
  return rows.flatMap(({ key, value }) =>
    WORDS.has(value.k) ? [{ subject: (key.split("/")[1] ?? "") as EventId, pos: value.p, kind: value.k }] : [],
  );
}

/** The writes that remember them. */
export function wordOps(channel: ChannelId, words: readonly Word[]): VaultOp[] {
  return words.map(({ subject, pos, kind }) => {
    const value: Entry = { p: pos, k: kind };
    return { op: "put", table: ABOUT, key: `${channel}/${subject}/${sortable(pos)}`, value };
  });
}

/** Ids in a channel of which any event speaks. */
export async function subjectsIn(vault: Vault, channel: ChannelId): Promise<Set<EventId>> {
  const rows = await vault.scan<Cbor>(ABOUT, { prefix: `${channel}/`, limit: Number.MAX_SAFE_INTEGER });
  return new Set(rows.map(({ key }) => (key.split("/")[1] ?? "") as EventId));
}
