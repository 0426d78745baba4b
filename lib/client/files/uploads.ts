// Files on their way up: a queue in the vault that outlives reloads, lost connections and servers that start anew.

import { toHex } from "@/lib/base/encoding.ts";
import { asFault, Fault, type FaultCode } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { FileInput } from "@/lib/client/api/daily/files.ts";
import type { ByteSource, Clock, Spool } from "@/lib/client/ports.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { segmentsOf } from "@/lib/crypto/file.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Voice } from "@/lib/protocol/content/talk.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type FilePlace, parseUpload, SEALS, UPLOADS, type UploadEntry, uploadOp } from "./entry.ts";
import { GivingBack } from "./giving-back.ts";
import { Pace } from "./pace.ts";
import { bytesThere, marksRemoval, readMarks, type SendingParts, sendFile } from "./sending.ts";

/** One file going up, as it is shown. */
export type Upload = {
  readonly id: string;
  readonly channel: ChannelId;
  readonly of: EventId;
  readonly index: number;
  readonly facts: UploadEntry["facts"];
  readonly state: "uploading" | "queued" | "paused" | "failed";
  readonly fault: FaultCode | null;
  /** true bytes sent so far */
  readonly sent: number;
  /** bytes a second, 0 while that is not known */
  readonly speed: number;
  /** a later engine finds its bytes */
  readonly kept: boolean;
};

/** A voice message's facts within the protocol's bounds, whatever a recorder said. */
function plainVoice(voice: Voice | undefined): Voice | null {
  if (voice === undefined || !(voice.ms > 0)) return null;
  return { ms: Math.ceil(Math.min(voice.ms, LIMITS.voiceMs)), peaks: voice.peaks.slice(0, 128) };
}

/** A file to send: bytes that a person chose, or one that lies on the server already. */
export type NewUpload = FileInput | { readonly shared: FileRef; readonly voice?: Voice };

export type UploadsOptions = SendingParts & {
  readonly clock: Clock;
  readonly spool: Spool;
  readonly source: (given: unknown) => ByteSource;
  readonly online: () => boolean;
  /** what kind of event lies under this id, here or on its way; undefined: none */
  readonly said: (channel: ChannelId, event: EventId) => Promise<string | undefined>;
  readonly finished: (entry: UploadEntry, file: FileRef) => Promise<void>;
  readonly changed: (channel: ChannelId) => void;
};

type Run = {
  entry: UploadEntry;
  /** it is kept, together with its message */
  begun: boolean;
  /** its event is being written: nobody can end it any more */
  naming: boolean;
  source: ByteSource | null;
  given: unknown;
  /** the bytes are being kept; ends with true when all of them are */
  keeping: AbortController | null;
  running: AbortController | null;
  /** it just failed in a way that mends itself: not before the next try */
  resting: boolean;
  sent: number;
  shown: number;
  pace: Pace;
};

