// What is kept of push subscriptions: one for each device that asked for wake-ups (PROTOCOL S2).
import type { DeviceId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

export type PushEntry = {
  readonly ws: WorkspaceId;
  readonly device: DeviceId;
  readonly user: UserId;
  /** an https address at a push service */
  readonly endpoint: string;
  readonly p256dh: Uint8Array;
  readonly auth: Uint8Array;
  readonly createdAt: number;
};

export interface PushStore {
  /** Every subscription there is; read once at start. */
  pushes(): Promise<PushEntry[]>;
  /** Keeps it in the place of the device's earlier one. */
  putPush(entry: PushEntry): Promise<void>;
  /** True when there was one. */
  dropPush(ws: WorkspaceId, device: DeviceId): Promise<boolean>;
}
