// A segment's secretstream and its hash in libsodium's own memory: a chunk goes in once and comes out once (PROTOCOL F1).
import { Fault } from "@/lib/base/errors.ts";
import { inside } from "@/lib/crypto/sodium.ts";
import { SEALED } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const HASH_BYTES = 32;
/** A chunk of the larger kind with its tag: nothing greater ever lies there, whatever is hashed or opened. */
const ROOM = LIMITS.chunkBytes + SEALED.chunkOverhead;

type Rooms = { readonly from: number; readonly to: number; readonly ad: number };
const AD_BYTES = 256;
let held: Rooms | undefined;

/** Two rooms for one chunk each, used by whoever calls: no call outlives itself, so none meets another's bytes. */
function rooms(): Rooms {
  held ??= { from: room(ROOM), to: room(ROOM), ad: room(AD_BYTES) };
  return held;
}

function room(bytes: number): number {
  const at = inside()._malloc(bytes);
  if (at === 0) throw new Fault("bug/unexpected", { detail: "no room" });
  return at;
}

/** Memory moves when it grows, so that nobody keeps a view of it. */
const copyIn = (at: number, bytes: Uint8Array) => inside().HEAPU8.set(bytes, at);
const viewOf = (at: number, length: number) => inside().HEAPU8.subarray(at, at + length);

/** Writes zeros over a room before it is anybody's again. */
function wipe(at: number, bytes: number): void {
  inside().HEAPU8.fill(0, at, at + bytes);
  inside()._free(at);
}

/** BLAKE2b-256 of bytes that come one after the other. */
export class RunningHash {
  readonly #bytes = inside()._crypto_generichash_statebytes();
  readonly #state = room(this.#bytes);

  constructor() {
    inside()._crypto_generichash_init(this.#state, 0, 0, HASH_BYTES);
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += ROOM) {
      const piece = bytes.subarray(at, at + ROOM);
      copyIn(rooms().from, piece);
      this.over(rooms().from, piece.length);
    }
  }

  /** The same for bytes that lie inside already. */
  over(at: number, length: number): void {
    inside()._crypto_generichash_update(this.#state, at, length, 0);
  }

  final(): Uint8Array {
    inside()._crypto_generichash_final(this.#state, rooms().to, HASH_BYTES);
    return viewOf(rooms().to, HASH_BYTES).slice();
  }

  end(): void {
    wipe(this.#state, this.#bytes);
  }
}

/** BLAKE2b-256, a chunk inside at a time: libsodium's memory never shrinks again. */
export function hashOf(bytes: Uint8Array): Uint8Array {
  const hash = new RunningHash();
  try {
    hash.update(bytes);
    return hash.final();
  } finally {
    hash.end();
  }
}

/** The secretstream of one segment, under its own key; a pushing and a pulling state are the same. End it when done. */
export class ChunkStream {
  readonly #bytes = inside()._crypto_secretstream_xchacha20poly1305_statebytes();
  readonly #state = room(this.#bytes);
  readonly #ad: Uint8Array;

  constructor(key: Uint8Array, header: Uint8Array, ad: Uint8Array) {
    if (key.length !== 32 || header.length !== SEALED.headerBytes || ad.length >= AD_BYTES)
      throw new Fault("bug/unexpected", { detail: "lengths" });
    this.#ad = ad;
    const { from, to } = rooms();
    copyIn(from, header);
    copyIn(to, key);
    inside()._crypto_secretstream_xchacha20poly1305_init_pull(this.#state, from, to);
    inside().HEAPU8.fill(0, to, to + key.length);
  }

  /** Seals `plain`, padded with zeros to `padded` bytes, into `out`, which has room for the tag too; its bytes count in `hash`. */
  push(plain: Uint8Array, padded: number, tag: number, out: Uint8Array, hash: RunningHash): void {
    const { from, to } = rooms();
    const sealed = padded + SEALED.chunkOverhead;
    if (plain.length > padded || sealed > ROOM || out.length !== sealed)
      throw new Fault("bug/unexpected", { detail: "lengths" });
    copyIn(from, plain);
    inside().HEAPU8.fill(0, from + plain.length, from + padded);
    const ad = this.#putAd();
    const push = inside()._crypto_secretstream_xchacha20poly1305_push;
    push(this.#state, to, 0, from, padded, 0, ad, this.#ad.length, 0, tag);
    hash.over(to, sealed);
    out.set(viewOf(to, sealed));
  }

  /** Opens a chunk into `out` and gives its tag; null when it does not open, and then `out` is as it was. */
  pull(sealed: Uint8Array, out: Uint8Array): number | null {
    const { from, to } = rooms();
    const plain = sealed.length - SEALED.chunkOverhead;
    if (plain < 0 || sealed.length > ROOM || out.length !== plain) return null;
    copyIn(from, sealed);
    const ad = this.#putAd();
    // The tag is written behind the additional data, where nothing else lies.
    const tag = ad + AD_BYTES - 1;
    const pull = inside()._crypto_secretstream_xchacha20poly1305_pull;
    if (pull(this.#state, to, 0, tag, from, sealed.length, 0, ad, this.#ad.length, 0) !== 0) return null;
    out.set(viewOf(to, plain));
    return inside().HEAPU8[tag] ?? null;
  }

  end(): void {
    wipe(this.#state, this.#bytes);
  }

  #putAd(): number {
    copyIn(rooms().ad, this.#ad);
    return rooms().ad;
  }
}
