// What a channel is for, what is kept at its top, how long it keeps what is said, and where it stands in one's own list.
import type { ChannelId, ItemId, WorkspaceId } from "@/lib/base/ids.ts";

/** A link at the top of a channel; only addresses of the web. */
export type Bookmark = { readonly id: ItemId; readonly title: string; readonly url: string };

/** One of one's own groups of channels; synced, sealed, nobody else's. */
export type Section = { readonly id: string; readonly name: string };

/** Where starred channels stand. */
export const STARRED = "star";

/** The part of `ChannelView` that tells what a channel is. */
export type ChannelTerms = {
  /** what it is for, at length */
  readonly description: string;
  readonly bookmarks: readonly Bookmark[];
  /** days after which what is said here is deleted; null: kept */
  readonly retentionDays: number | null;
  readonly mayRetain: boolean;
};

type At = { readonly ws: WorkspaceId; readonly channel: ChannelId };

export interface PlaceCommands {
  /** rejects with may/forbidden, app/too-long */
  describeChannel(input: At & { readonly text: string }): Promise<void>;
  /** puts a bookmark at the end, or in the place of the one of that id; rejects with app/bad-address, app/empty, app/list-full */
  setBookmark(input: At & { readonly id: ItemId | null; readonly title: string; readonly url: string }): Promise<void>;
  removeBookmark(input: At & { readonly id: ItemId }): Promise<void>;
  /** from now on what is older is deleted, by all clients and the server; null: nothing is */
  setRetention(input: At & { readonly days: number | null }): Promise<void>;
  /** `section`: STARRED, one of one's own, or null for the common list */
  moveChannel(input: At & { readonly section: string | null }): Promise<void>;
  /** one's own sections, in their order; `id` null: a new one */
  setSections(input: {
    readonly ws: WorkspaceId;
    readonly sections: readonly { readonly id: string | null; readonly name: string }[];
  }): Promise<void>;
}
