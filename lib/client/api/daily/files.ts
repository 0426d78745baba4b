// What screens see of files, and what can be asked of them.
import type { FaultCode } from "@/lib/base/faults.ts";
import type { BlobId, ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Voice } from "@/lib/protocol/content/talk.ts";

export type Picture = {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
};

type At = { readonly ws: WorkspaceId; readonly channel: ChannelId; readonly id: string };

/** One file as the person gave it; `source` is a File or Blob in browsers, a ByteSource or a path elsewhere. */
export type FileInput = {
  readonly name: string;
  readonly type: string;
  readonly source: unknown;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: Picture | null;
  /** of a voice message */
  readonly voice?: Voice;
};
/** A file that was sent before, by the id of its event: it is forwarded, and its bytes do not go up again. */
export type SentFile = { readonly sent: { readonly channel: ChannelId; readonly id: string } };

export type FileItem = {
  /** id of the file event (or of its upload while it runs) */
  readonly id: string;
  readonly blob: BlobId | null;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: Picture | null;
  /** of a voice message: its length and the picture of its loudness */
  readonly voice: Voice | null;
  /** queued: it goes up when it can. paused: its person said so. waiting: its sender has not sent it yet */
  readonly state: "ready" | "uploading" | "queued" | "paused" | "failed" | "waiting";
  /** 0..1 while it goes up */
  readonly progress: number;
  /** bytes a second while it goes up; 0: not known yet */
  readonly speed: number;
  /** false: its bytes are only in the tab that sent it, and go with that */
  readonly kept: boolean;
  readonly fault: FaultCode | null;
};

/** Bytes of a file that was sent, from one place to another; `size` and the rest are the whole file's. */
export type FilePiece = {
  readonly name: string;
  /** a type that a browser decodes and never runs, or application/octet-stream */
  readonly type: string;
  readonly size: number;
  readonly bytes: Uint8Array;
};

export interface FileCommands {
  /** an upload stops where it is and stays; also one that waits */
  pauseUpload(input: At): Promise<void>;
  /** goes on after a pause, or tries again what failed */
  resumeUpload(input: At): Promise<void>;
  cancelUpload(input: At): Promise<void>;
  /** resolves to a Blob in browsers, to a path in Node */
  downloadFile(input: At): Promise<{ name: string; type: string; data: unknown }>;
  /**
   * The true bytes from..to, at most 8 MiB: what plays or shows a file before all of it is here. `signal` ends the
   * waiting; it is for whoever runs beside the engine, since no signal crosses to another worker.
   */
  readFile(
    input: At & { readonly from: number; readonly to: number; readonly signal?: AbortSignal },
  ): Promise<FilePiece>;
}
