// One file that is looked at: where it was sent, and what it says of itself.
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";

export type Shown = {
  readonly ws: WorkspaceId;
  readonly channel: ChannelId;
  readonly file: Pick<FileItem, "id" | "name" | "type" | "size">;
};
