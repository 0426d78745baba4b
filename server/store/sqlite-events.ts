// Events in SQLite: positions and session cursors move in the same transaction as the rows.
import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { equal } from "@/lib/base/bytes.ts";
import type { ChannelId, DeviceId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import type { Parts } from "./parts.ts";
import { bound, is, read, toStored } from "./parts.ts";
import type { EventRow, EventStore, EventsResult, Landed, NewEvent, Page, PageBounds } from "./port.ts";
import { channels, cursors, events } from "./schema.ts";

const TABLE = "events";

function prepareWrites(db: BetterSQLite3Database) {
  return {
    byId: db
      .select()
      .from(events)
      .where(and(is(events.w, "w"), is(events.channel, "channel"), is(events.id, "id")))
      .prepare(),
    insert: db
      .insert(events)
      .values({
        w: sql.placeholder("w"),
        channel: sql.placeholder("channel"),
        pos: sql.placeholder("pos"),
        id: sql.placeholder("id"),
        epoch: sql.placeholder("epoch"),
        device: sql.placeholder("device"),
        receivedAt: sql.placeholder("receivedAt"),
        header: sql.placeholder("header"),
        nonce: sql.placeholder("nonce"),
        ciphertext: sql.placeholder("ciphertext"),
      })
      .prepare(),
    last: db
      .select({ last: channels.last, floor: channels.floor })
      .from(channels)
      .where(and(is(channels.w, "w"), is(channels.channel, "channel")))
      .prepare(),
    setLast: db
      .insert(channels)
      .values({ w: sql.placeholder("w"), channel: sql.placeholder("channel"), last: sql.placeholder("last") })
      .onConflictDoUpdate({ target: [channels.w, channels.channel], set: { last: sql`excluded.last` } })
      .prepare(),
    next: db
      .select({ next: cursors.next })
      .from(cursors)
      .where(
        and(
          is(cursors.w, "w"),
          is(cursors.device, "device"),
          is(cursors.session, "session"),
          is(cursors.channel, "channel"),
        ),
      )
      .prepare(),
    setNext: db
      .insert(cursors)
      .values({
        w: sql.placeholder("w"),
        device: sql.placeholder("device"),
        session: sql.placeholder("session"),
        channel: sql.placeholder("channel"),
        next: sql.placeholder("next"),
      })
      .onConflictDoUpdate({
        target: [cursors.w, cursors.device, cursors.session, cursors.channel],
        set: { next: sql`excluded.next` },
      })
      .prepare(),
    purge: db
      .update(events)
      .set({ ciphertext: sql`x''` })
      .where(and(is(events.w, "w"), is(events.channel, "channel"), is(events.id, "id")))
      .prepare(),
  };
}

function prepareReads(db: BetterSQLite3Database) {
  const place = [is(events.w, "w"), is(events.channel, "channel")];
  const before = lt(events.pos, bound(events.pos, "before"));
  return {
    forward: db
      .select()
      .from(events)
      .where(and(...place, gt(events.pos, bound(events.pos, "after")), before))
      .orderBy(asc(events.pos))
      .limit(sql.placeholder("limit"))
      .prepare(),
    backward: db
      .select()
      .from(events)
      .where(and(...place, before))
      .orderBy(desc(events.pos))
      .limit(sql.placeholder("limit"))
      .prepare(),
    ends: db
      .select({ channel: channels.channel, last: channels.last })
      .from(channels)
      .where(is(channels.w, "w"))
      .prepare(),
  };
}

/** The numbers of engine sessions through one append: read once and written once for each session, not for each event. */
class Lines {
  private readonly writes: ReturnType<typeof prepareWrites>;
  private readonly place: { readonly w: number; readonly channel: ChannelId };
  private readonly known = new Map<string, { event: NewEvent; next: number; first: number }>();

  constructor(writes: ReturnType<typeof prepareWrites>, w: number, channel: ChannelId) {
    this.writes = writes;
    this.place = { w, channel };
  }

  /** True when the event bears the next number of its session, which it then uses up. */
  take(event: NewEvent): boolean {
    const { device, session, seq } = event;
    const name = `${device} ${session}`;
    let line = this.known.get(name);
    if (line === undefined) {
      const next = this.writes.next.get({ ...this.place, device, session })?.next ?? 0;
      line = { event, next, first: next };
      this.known.set(name, line);
    }
    if (line.next !== seq) return false;
    line.next += 1;
    return true;
  }

  keep(): void {
    for (const { event, next, first } of this.known.values())
      if (next !== first)
        this.writes.setNext.run({ ...this.place, device: event.device, session: event.session, next });
  }
}

export class SqliteEvents implements EventStore {
  private readonly parts: Parts;
  private readonly writes: ReturnType<typeof prepareWrites>;
  private readonly reads: ReturnType<typeof prepareReads>;

  constructor(parts: Parts) {
    this.parts = parts;
    this.writes = prepareWrites(parts.db);
    this.reads = prepareReads(parts.db);
  }

  appendEvents(
    ws: WorkspaceId,
    channel: ChannelId,
    fresh: readonly NewEvent[],
    receivedAt: number,
  ): Promise<EventsResult> {
    return this.parts.queue.write(() => this.append(this.parts.numbers.of(ws), channel, fresh, receivedAt));
  }

  private append(w: number, channel: ChannelId, fresh: readonly NewEvent[], receivedAt: number): EventsResult {
    const known = this.writes.last.get({ w, channel });
    const start = Math.max(known?.last ?? 0, known?.floor ?? 0);
    const landed: Landed[] = [];
    const lines = new Lines(this.writes, w, channel);
    let last = start;
    let refused: EventsResult["refused"] = null;
    for (const event of fresh) {
      const stored = this.writes.byId.get({ w, channel, id: event.id });
      if (stored !== undefined) {
        if (!sameBytes(stored, event)) {
          refused = { id: event.id, code: "event/exists" };
          break;
        }
        landed.push({ row: toRow(stored), fresh: false });
        continue;
      }
      if (!lines.take(event)) {
        refused = { id: event.id, code: "event/out-of-order" };
        break;
      }
      last += 1;
      const { session: _s, seq: _q, ...rest } = event;
      const row: EventRow = { ...rest, channel, pos: last, receivedAt };
      this.writes.insert.run({ w, ...row });
      landed.push({ row, fresh: true });
    }
    lines.keep();
    if (last !== start) this.writes.setLast.run({ w, channel, last });
    return { landed, refused };
  }

  eventsPage(ws: WorkspaceId, channel: ChannelId, bounds: PageBounds): Promise<Page> {
    return read(() => {
      const place = { w: this.parts.numbers.of(ws), channel, limit: bounds.limit };
      const before = bounds.before ?? Number.MAX_SAFE_INTEGER;
      const found =
        bounds.after === null
          ? cut(this.reads.backward.all({ ...place, before }), bounds.maxBytes).reverse()
          : cut(this.reads.forward.all({ ...place, before, after: bounds.after }), bounds.maxBytes);
      return { rows: found.map(toRow), last: this.writes.last.get(place)?.last ?? 0 };
    });
  }

  channelEnds(ws: WorkspaceId): Promise<{ channel: ChannelId; last: number }[]> {
    return read(() => this.reads.ends.all({ w: this.parts.numbers.of(ws) }));
  }

  eventDevices(
    ws: WorkspaceId,
    channel: ChannelId,
    ids: readonly EventId[],
  ): Promise<{ id: EventId; device: DeviceId }[]> {
    return read(() =>
      this.parts.db
        .select({ id: events.id, device: events.device })
        .from(events)
        .where(and(eq(events.w, this.parts.numbers.of(ws)), eq(events.channel, channel), inArray(events.id, [...ids])))
        .all(),
    );
  }

  purgeEvents(ws: WorkspaceId, channel: ChannelId, ids: readonly EventId[]): Promise<EventId[]> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      return ids.filter((id) => this.writes.purge.run({ w, channel, id }).changes > 0);
    });
  }

  storedRow(ws: WorkspaceId, channel: ChannelId, id: EventId): Promise<StoredRow | undefined> {
    return read(() => {
      const rows = this.raw("id = ?", "pos", ws, channel, Buffer.from(idBytes(id)), 1);
      return rows[0];
    });
  }

  storedRows(ws: WorkspaceId, channel: ChannelId, before: number | null, limit: number): Promise<StoredRow[]> {
    return read(() => this.raw("pos < ?", "pos DESC", ws, channel, before ?? Number.MAX_SAFE_INTEGER, limit).reverse());
  }

  /** Straight from the table, past the mapping above, so that nothing in between could dress it up. */
  private raw(
    where: string,
    order: string,
    ws: WorkspaceId,
    channel: ChannelId,
    value: Buffer | number,
    limit: number,
  ): StoredRow[] {
    const rows = this.parts.raw
      .prepare(`SELECT * FROM ${TABLE} WHERE w = ? AND channel = ? AND ${where} ORDER BY ${order} LIMIT ?`)
      .all(this.parts.numbers.of(ws), Buffer.from(idBytes(channel)), value, limit);
    return rows.map((row) => toStored(TABLE, row));
  }
}

function toRow(row: typeof events.$inferSelect): EventRow {
  const { w: _, ...rest } = row;
  return rest;
}

/** After a purge only the header is left to compare. */
function sameBytes(stored: typeof events.$inferSelect, event: NewEvent): boolean {
  if (!equal(stored.header, event.header) || !equal(stored.nonce, event.nonce)) return false;
  return stored.ciphertext.length === 0 || equal(stored.ciphertext, event.ciphertext);
}

function cut<R extends { ciphertext: Uint8Array }>(rows: R[], maxBytes: number): R[] {
  let sum = 0;
  const end = rows.findIndex((row) => {
    sum += row.ciphertext.length;
    return sum > maxBytes;
  });
  return end < 0 ? rows : rows.slice(0, Math.max(end, 1));
}
