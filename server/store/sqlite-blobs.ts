// The register of blobs in SQLite; their bytes lie in files.
import { and, count, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { BlobId, ChannelId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "./parts.ts";
import { read } from "./parts.ts";
import type { BlobEntry, BlobRef, BlobStore } from "./port.ts";
import { blobChannels, blobs, workspaces } from "./schema.ts";

export class SqliteBlobs implements BlobStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  createBlob(ws: WorkspaceId, blob: Omit<BlobEntry, "channels" | "finishedAt">, channel: ChannelId): Promise<void> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      this.parts.db
        .insert(blobs)
        .values({ w, ...blob, finishedAt: null })
        .run();
      this.parts.db.insert(blobChannels).values({ w, blob: blob.blob, channel, sharedAt: blob.createdAt }).run();
    });
  }

  blob(ws: WorkspaceId, blob: BlobId): Promise<BlobEntry | undefined> {
    return read(() => {
      const w = this.parts.numbers.of(ws);
      const row = this.parts.db
        .select()
        .from(blobs)
        .where(and(eq(blobs.w, w), eq(blobs.blob, blob)))
        .get();
      if (row === undefined) return undefined;
      const { w: _, ...entry } = row;
      return { ...entry, channels: this.channelsOf(w, blob) };
    });
  }

  finishBlob(ws: WorkspaceId, blob: BlobId, bytes: number, finishedAt: number): Promise<void> {
    return this.parts.queue.write(() => {
      this.parts.db
        .update(blobs)
        .set({ finishedAt, bytes })
        .where(and(eq(blobs.w, this.parts.numbers.of(ws)), eq(blobs.blob, blob)))
        .run();
    });
  }

  shareBlob(ws: WorkspaceId, blob: BlobId, channel: ChannelId, sharedAt: number): Promise<number> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      this.parts.db
        .insert(blobChannels)
        .values({ w, blob, channel, sharedAt })
        .onConflictDoUpdate({
          target: [blobChannels.w, blobChannels.blob, blobChannels.channel],
          set: { sharedAt: sql`max(${blobChannels.sharedAt}, excluded.shared_at)` },
        })
        .run();
      return this.channelsOf(w, blob).length;
    });
  }

  unshareBlobs(ws: WorkspaceId, channel: ChannelId, wanted: readonly BlobId[]): Promise<BlobId[]> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      const ids = [...wanted];
      this.parts.db
        .delete(blobChannels)
        .where(and(eq(blobChannels.w, w), eq(blobChannels.channel, channel), inArray(blobChannels.blob, ids)))
        .run();
      const gone = ids.filter((blob) => this.channelsOf(w, blob).length === 0);
      this.parts.db
        .delete(blobs)
        .where(and(eq(blobs.w, w), inArray(blobs.blob, gone)))
        .run();
      return gone;
    });
  }

  blobUsage(ws: WorkspaceId, user: UserId): Promise<{ bytes: number; blobs: number; own: number; open: number }> {
    return read(() => {
      const w = this.parts.numbers.of(ws);
      const all = this.parts.db
        .select({ bytes: sql<number>`coalesce(sum(${blobs.bytes}), 0)`, blobs: count() })
        .from(blobs)
        .where(eq(blobs.w, w))
        .get();
      const own = this.parts.db
        .select({
          bytes: sql<number>`coalesce(sum(${blobs.bytes}), 0)`,
          open: sql<number>`coalesce(sum(${blobs.finishedAt} is null), 0)`,
        })
        .from(blobs)
        .where(and(eq(blobs.w, w), eq(blobs.user, user)))
        .get();
      return { bytes: all?.bytes ?? 0, blobs: all?.blobs ?? 0, own: own?.bytes ?? 0, open: own?.open ?? 0 };
    });
  }

  dropUnfinished(before: number): Promise<BlobRef[]> {
    return this.parts.queue.write(() => {
      const stale = and(isNull(blobs.finishedAt), lt(blobs.createdAt, before));
      const found = this.refs(stale);
      for (const { w, blob } of found)
        this.parts.db
          .delete(blobChannels)
          .where(and(eq(blobChannels.w, w), eq(blobChannels.blob, blob)))
          .run();
      this.parts.db.delete(blobs).where(stale).run();
      return found.map(({ ws, blob }) => ({ ws, blob }));
    });
  }

  allBlobs(): Promise<BlobRef[]> {
    return read(() => this.refs(undefined).map(({ ws, blob }) => ({ ws, blob })));
  }

  private refs(where: ReturnType<typeof and>): (BlobRef & { w: number })[] {
    return this.parts.db
      .select({ w: blobs.w, ws: workspaces.ws, blob: blobs.blob })
      .from(blobs)
      .innerJoin(workspaces, eq(workspaces.w, blobs.w))
      .where(where)
      .all();
  }

  private channelsOf(w: number, blob: BlobId): ChannelId[] {
    return this.parts.db
      .select({ channel: blobChannels.channel })
      .from(blobChannels)
      .where(and(eq(blobChannels.w, w), eq(blobChannels.blob, blob)))
      .all()
      .map((row) => row.channel);
  }
}
