// What screens see of a server that was restored from an older backup, and what an admin can do about it (PROTOCOL L10).
import type { WorkspaceId } from "@/lib/base/ids.ts";

/** `giving`: this device still gives back what it holds; `waiting`: it has, and others or an admin's word are waited for. */
export type RestoredView = {
  readonly state: "giving" | "waiting";
  /** when it was noticed, ms since 1970 */
  readonly at: number;
  /** devices that gave back all they hold, of all active ones */
  readonly given: number;
  readonly devices: number;
  /** this person may say that everything is back */
  readonly mayConfirm: boolean;
};

export interface RestoreCommands {
  /** says that what could be given back was given back: the workspace goes on. Owners and admins. */
  confirmRestore(input: { ws: WorkspaceId }): Promise<void>;
}
