// Files on their way: sealed segment by segment up, checked and opened segment by segment down (PROTOCOL section 6).
import { asFault, Fault, type FaultCode } from "@/lib/base/errors.ts";
import type { BlobId, ChannelId, EventId } from "@/lib/base/ids.ts";
import type { FileInput } from "@/lib/client/api.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { ByteSink, ByteSource, Transport } from "@/lib/client/ports.ts";
import { mintFileKey, openFile, sealFile, segmentsOf } from "@/lib/crypto/file.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import type { FileRef, Thumbnail } from "@/lib/protocol/file.ts";
import type { Session } from "./session.ts";

/** One file going up: names its message and its place among that message's files. */
export type Upload = {
  readonly id: string;
  readonly channel: ChannelId;
  readonly of: EventId;
  readonly index: number;
  readonly input: FileInput;
  readonly size: number;
  /** 0..1 */
  readonly progress: number;
  readonly state: "uploading" | "failed";
  readonly fault: FaultCode | null;
};

export type TransfersOptions = {
  readonly session: Session;
  readonly transport: Transport;
  readonly keyring: Keyring;
  readonly source: (given: unknown) => ByteSource;
  readonly sink: (name: string, type: string) => ByteSink;
  readonly finished: (upload: Upload, file: FileRef) => Promise<void>;
  readonly changed: (channel: ChannelId) => void;
};

/** The file's type as claimed, kept short and plain; readers never trust it (MS-22). */
function plainType(type: string): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : "application/octet-stream";
}

/** Types whose bytes a browser decodes as pictures, sound or film, and never runs as a page. */
const INERT = /^(image\/(png|jpeg|gif|webp|avif)|audio\/(mpeg|ogg|wav|mp4|webm)|video\/(mp4|webm|ogg))$/;

/** The type under which a file is handed out: whatever could run in our origin is bytes and nothing more (MS-22, MS-26). */
export function inertType(claimed: string): string {
  return INERT.test(claimed) ? claimed : "application/octet-stream";
}

/** A name without path, control or bidi characters, at most 255 units (MS-27). */
export function plainName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const clean = base.replace(/[\p{Cc}\p{Cf}\u2028\u2029<>:"|?*]/gu, "").replace(/^[.\s]+|[.\s]+$/g, "");
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean);
  const safe = clean === "" || reserved ? `file${clean === "" ? "" : `-${clean}`}` : clean;
  return safe.slice(-255).toWellFormed();
}

export class Transfers {
  readonly #options: TransfersOptions;
  readonly #uploads = new Map<string, Upload>();
  readonly #cancels = new Map<string, AbortController>();

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  uploads(channel: ChannelId): Upload[] {
    return [...this.#uploads.values()].filter((upload) => upload.channel === channel);
  }

  /** Starts sending a file that belongs to message `of`; resolves at once. */
  start(channel: ChannelId, of: EventId, index: number, input: FileInput): void {
    const id = `${of}.${index}`;
    const source = this.#options.source(input.source);
    const upload: Upload = {
      id,
      channel,
      of,
      index,
      input,
      size: source.size,
      progress: 0,
      state: "uploading",
      fault: null,
    };
    this.#uploads.set(id, upload);
    this.#options.changed(channel);
    void this.#run(upload, source);
  }

  retry(id: string): void {
    const upload = this.#uploads.get(id);
    if (upload?.state === "failed") this.start(upload.channel, upload.of, upload.index, upload.input);
  }

  /** Ends an upload; what reached the server is collected there as an orphan. */
  cancel(id: string): void {
    this.#cancels.get(id)?.abort();
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    if (upload !== undefined) this.#options.changed(upload.channel);
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel.abort();
  }

  /** Fetches, checks and opens a file into a sink. Throws crypto/file-… or net faults; nothing half-checked comes out. */
  async download(file: FileRef, signal?: AbortSignal): Promise<{ name: string; type: string; data: unknown }> {
    const name = plainName(file.name);
    const type = inertType(file.type);
    const sink = this.#options.sink(name, type);
    const claim = { key: secretFrom("file", file.key), blob: file.blob, size: file.size, segments: file.segments };
    const sizes = segmentsOf(file.size);
    try {
      const pieces = openFile(claim, async (index) => {
        const bytes = sizes[index]?.sealedBytes;
        if (bytes === undefined) return null;
        const at = { ws: this.#options.keyring.ws, blob: file.blob, segment: index };
        return await this.#options.transport.getSegment(at, await this.#options.session.token(), {
          maxBytes: bytes,
          ...(signal === undefined ? {} : { signal }),
        });
      });
      for await (const piece of pieces) await sink.write(piece);
      return { name, type, data: await sink.done() };
    } catch (thrown) {
      await sink.abort();
      throw asFault(thrown);
    }
  }

  async #run(upload: Upload, source: ByteSource): Promise<void> {
    const cancel = new AbortController();
    this.#cancels.set(upload.id, cancel);
    try {
      const file = await this.#send(upload, source, cancel.signal);
      if (cancel.signal.aborted) return;
      await this.#options.finished(upload, file);
      this.#uploads.delete(upload.id);
    } catch (thrown) {
      if (cancel.signal.aborted) return;
      this.#uploads.set(upload.id, { ...upload, state: "failed", fault: asFault(thrown).code });
    } finally {
      this.#cancels.delete(upload.id);
      this.#options.changed(upload.channel);
    }
  }

  async #send(upload: Upload, source: ByteSource, signal: AbortSignal): Promise<FileRef> {
    const { session, transport, keyring } = this.#options;
    const sizes = segmentsOf(source.size);
    const total = sizes.reduce((sum, segment) => sum + segment.sealedBytes, 0);
    const { blob } = await session.call("files.create", {
      channel: upload.channel,
      segments: sizes.length,
      bytes: total,
    });
    const key = mintFileKey();
    const hashes: Uint8Array[] = [];
    let sent = 0;
    for await (const { index, sealed, hash } of sealFile({ key, blob, size: source.size }, (from, to) =>
      source.read(from, to),
    )) {
      if (signal.aborted) throw new Fault("app/cancelled");
      const at = { ws: keyring.ws, blob, segment: index };
      const before = sent;
      await transport.putSegment(at, sealed, await session.token(), {
        signal,
        progress: (bytes) => this.#progress(upload.id, (before + bytes) / total),
      });
      sent += sealed.length;
      this.#progress(upload.id, sent / total);
      hashes.push(hash);
    }
    await session.call("files.finish", { blob });
    return this.#describe(upload, blob as BlobId, exposeSecret(key), source.size, hashes);
  }

  #describe(upload: Upload, blob: BlobId, key: Uint8Array, size: number, segments: Uint8Array[]): FileRef {
    const { input } = upload;
    const thumbnail = input.thumbnail as Thumbnail | null;
    return {
      blob,
      key,
      size,
      name: plainName(input.name),
      type: plainType(input.type),
      segments,
      width: input.width,
      height: input.height,
      thumbnail,
    };
  }

  #progress(id: string, progress: number): void {
    const upload = this.#uploads.get(id);
    if (upload === undefined || progress - upload.progress < 0.01) return;
    this.#uploads.set(id, { ...upload, progress });
    this.#options.changed(upload.channel);
  }
}
