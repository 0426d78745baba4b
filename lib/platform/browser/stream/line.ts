// What the service worker asks the engine for, piece by piece, while a file plays or is saved; and the addresses of files.
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { parseId } from "@/lib/base/ids.ts";

/** The line on which the service worker asks and the engine's worker answers. */
export const STREAM_LINE = "tacit-stream";
/** True bytes of one answer: what is copied between two workers at once. */
export const PIECE = 1024 * 1024;

export type FileAt = { readonly ws: WorkspaceId; readonly channel: ChannelId; readonly id: EventId };

export type StreamAsk = {
  readonly t: "ask";
  readonly ask: string;
  readonly at: FileAt;
  readonly from: number;
  readonly to: number;
};
/** Nobody waits for it any more. */
export type StreamDrop = { readonly t: "drop"; readonly ask: string };
export type StreamAnswer =
  /** it was heard before, and is being fetched */
  | { readonly t: "coming"; readonly ask: string }
  | {
      readonly t: "piece";
      readonly ask: string;
      readonly name: string;
      readonly type: string;
      readonly size: number;
      readonly bytes: Uint8Array;
    }
  | { readonly t: "refused"; readonly ask: string; readonly code: FaultCode };
export type StreamMessage = StreamAsk | StreamDrop | StreamAnswer;

/** Where a file plays or is saved from. Ids alone: nothing in an address opens anything, and no server is ever asked for it. */
export function streamPath({ ws, channel, id }: FileAt, save: boolean): string {
  return `/stream/${ws}/${channel}/${id}${save ? "/save" : ""}`;
}

/** The file that an address names, or undefined when it is none of these. */
export function parseStreamPath(path: string): { readonly at: FileAt; readonly save: boolean } | undefined {
  const [root, stream, wsText, channelText, idText, save, ...more] = path.split("/");
  if (root !== "" || stream !== "stream" || more.length > 0 || (save !== undefined && save !== "save"))
    return undefined;
  const ws = parseId<"workspace">(wsText, 32);
  const channel = parseId<"channel">(channelText);
  const id = parseId<"event">(idText);
  if (ws === undefined || channel === undefined || id === undefined) return undefined;
  return { at: { ws, channel, id }, save: save === "save" };
}
