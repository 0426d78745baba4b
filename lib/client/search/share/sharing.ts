// Indexes that a person's devices leave for each other: when one is left, which one is taken over, and what goes (E9, F1).
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { BlobId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Indexer } from "@/lib/client/search/indexer.ts";
import type { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { mintFileKey, sealSegmentSlowly, segmentsOf } from "@/lib/crypto/file.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Distant } from "./distant.ts";
import { NoteBook } from "./note.ts";
import { bareChannels, pack } from "./pack.ts";
import { parseParcel } from "./parcel.ts";
import { takeOver } from "./taking.ts";

const MINUTE_MS = 60_000;
const FIRST_MS = MINUTE_MS;
const EVERY_MS = 10 * MINUTE_MS;
/** Fewer messages than this are read anew sooner than they are fetched. */
const LEAST_ROWS = 500;
/** It is left anew once it has grown by this much, and not more often than that; words that must go do not wait so long. */
const GROWN = 1.25;
const GROWN_MS = 6 * 60 * MINUTE_MS;
const FOUL_MS = 15 * MINUTE_MS;
/** Another device left the newest one, and is the one to renew it, unless it does not for a day. */
const OTHERS_MS = 24 * 60 * MINUTE_MS;

export type SharingParts = {
  readonly account: Account;
  readonly shelf: Shelf;
  readonly indexer: Indexer;
  readonly distant: Distant;
  /** whether anything of the past is not in the index */
  readonly lacks: () => boolean;
};

type Left = { readonly content: ContentOf<"index">; readonly pos: number };

export class Sharing {
  readonly #parts: SharingParts;
  readonly #notes: NoteBook;
  #cancel: (() => void) | null = null;
  #working: Promise<void> = Promise.resolve();
  #ended = true;
  /** when the last one that was left from here was made */
  #leavingAt = 0;

  constructor(parts: SharingParts) {
    this.#parts = parts;
    this.#notes = new NoteBook(parts.account.vault);
  }

  async load(): Promise<void> {
    await this.#notes.load();
  }

  start(): void {
    this.#ended = false;
    // A device that lacks the past asks for it at once; leaving has time.
    this.#after(this.#wanted() === undefined ? FIRST_MS : 0);
  }

  stop(): void {
    this.#ended = true;
    this.#cancel?.();
  }

  /** Another device may have left one, or one of this device's has come too late. */
  heard(records: readonly EventRecord[]): void {
    const newest = this.#newest()?.content.blob;
    const { device } = this.#parts.account.keyring;
    for (const { content, pos, device: by } of records) {
      if (content?.k !== "index" || by !== device.id || content.blob === newest) continue;
      const { over } = this.#notes.now;
      if (!over.some(({ blob }) => blob === content.blob))
        void this.#notes.keep({ over: [...over, { blob: content.blob, pos }] }).catch(() => undefined);
    }
    if (!this.#ended && this.#wanted() !== undefined) this.#after(0);
  }

  /** A message that came then is gone: what was left after it holds its words still. */
  purged(at: number): void {
    const left = Math.max(this.#leavingAt, this.#newest()?.content.at ?? 0);
    if (this.#notes.now.foul || at > left + MINUTE_MS) return;
    void this.#notes.keep({ foul: true }).catch(() => undefined);
  }

  /** Takes over what another device left, if this one lacks it. */
  async take(): Promise<void> {
    await this.#alone(() => this.#take());
  }

  /** Leaves the index as it is now, whether or not it is time, and takes back what was left before. */
  async leave(): Promise<void> {
    await this.#alone(async () => {
      await this.#leave();
      await this.#sweep();
    });
  }

  /** What happens by itself, in its time. */
  async look(): Promise<void> {
    await this.#alone(async () => {
      const { live, outbox, book } = this.#parts.account;
      if (live.connection !== "online" || book.stop !== null) return;
      await this.#take();
      await this.#sweep();
      if (outbox.size === 0 && this.#parts.indexer.fault === null && (await this.#due())) await this.#leave();
    });
  }

  #after(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#parts.account.ports.clock.after(ms, () => {
      this.#cancel = null;
      void this.look()
        .catch(() => undefined)
        .finally(() => {
          if (!this.#ended && this.#cancel === null) this.#after(EVERY_MS);
        });
    });
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const next = this.#working.catch(() => undefined).then(work);
    this.#working = next;
    return next;
  }

  #newest(): Left | undefined {
    const [entry] = this.#parts.account.registers.entries("index");
    return entry === undefined ? undefined : { content: entry.content, pos: entry.pos };
  }

  /** One that another device left and this one did not look at, although it lacks some of the past. */
  #wanted(): Left | undefined {
    const newest = this.#newest();
    const { own, seen, took } = this.#notes.now;
    if (newest === undefined || newest.content.blob === own || !this.#parts.lacks()) return undefined;
    const { shelf } = this.#parts;
    const kept = [...shelf.covered().values()].some(({ taken, far }) => taken > 0 || far !== null);
    // An index that was lost here since takes it once more.
    if (newest.content.blob === seen && (kept || !took)) return undefined;
    return newest.content.rows > shelf.size ? newest : undefined;
  }

  async #take(): Promise<void> {
    const wanted = this.#wanted();
    if (wanted === undefined) return;
    const { account, shelf, indexer, distant } = this.#parts;
    const seen = wanted.content.blob;
    try {
      const parcel = parseParcel(await this.#fetch(wanted.content), { ws: account.ws, user: account.me });
      const took = (await takeOver({ account, shelf, indexer, distant }, parcel)) > 0;
      await this.#notes.keep({ seen, took });
      indexer.poke();
    } catch (thrown) {
      const { code } = asFault(thrown);
      if (code.startsWith("net/") || code === "store/full" || code === "may/not-found") throw thrown;
      // Its own index grows as if there had been none.
      account.note("store/bad-index", "note", code);
      await this.#notes.keep({ seen, took: false });
    }
  }

  async #fetch({ blob, key, size, segments }: ContentOf<"index">): Promise<Uint8Array> {
    const bare = { name: "", type: "", width: null, height: null, thumbnail: null };
    const file = { blob, key, size, segments, ...bare };
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const part = await this.#parts.account.downloads.read(file, at, size);
      if (part.length === 0) throw new Fault("crypto/file-size");
      bytes.set(part, at);
      at += part.length;
    }
    this.#parts.account.downloads.forget();
    return bytes;
  }

  async #due(): Promise<boolean> {
    const { account, shelf } = this.#parts;
    const newest = this.#newest();
    if (newest === undefined) return shelf.size >= LEAST_ROWS;
    const { own, foul, bare } = this.#notes.now;
    const age = account.ports.clock.now() - newest.content.at;
    const mine = newest.content.blob === own;
    // Who was put out since could open what lay there: keys of his time lie beside it.
    const turned = await this.#isOldKey(newest.pos);
    const termed = mine && bareChannels(account).some((channel) => !bare.includes(channel));
    if (foul || termed || turned) return age >= (mine || turned ? FOUL_MS : OTHERS_MS) || age < 0;
    return (
      shelf.size >= Math.max(LEAST_ROWS, newest.content.rows * GROWN) &&
      (age >= (mine ? GROWN_MS : OTHERS_MS) || age < 0)
    );
  }

  async #isOldKey(pos: number): Promise<boolean> {
    const { vault, selfChannel, keyring } = this.#parts.account;
    const record = await storedAt(vault, selfChannel, pos);
    return record !== undefined && record.epoch < (keyring.generations.at(-1) ?? 0);
  }

  async #leave(): Promise<void> {
    const { account, shelf, indexer, distant } = this.#parts;
    const at = account.ports.clock.now();
    // What goes while it is on its way is not in time for it.
    this.#leavingAt = at;
    await this.#notes.keep({ foul: false });
    const packed = await pack(account, { shelf, indexer, taken: distant.ids });
    const before = this.#newest();
    // What was left before goes, also when nothing takes its place.
    if ((packed.rows === 0 && before === undefined) || packed.bytes.length > LIMITS.indexBytes) return;
    const { rows, bare } = packed;
    const file = await this.#put(packed.bytes);
    const over = before === undefined ? [] : [{ blob: before.content.blob, pos: before.pos }];
    await this.#notes.keep({ own: file.blob, bare, over: [...this.#notes.now.over, ...over] });
    const rev = (before?.content.rev ?? 0) + 1;
    await account.send(account.selfChannel, { k: "index", rev, at, rows, ...file });
  }

  /** Under a key of its own, never sealed twice: what does not arrive whole is given up. */
  async #put(bytes: Uint8Array): Promise<Pick<ContentOf<"index">, "blob" | "key" | "size" | "segments">> {
    const { session, ports, keyring, selfChannel } = this.#parts.account;
    const size = bytes.length;
    const cut = segmentsOf(size);
    const sealed = cut.reduce((sum, { sealedBytes }) => sum + sealedBytes, 0);
    const place = { channel: selfChannel, segments: cut.length, bytes: sealed };
    const blob = (await session.call("files.create", place)).blob as BlobId;
    const key = mintFileKey();
    try {
      const segments: Uint8Array[] = [];
      for (const { index } of cut) {
        const read = async (from: number, to: number) => {
          await ports.breathe();
          return bytes.subarray(from, to);
        };
        const segment = await sealSegmentSlowly({ key, blob, size }, index, { read, before: null });
        const at = { ws: keyring.ws, blob, segment: index };
        await session.carry((token) => ports.transport.putSegment(at, segment.sealed, token, {}));
        segments.push(segment.hash);
      }
      await session.call("files.finish", { blob });
      return { blob, key: exposeSecret(key), size, segments };
    } catch (thrown) {
      await session.call("files.drop", { blob }).catch(() => undefined);
      throw thrown;
    }
  }

  /** Takes back what newer ones took the place of, once they are there: event and file leave the server. */
  async #sweep(): Promise<void> {
    const { account } = this.#parts;
    const { selfChannel: channel, vault, session } = account;
    const newest = this.#newest();
    for (const one of this.#notes.now.over) {
      if (newest === undefined || newest.content.blob === one.blob) continue;
      const record = await storedAt(vault, channel, one.pos);
      if (record !== undefined) await session.call("events.purge", { channel, ids: [record.id], blobs: [one.blob] });
      await this.#notes.keep({ over: this.#notes.now.over.filter(({ blob }) => blob !== one.blob) });
    }
  }
}
