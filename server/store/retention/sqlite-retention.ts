// What channels no longer keep, taken out of SQLite: out of the rows, out of free pages, out of the log beside it (PROTOCOL E9).
import { and, asc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { BlobId, ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "@/server/store/parts.ts";
import { read } from "@/server/store/parts.ts";
import type { RetentionStore } from "@/server/store/port.ts";
import { blobChannels, blobs, events, given } from "@/server/store/schema.ts";

/** Rows looked at in one commit: others wait for it. */
const PAGE = 1000;
const EMPTY = sql`x''`;

export class SqliteRetention implements RetentionStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async expireEvents(ws: WorkspaceId, channel: ChannelId, before: number): Promise<number> {
    const w = this.parts.numbers.of(ws);
    let emptied = await this.parts.queue.write(() => this.expireGiven(w, channel, before));
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const page = await this.parts.queue.write(() => this.expirePage(w, channel, before, from));
      emptied += page.emptied;
      after = page.last;
    }
    return emptied;
  }

  /** What was given back after a restore has its former time; places do not tell it. So every row is looked at. */
  private expirePage(w: number, channel: ChannelId, before: number, after: number) {
    const rows = this.parts.db
      .select({ pos: events.pos, at: events.receivedAt, size: sql<number>`length(${events.ciphertext})` })
      .from(events)
      .where(and(eq(events.w, w), eq(events.channel, channel), gt(events.pos, after)))
      .orderBy(asc(events.pos))
      .limit(PAGE)
      .all();
    const places = rows.filter(({ at, size }) => at < before && size > 0).map(({ pos }) => pos);
    if (places.length > 0)
      this.parts.db
        .update(events)
        .set({ ciphertext: EMPTY })
        .where(and(eq(events.w, w), eq(events.channel, channel), inArray(events.pos, places)))
        .run();
    return { emptied: places.length, last: rows.length < PAGE ? null : (rows.at(-1)?.pos ?? null) };
  }

  private expireGiven(w: number, channel: ChannelId, before: number): number {
    return this.parts.db
      .update(given)
      .set({ ciphertext: EMPTY })
      .where(
        and(
          eq(given.w, w),
          eq(given.channel, channel),
          lt(given.receivedAt, before),
          sql`length(${given.ciphertext}) > 0`,
        ),
      )
      .run().changes;
  }

  expireBlobs(ws: WorkspaceId, channel: ChannelId, before: number): Promise<BlobId[]> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      const { db } = this.parts;
      const here = and(eq(blobChannels.w, w), eq(blobChannels.channel, channel));
      const old = db
        .select({ blob: blobs.blob })
        .from(blobChannels)
        .innerJoin(blobs, and(eq(blobs.w, blobChannels.w), eq(blobs.blob, blobChannels.blob)))
        .where(and(here, lt(sql`max(${blobChannels.sharedAt}, ${blobs.createdAt})`, before)))
        .all()
        .map(({ blob }) => blob);
      if (old.length === 0) return [];
      db.delete(blobChannels)
        .where(and(here, inArray(blobChannels.blob, old)))
        .run();
      const elsewhere = new Set(
        db
          .select({ blob: blobChannels.blob })
          .from(blobChannels)
          .where(and(eq(blobChannels.w, w), inArray(blobChannels.blob, old)))
          .all()
          .map(({ blob }) => blob),
      );
      const gone = old.filter((blob) => !elsewhere.has(blob));
      db.delete(blobs)
        .where(and(eq(blobs.w, w), inArray(blobs.blob, gone)))
        .run();
      return gone;
    });
  }

  settle(): Promise<void> {
    return read(() => void this.parts.raw.pragma("wal_checkpoint(TRUNCATE)"));
  }
}
