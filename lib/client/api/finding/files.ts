// Finding files: every one that a person may read and this device knows of, searched here alone.
import type { FileKind } from "@/lib/base/file-kind.ts";
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";

export type FoundFile = {
  readonly file: FileItem;
  readonly channel: ChannelId;
  /** the message that it belongs to */
  readonly message: EventId;
  readonly author: UserId;
  readonly at: number;
};

/** Where the next page begins. */
export type FilesAfter = { readonly at: number; readonly channel: ChannelId; readonly pos: number };

export type FilesAnswer = {
  readonly files: readonly FoundFile[];
  /** how many fit, as far as they were not looked at closely */
  readonly total: number;
  /** null: that was all */
  readonly next: FilesAfter | null;
};

export type FilesView = {
  /** files that are known */
  readonly known: number;
  /** another one when something came or went */
  readonly stamp: number;
};

export interface FindFilesCommands {
  /** newest first; every word of `text` in the name or the type, the rest left out: anything */
  findFiles(input: {
    ws: WorkspaceId;
    text?: string;
    kind?: FileKind | null;
    channel?: ChannelId | null;
    author?: UserId | null;
    /** received from this time on, in ms */
    since?: number | null;
    after?: FilesAfter | null;
    limit?: number;
  }): Promise<FilesAnswer>;
}
