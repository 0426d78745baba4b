// Looking at what the server stores: one event beside what this device opened of it, and rows as they lie (UX 4).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { XrayView } from "@/lib/client/api.ts";
import { storedRecord } from "@/lib/client/events/lookup.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";

/** The X-ray: the row as it lies on the server now, beside what this device opened of it. */
export async function inspectEvent(account: Account, channel: ChannelId, id: EventId): Promise<XrayView> {
  const stored = await account.session.call("events.row", { channel, id });
  const record = account.log.find(channel, id) ?? (await storedRecord(account.vault, channel, id));
  // A deleted message keeps its place here without its content.
  const emptied = record?.status === "opened" && record.content === null;
  const state = emptied ? "gone" : (record?.status ?? "unknown");
  const code = record?.code ?? null;
  if (record?.status !== "opened" || record.user === null || record.device === null || record.content === null)
    return { stored, state, code, opened: null };
  const fields = Object.entries(record.content)
    .filter(([name]) => name !== "k")
    .map(([name, value]) => ({ name, value: show(value) }));
  return {
    stored,
    state,
    code,
    opened: {
      author: record.user,
      device: record.device,
      kind: record.content.k,
      sentAt: record.sentAt,
      position: record.n,
      fields,
    },
  };
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  return (
    JSON.stringify(value, (_, inner: unknown) => (inner instanceof Uint8Array ? `${inner.length} bytes` : inner)) ?? ""
  );
}

export async function serverRows(
  account: Account,
  input: { channel: ChannelId; before: number | null; limit: number },
): Promise<readonly StoredRow[]> {
  const { rows } = await account.session.call("events.rows", {
    channel: input.channel,
    before: input.before,
    limit: Math.min(input.limit, 100),
  });
  return rows;
}

/** What else lies of a channel's scope: its links, seals and boxes, each whole row as it lies there. */
export async function serverKeys(account: Account, channel: ChannelId): Promise<readonly StoredRow[]> {
  const scope = account.scopeOf(channel);
  if (scope === undefined) throw new Fault("may/not-found");
  const { rows } = await account.session.call("ledger.stored", { scope });
  return rows;
}
