// What screens see and choose of notifications, and what the engine wants told now (UX 2).
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { ChannelNotify, NotifySetting } from "@/lib/protocol/setting/notify.ts";

export type NotifyView = {
  readonly all: NotifySetting;
  /** channels that are set apart */
  readonly channels: Readonly<Record<ChannelId, ChannelNotify>>;
};

/** One message that a person is to be told of, as far as he chose that. */
export type Alert = {
  readonly id: EventId;
  readonly channel: ChannelId;
  readonly author: UserId;
  /** who wrote, and in what channel; empty: a direct message */
  readonly name: string;
  readonly place: string;
  readonly text: string;
};
export type AlertsView = {
  readonly alerts: readonly Alert[];
  /** whether names and text may be shown, and whether there is a sound */
  readonly text: boolean;
  readonly sound: boolean;
};

/** A browser's subscription to wake-ups, its bytes in base64url. */
export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export interface NotifyCommands {
  /** the server's public key toward push services, in base64url */
  pushKey(input: { ws: WorkspaceId }): Promise<{ key: string }>;
  /** null: this device is not to be woken any more */
  pushTo(input: { ws: WorkspaceId; target: PushTarget | null }): Promise<void>;
  chooseNotify(input: { ws: WorkspaceId; setting: NotifySetting }): Promise<void>;
  chooseChannelNotify(input: { ws: WorkspaceId; channel: ChannelId; setting: ChannelNotify }): Promise<void>;
}
