// What a person keeps for himself: things for later with reminders, drafts, messages for a time, and what of it is due.
import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, EventId, ItemId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** A message as far as this device holds it. */
export type KeptMessage = {
  readonly author: UserId;
  readonly text: string;
  readonly sentAt: number;
  readonly deleted: boolean;
};

export type LaterItem = {
  readonly item: ItemId;
  /** null: a note of one's own */
  readonly channel: ChannelId | null;
  readonly event: EventId | null;
  readonly note: string;
  /** when to be reminded */
  readonly at: number | null;
  readonly state: "open" | "done";
  /** the reminder's time has come */
  readonly due: boolean;
  /** null: a note, or a message that this device does not hold */
  readonly message: KeptMessage | null;
};

export type ScheduledItem = {
  readonly event: EventId;
  readonly channel: ChannelId;
  readonly thread: EventId | null;
  readonly text: string;
  readonly at: number;
  /** why it can't be sent: it waits until one changes it, or may write there again */
  readonly fault: FaultCode | null;
};

export type DraftItem = {
  readonly channel: ChannelId;
  readonly thread: EventId | null;
  readonly text: string;
};

/** Something whose time has come and that this device has not told of yet. */
export type DueItem = {
  /** names this very moment of this thing: the same is told once on each device */
  readonly key: string;
  readonly t: "reminder" | "unsent";
  readonly item: ItemId | null;
  readonly channel: ChannelId | null;
  readonly event: EventId | null;
  /** the note, or the text of the message */
  readonly text: string;
  readonly at: number;
  /** it comes more than a minute after its time: no device was running, or a clock jumped */
  readonly late: boolean;
  readonly fault: FaultCode | null;
};

export type KeepsView = {
  /** open ones by when they are due, then by age; done ones last */
  readonly later: readonly LaterItem[];
  /** by time */
  readonly scheduled: readonly ScheduledItem[];
  readonly drafts: readonly DraftItem[];
  /** by time */
  readonly due: readonly DueItem[];
  /** chosen once for all devices, by key */
  readonly preferences: Readonly<Record<string, string>>;
};

export interface KeepCommands {
  /** Keeps a message for later; once, however often it is asked. */
  saveLater(input: {
    ws: WorkspaceId;
    channel: ChannelId;
    event: EventId;
    at: number | null;
  }): Promise<{ item: ItemId }>;
  /** A note of one's own; its reminder fires at `at`, at once when that is over. */
  remind(input: { ws: WorkspaceId; text: string; at: number | null }): Promise<{ item: ItemId }>;
  /** What is left out stays as it is. */
  changeLater(input: {
    ws: WorkspaceId;
    item: ItemId;
    at?: number | null;
    note?: string;
    state?: "open" | "done" | "gone";
  }): Promise<void>;
  /** Lies in the self scope until a device of one's own sends it. Throws app/time-past. */
  scheduleMessage(input: {
    ws: WorkspaceId;
    channel: ChannelId;
    thread: EventId | null;
    text: string;
    at: number;
  }): Promise<{ event: EventId }>;
  /** Throws app/already-sent, app/time-past. */
  changeScheduled(input: { ws: WorkspaceId; event: EventId; text?: string; at?: number }): Promise<void>;
  cancelScheduled(input: { ws: WorkspaceId; event: EventId }): Promise<void>;
  sendScheduled(input: { ws: WorkspaceId; event: EventId }): Promise<void>;
  /** True for the first who asks on this device: he tells the person. */
  takeDue(input: { ws: WorkspaceId; key: string }): Promise<boolean>;
  setPreference(input: { ws: WorkspaceId; key: string; value: string }): Promise<void>;
}
