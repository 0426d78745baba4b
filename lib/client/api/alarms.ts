// What screens can ask about an alarm: what proves it, as a file for others to look at (PROTOCOL L9).
import type { WorkspaceId } from "@/lib/base/ids.ts";

export interface AlarmCommands {
  /** a notice with all that this device kept of it, and where it stands itself; nothing in it is secret or was written by people */
  alarmFile(input: { ws: WorkspaceId; id: string }): Promise<{ name: string; text: string }>;
}