const RETRY_MS = 3_000;
/** A file beyond one segment has its turn alone; small ones go past it. */
const LARGE = LIMITS.segmentBytes;
/** Progress is told in steps of this share. */
const STEP = 0.01;

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #runs = new Map<string, Run>();
  readonly #back: GivingBack;
  #order = 0;
  #stopped = false;
  #again: (() => void) | null = null;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#back = new GivingBack(options);
  }

  /** Reads what an earlier run left behind. What belongs to no message any more, or has its event, goes. */
  async load(): Promise<void> {
    for (const row of await this.#options.vault.scan<Cbor>(UPLOADS, { limit: 10_000 })) {
      const entry = parseUpload(row.value);
      this.#order = Math.max(this.#order, entry.order);
      const said = await this.#options.said(entry.channel, entry.event);
      const over = said !== undefined || (await this.#options.said(entry.channel, entry.of)) === undefined;
      if (entry.state === "gone") this.#back.add(entry);
      // Withdrawn, or without a message: what the server has of it will never be named.
      else if (over) await this.#end(entry, said === undefined || said === "unsent");
      else this.#runs.set(entry.id, await this.#restored(entry));
    }
    await this.#sweepMarks();
  }

  /** Names under which bytes are kept for this account. */
  kept(): string[] {
    return [...this.#runs.values()].flatMap(({ entry }) => (entry.spool === null ? [] : [entry.spool.name]));
  }

  of(channel: ChannelId): Upload[] {
    const runs = [...this.#runs.values()].filter(({ entry }) => entry.channel === channel);
    return runs.sort((a, b) => a.entry.order - b.entry.order).map((run) => this.#view(run));
  }

  /**
   * Stores the files of a message, in its order; they go by themselves after `kick`. `write` keeps the message and them
   * at once: a crash leaves both or neither. `kept` resolves when the bytes of those that are kept in a moment would be
   * there after a crash; large ones take their time.
   */
  async add(
    channel: ChannelId,
    of: EventId,
    files: readonly NewUpload[],
    write: (ops: readonly VaultOp[]) => Promise<void>,
  ): Promise<{ kept: Promise<void> }> {
    const runs = files.map((file, index) => this.#begin(channel, of, index, file));
    for (const run of runs) this.#runs.set(run.entry.id, run);
    try {
      await write(runs.map(({ entry }) => uploadOp(entry)));
    } catch (thrown) {
      for (const run of runs) this.#runs.delete(run.entry.id);
      throw thrown;
    }
    for (const run of runs) run.begun = true;
    const keeping = runs.map((run) => [run.entry.facts.size, this.#keep(run)] as const);
    this.#options.changed(channel);
    return { kept: Promise.all(keeping.filter(([size]) => size <= LARGE).map(([, one]) => one)).then(() => undefined) };
  }

  /** The connection is back, or some time went by: what failed is tried again. */
  wake(): void {
    for (const run of this.#runs.values()) run.resting = false;
    this.kick();
  }

  /** Starts whatever can go now. */
  kick(): void {
    if (this.#stopped || !this.#options.online()) return;
    void this.#back.sweep().catch(() => undefined);
    const waiting = [...this.#runs.values()].filter(
      ({ entry, begun, running, resting }) => begun && entry.state === "going" && running === null && !resting,
    );
    for (const run of waiting.sort((a, b) => a.entry.order - b.entry.order)) {
      const busy = [...this.#runs.values()].filter(({ running }) => running !== null);
      const large = run.entry.facts.size > LARGE;
      if (busy.some(({ entry }) => entry.facts.size > LARGE === large)) continue;
      void this.#run(run);
    }
  }

  async pause(id: string): Promise<void> {
    await this.#hold(id, { state: "held", fault: null });
  }

  /** Goes on after a pause, or tries again what failed. */
  async resume(id: string): Promise<void> {
    const run = this.#runs.get(id);
    if (run === undefined || run.entry.state === "going") return;
    await this.#store(run, { ...run.entry, state: "going", fault: null });
    this.kick();
  }

  /** Ends an upload here and at the server; `told` comes first, so that whoever waits hears of it even after a crash. */
  async cancel(id: string, told?: (entry: UploadEntry) => Promise<void>): Promise<void> {
    const run = this.#runs.get(id);
    // Named by now, it is a file like any other.
    if (run === undefined || run.naming) return;
    this.#runs.delete(id);
    run.running?.abort();
    run.keeping?.abort();
    await told?.(run.entry);
    await this.#end(run.entry, true);
    this.#options.changed(run.entry.channel);
    if (this.#options.online()) await this.#back.sweep().catch(() => undefined);
    this.kick();
  }

  stop(): void {
    this.#stopped = true;
    this.#again?.();
    for (const run of this.#runs.values()) {
      run.running?.abort();
      run.keeping?.abort();
    }
  }

  async #restored(entry: UploadEntry): Promise<Run> {
    const marks = await readMarks(this.#options.vault, entry.id);
    const sent = bytesThere(segmentsOf(entry.facts.size), marks);
    return { ...runOf(entry), sent, shown: sent };
  }

  /** An upload that was ended in the middle of a write leaves a mark behind. */
  async #sweepMarks(): Promise<void> {
    const { vault } = this.#options;
    const rows = await vault.scan<Cbor>(SEALS, { limit: 100_000 });
    const stray = rows.filter(({ key }) => !this.#runs.has(key.split("/")[0] ?? ""));
    await vault.write(stray.map(({ key }): VaultOp => ({ op: "delete", table: SEALS, key })));
  }

  #begin(channel: ChannelId, of: EventId, index: number, file: NewUpload): Run {
    this.#order += 1;
    const shared = "shared" in file ? file.shared : null;
    const source = "shared" in file ? null : this.#options.source(file.source);
    if (source !== null) segmentsOf(source.size);
    const { name, type, width, height, thumbnail } = "shared" in file ? file.shared : file;
    const entry: UploadEntry = {
      id: `${of}.${index}`,
      channel,
      of,
      index,
      event: mintId<"event">(randomBytes(ID_BYTES)),
      order: this.#order,
      facts: {
        name,
        type,
        size: source?.size ?? shared?.size ?? 0,
        width,
        height,
        thumbnail,
        voice: plainVoice(file.voice),
      },
      state: "going",
      fault: null,
      spool: source === null ? null : { name: toHex(randomBytes(ID_BYTES)), secret: randomBytes(32), whole: false },
      place: null,
      shared,
    };
    return { ...runOf(entry), begun: false, source, given: "shared" in file ? null : file.source };
  }

  /** Keeps the bytes for a later engine. Where that can't be done the file goes up all the same, as long as this one lives. */
  async #keep(run: Run): Promise<void> {
    const { spool } = run.entry;
    if (spool === null) return;
    run.keeping = new AbortController();
    try {
      await this.#options.spool.keep(spool.name, spool.secret, run.given, run.keeping.signal);
      if (!this.#runs.has(run.entry.id)) await this.#options.spool.drop(spool.name);
      else await this.#store(run, { ...run.entry, spool: { ...spool, whole: true } });
    } catch {
      // Said if it is ever missed: app/file-lost.
    } finally {
      run.keeping = null;
    }
  }

  async #sourceOf(run: Run): Promise<ByteSource> {
    const { spool } = run.entry;
    if (run.source === null && spool?.whole === true)
      run.source = (await this.#options.spool.open(spool.name, spool.secret)) ?? null;
    if (run.source === null) throw new Fault("app/file-lost");
    return run.source;
  }

  async #run(run: Run): Promise<void> {
    const running = new AbortController();
    run.running = running;
    run.pace = new Pace();
    this.#options.changed(run.entry.channel);
    try {
      const file = await this.#send(run, running.signal);
      if (running.signal.aborted) return;
      run.naming = true;
      await this.#options.finished(run.entry, file);
      this.#runs.delete(run.entry.id);
      await this.#end(run.entry, false);
    } catch (thrown) {
      if (!running.signal.aborted) await this.#failed(run, asFault(thrown));
    } finally {
      run.running = null;
      run.naming = false;
      this.#options.changed(run.entry.channel);
      this.kick();
    }
  }

  async #send(run: Run, signal: AbortSignal): Promise<FileRef> {
    const { shared, channel } = run.entry;
    if (shared !== null) {
      await this.#options.session.call("files.share", { blob: shared.blob, channel });
      return shared;
    }
    return await sendFile(this.#options, {
      entry: run.entry,
      source: await this.#sourceOf(run),
      signal,
      progress: (sent) => this.#progress(run, sent),
      keepPlace: (place, ops) => this.#keepPlace(run, place, ops),
    });
  }

  /** What mends itself is tried again; the rest waits for its person. */
  async #failed(run: Run, fault: Fault): Promise<void> {
    if (fault.entry.policy === "retry") {
      run.resting = true;
      this.#again ??= this.#options.clock.after(RETRY_MS, () => {
        this.#again = null;
        this.wake();
      });
      return;
    }
    await this.#store(run, { ...run.entry, state: "failed", fault: fault.code });
  }

  async #hold(id: string, how: Pick<UploadEntry, "state" | "fault">): Promise<void> {
    const run = this.#runs.get(id);
    if (run === undefined || run.entry.state !== "going") return;
    run.running?.abort();
    await this.#store(run, { ...run.entry, ...how });
  }

  async #store(run: Run, entry: UploadEntry, ops: readonly VaultOp[] = []): Promise<void> {
    run.entry = entry;
    if (!this.#runs.has(entry.id)) return;
    await this.#options.vault.write([uploadOp(entry), ...ops]);
    this.#options.changed(entry.channel);
  }

  async #keepPlace(run: Run, place: FilePlace | null, ops: readonly VaultOp[]): Promise<void> {
    await this.#store(run, { ...run.entry, place }, ops);
    // Ended while the server made its place.
    if (place !== null && !this.#runs.has(run.entry.id)) await this.#back.late(run.entry);
  }

  /** Removes it from here; `back`: what the server has of it is given back. */
  async #end(entry: UploadEntry, back: boolean): Promise<void> {
    const { vault, spool } = this.#options;
    const gone = GivingBack.kept(entry);
    const owed = back && entry.place !== null;
    const op: VaultOp = owed ? uploadOp(gone) : { op: "delete", table: UPLOADS, key: entry.id };
    await vault.write([op, ...(await marksRemoval(vault, entry.id))]);
    if (owed) this.#back.add(gone);
    if (entry.spool !== null) await spool.drop(entry.spool.name).catch(() => undefined);
  }

  #progress(run: Run, sent: number): void {
    run.sent = Math.max(run.sent, sent);
    run.pace.took(this.#options.clock.now(), sent);
    if (run.sent - run.shown < run.entry.facts.size * STEP && run.sent < run.entry.facts.size) return;
    run.shown = run.sent;
    this.#options.changed(run.entry.channel);
  }

  #view(run: Run): Upload {
    const { entry } = run;
    const state =
      entry.state === "failed"
        ? "failed"
        : entry.state === "held"
          ? "paused"
          : run.running === null
            ? "queued"
            : "uploading";
    return {
      id: entry.id,
      channel: entry.channel,
      of: entry.of,
      index: entry.index,
      facts: entry.facts,
      state,
      fault: entry.fault,
      sent: run.sent,
      kept: entry.spool?.whole !== false,
      speed: state === "uploading" ? Math.round(run.pace.speed) : 0,
    };
  }
}

function runOf(entry: UploadEntry): Run {
  return {
    entry,
    begun: true,
    naming: false,
    source: null,
    given: null,
    keeping: null,
    running: null,
    resting: false,
    sent: 0,
    shown: 0,
    pace: new Pace(),
  };
}
