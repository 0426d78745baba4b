// Restores in SQLite: when a workspace fell back, what devices gave back, and how that gets places (PROTOCOL L10).
import { and, asc, desc, eq, gte, inArray, lt, lte, max, sql } from "drizzle-orm";
import type { ChannelId, DeviceId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Parts } from "./parts.ts";
import { read } from "./parts.ts";
import type { EventRow, GivenEvent, RestoreEntry, RestoreStore } from "./port.ts";
import { channels, cursors, events, given, restoreDevices, restores } from "./schema.ts";

export class SqliteRestores implements RestoreStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  newest(ws: WorkspaceId): Promise<RestoreEntry | undefined> {
    return read(() => this.find(this.parts.numbers.of(ws)));
  }

  begin(ws: WorkspaceId, restore: Omit<RestoreEntry, "number" | "given">): Promise<RestoreEntry> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      const number = (this.find(w)?.number ?? 0) + 1;
      this.parts.db
        .insert(restores)
        .values({ w, number, ...restore })
        .run();
      return { ...restore, number, given: [] };
    });
  }

  noteGiven(ws: WorkspaceId, number: number, device: DeviceId): Promise<void> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      this.parts.db.insert(restoreDevices).values({ w, number, device }).onConflictDoNothing().run();
    });
  }

  missing(ws: WorkspaceId, channel: ChannelId, ids: readonly EventId[]): Promise<EventId[]> {
    return read(() => {
      const w = this.parts.numbers.of(ws);
      const there = new Set<EventId>();
      for (const table of [events, given]) {
        const here = and(eq(table.w, w), eq(table.channel, channel), inArray(table.id, [...ids]));
        for (const row of this.parts.db.select({ id: table.id }).from(table).where(here).all()) there.add(row.id);
      }
      return ids.filter((one) => !there.has(one));
    });
  }

  base(ws: WorkspaceId, channel: ChannelId, number: number): Promise<number> {
    return read(() => {
      const here = and(eq(events.w, this.parts.numbers.of(ws)), eq(events.channel, channel));
      const before = lt(events.pos, number * LIMITS.restoreSpan);
      const found = this.parts.db
        .select({ pos: max(events.pos) })
        .from(events)
        .where(and(here, before))
        .get();
      return found?.pos ?? 0;
    });
  }

  makeRoom(
    ws: WorkspaceId,
    channel: ChannelId,
    number: number,
    held: readonly { readonly id: EventId; readonly pos: number }[],
  ): Promise<EventRow[]> {
    return this.parts.queue.write(() => {
      const { db, numbers } = this.parts;
      const w = numbers.of(ws);
      const floor = number * LIMITS.restoreSpan;
      const here = and(eq(events.w, w), eq(events.channel, channel), lte(events.pos, floor));
      const places = new Map(held.map(({ id, pos }) => [pos, id]));
      const there = db
        .select({ id: events.id, pos: events.pos })
        .from(events)
        .where(and(here, inArray(events.pos, [...places.keys()])))
        .all();
      const clashes = there.filter(({ id, pos }) => places.get(pos) !== id).map(({ pos }) => pos);
      if (clashes.length === 0) return [];
      const moving = and(here, gte(events.pos, Math.min(...clashes)));
      const rows = db.select().from(events).where(moving).orderBy(asc(events.pos)).all();
      let last = Math.max(this.lastOf(w, channel), floor);
      const moved = rows.map(({ w: _, ...row }): EventRow => {
        last += 1;
        const mine = and(eq(events.w, w), eq(events.channel, channel), eq(events.pos, row.pos));
        db.update(events).set({ pos: last }).where(mine).run();
        return { ...row, pos: last };
      });
      this.setLast(w, channel, last);
      return moved;
    });
  }

  putGiven(ws: WorkspaceId, channel: ChannelId, fresh: readonly GivenEvent[]): Promise<number> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      let stored = 0;
      for (const event of fresh) {
        if (this.lies(w, channel, event.id)) continue;
        const dated = { ...event, receivedAt: this.timeOf(w, channel, event) };
        const put = this.parts.db.insert(given).values({ w, channel, ...dated });
        const { ciphertext, header, nonce, epoch, device, session, seq, own, pos, receivedAt } = dated;
        // Place and time too: whoever was quicker to give it may have named any.
        const set = { ciphertext, header, nonce, epoch, device, session, seq, own, pos, receivedAt };
        const target = [given.w, given.channel, given.id];
        const kept = own
          ? put.onConflictDoUpdate({ target, set, setWhere: eq(given.own, false) })
          : put.onConflictDoNothing();
        stored += kept.run().changes;
      }
      return stored;
    });
  }

  appendGiven(ws: WorkspaceId, channel: ChannelId, fresh: readonly GivenEvent[]): Promise<EventRow[]> {
    return this.parts.queue.write(() => this.place(this.parts.numbers.of(ws), channel, fresh));
  }

  close(ws: WorkspaceId, number: number, closedAt: number, known: readonly ChannelId[]): Promise<void> {
    return this.parts.queue.write(() => {
      const { db, numbers } = this.parts;
      const w = numbers.of(ws);
      const floor = number * LIMITS.restoreSpan;
      const mine = eq(given.w, w);
      const waiting = db.selectDistinct({ channel: given.channel }).from(given).where(mine).all();
      const old = db.select({ channel: channels.channel }).from(channels).where(eq(channels.w, w)).all();
      for (const channel of new Set([...known, ...[...waiting, ...old].map((one) => one.channel)])) {
        this.raise(w, channel, floor);
        const here = and(mine, eq(given.channel, channel));
        this.place(w, channel, db.select().from(given).where(here).orderBy(asc(given.pos), asc(given.id)).all());
      }
      db.delete(given).where(mine).run();
      db.update(restores)
        .set({ closedAt })
        .where(and(eq(restores.w, w), eq(restores.number, number)))
        .run();
    });
  }

  /** Inside a write: rows at the end of a channel, and every session's next number beyond theirs. */
  private place(w: number, channel: ChannelId, fresh: readonly GivenEvent[]): EventRow[] {
    const rows: EventRow[] = [];
    let last = this.lastOf(w, channel);
    for (const event of fresh) {
      const { id, epoch, device, header, nonce, ciphertext, session, seq } = event;
      if (this.lies(w, channel, id)) continue;
      const receivedAt = this.timeOf(w, channel, event);
      last += 1;
      const row: EventRow = { id, channel, pos: last, epoch, device, receivedAt, header, nonce, ciphertext };
      this.parts.db
        .insert(events)
        .values({ w, ...row })
        .run();
      this.parts.db
        .insert(cursors)
        .values({ w, device, session, channel, next: seq + 1 })
        .onConflictDoUpdate({
          target: [cursors.w, cursors.device, cursors.session, cursors.channel],
          set: { next: sql`max(${cursors.next}, excluded.next)` },
        })
        .run();
      rows.push(row);
    }
    if (rows.length > 0) this.setLast(w, channel, last);
    return rows;
  }

  /**
   * When an event came, by whoever gives it back. Of another's event nobody can say that it is older than what the backup
   * still has: else any reader could let it run out at once (E9).
   */
  private timeOf(w: number, channel: ChannelId, { own, receivedAt }: GivenEvent): number {
    if (own) return receivedAt;
    const number = this.find(w)?.number ?? 0;
    const here = and(eq(events.w, w), eq(events.channel, channel), lte(events.pos, number * LIMITS.restoreSpan));
    const newest = this.parts.db.select({ at: events.receivedAt }).from(events).where(here);
    return Math.max(receivedAt, newest.orderBy(desc(events.pos)).limit(1).get()?.at ?? 0);
  }

  private lies(w: number, channel: ChannelId, id: EventId): boolean {
    const here = and(eq(events.w, w), eq(events.channel, channel), eq(events.id, id));
    return this.parts.db.select({ pos: events.pos }).from(events).where(here).get() !== undefined;
  }

  private lastOf(w: number, channel: ChannelId): number {
    const here = and(eq(channels.w, w), eq(channels.channel, channel));
    const known = this.parts.db.select().from(channels).where(here).get();
    return Math.max(known?.last ?? 0, known?.floor ?? 0);
  }

  private raise(w: number, channel: ChannelId, floor: number): void {
    this.parts.db
      .insert(channels)
      .values({ w, channel, last: 0, floor })
      .onConflictDoUpdate({ target: [channels.w, channels.channel], set: { floor } })
      .run();
  }

  private setLast(w: number, channel: ChannelId, last: number): void {
    this.parts.db
      .insert(channels)
      .values({ w, channel, last })
      .onConflictDoUpdate({ target: [channels.w, channels.channel], set: { last } })
      .run();
  }

  private find(w: number): RestoreEntry | undefined {
    const { db } = this.parts;
    const row = db.select().from(restores).where(eq(restores.w, w)).orderBy(desc(restores.number)).limit(1).get();
    if (row === undefined) return undefined;
    const { w: _, ...entry } = row;
    const devices = db
      .select({ device: restoreDevices.device })
      .from(restoreDevices)
      .where(and(eq(restoreDevices.w, w), eq(restoreDevices.number, entry.number)))
      .all();
    return { ...entry, given: devices.map((one) => one.device) };
  }
}
