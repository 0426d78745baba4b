// Finding messages: what is asked, what comes back, and how far back this device can look.
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** A stretch of time: from `since` up to and without `until`, in ms. */
export type Span = { readonly since: number; readonly until: number };

/** A piece of what is shown of a message: `hit` where it answers the search. */
export type SnippetPart = { readonly text: string; readonly hit: boolean };

export type SearchHit = {
  readonly channel: ChannelId;
  readonly id: EventId;
  readonly pos: number;
  readonly author: UserId;
  readonly at: number;
  readonly parts: readonly SnippetPart[];
  /** names of its files, where they or `has:` brought it here */
  readonly files: readonly (readonly SnippetPart[])[];
  /** the message that began the thread it is in */
  readonly thread: EventId | null;
  readonly edited: boolean;
};

/** A filter as it was understood; `known` is false when it names nobody and nothing. */
export type SearchFilter = {
  readonly source: string;
  readonly operator: "from" | "in" | "before" | "after" | "on" | "has" | "is";
  readonly value: string;
  readonly known: boolean;
  readonly people: readonly UserId[];
  readonly channels: readonly ChannelId[];
  readonly span: Span | null;
};

/** Where the next page of results begins. */
export type SearchAfter = { readonly at: number; readonly channel: ChannelId; readonly pos: number };

export type SearchAnswer = {
  readonly total: number;
  readonly hits: readonly SearchHit[];
  /** messages of this page that are found, and can be read once there is a connection */
  readonly away: number;
  /** null: that was all */
  readonly next: SearchAfter | null;
  readonly filters: readonly SearchFilter[];
  /** true when the query holds words or filters; without any nothing is searched */
  readonly asked: boolean;
};

/** How far back this device has the history, and the index what this device has. */
export type SearchView = {
  /** every channel is searched back to here; null: all that there is is searched */
  readonly backTo: number | null;
  /** places in all channels, those held here, and those in the index */
  readonly places: number;
  readonly held: number;
  readonly indexed: number;
  /** older history is being fetched, waits for the network, was stopped by the person, or is all here */
  readonly history: "fetching" | "offline" | "stopped" | "whole";
  /** why the index does not grow */
  readonly fault: FaultCode | null;
};

export interface SearchCommands {
  /**
   * Messages this person may read, newest first. `dates`: what each date that the query names covers on this device's
   * calendar. Nothing of it leaves the device.
   */
  search(input: {
    ws: WorkspaceId;
    query: string;
    dates?: Readonly<Record<string, Span>>;
    after?: SearchAfter | null;
    limit?: number;
  }): Promise<SearchAnswer>;
  /** a message to open a channel at: the first one at or after a moment; null where nobody ever wrote */
  messageAt(input: { ws: WorkspaceId; channel: ChannelId; at: number }): Promise<{ id: EventId | null }>;
  /** more of a stretch around an old message */
  loadAround(input: { ws: WorkspaceId; channel: ChannelId; anchor: EventId; way: "older" | "newer" }): Promise<void>;
  /** whether older history is fetched in the background on this device */
  fetchHistory(input: { ws: WorkspaceId; on: boolean }): Promise<void>;
}
