// What people say of themselves for a while: a status, until a time or until changed.
import type { WorkspaceId } from "@/lib/base/ids.ts";

export type Status = {
  /** a character, ":name:" of the workspace's own, or empty */
  readonly emoji: string;
  readonly text: string;
  /** each reader clears it by his own clock; null: until changed */
  readonly until: number | null;
};

export interface StatusCommands {
  /** Empty emoji and text clear it. Throws app/time-past. */
  setStatus(input: { ws: WorkspaceId } & Status): Promise<void>;
}
