// The workspace's own emoji: a name between colons, a small picture.
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Picture } from "@/lib/client/api/daily/files.ts";

export type CustomEmoji = { readonly name: string; readonly picture: Picture };

export type EmojiView = {
  /** by name */
  readonly emoji: readonly CustomEmoji[];
  /** guests read and write with them, and add none */
  readonly mayChange: boolean;
};

export interface EmojiCommands {
  /** Throws app/bad-emoji-name, app/emoji-taken, app/list-full. */
  addEmoji(input: { ws: WorkspaceId; name: string; picture: Picture }): Promise<void>;
  /** what was written with it stays as its name */
  removeEmoji(input: { ws: WorkspaceId; name: string }): Promise<void>;
}
