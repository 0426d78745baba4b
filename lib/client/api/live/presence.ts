// What screens see of who is there and who types, and what they tell the engine of it (PROTOCOL section 9).
import type { ChannelId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

export type PresenceState = "active" | "away";

/** Who is there now, as far as they say so; nobody else can be told from one who is not. */
export type PresenceView = {
  readonly people: Readonly<Record<UserId, PresenceState>>;
  /** what this person lets others know */
  readonly shares: PresenceShares;
};
export type PresenceShares = { readonly presence: boolean; readonly typing: boolean };

/** Who types in a channel at this moment, the longest first. */
export type TypingView = { readonly people: readonly UserId[] };

export interface PresenceCommands {
  /** somebody uses this device: called when a tab is touched, at most once a minute */
  noteActivity(input: { ws: WorkspaceId }): Promise<void>;
  /** called at every stroke; what goes out is a sign every few seconds */
  noteTyping(input: { ws: WorkspaceId; channel: ChannelId; on: boolean }): Promise<void>;
  /** for all devices of this person */
  sharePresence(input: { ws: WorkspaceId } & PresenceShares): Promise<void>;
}
