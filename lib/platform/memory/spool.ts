// Files on their way up, kept in memory: as sealed as on a disk, for as long as the profile lives.
import { Fault } from "@/lib/base/errors.ts";
import type { Spool } from "@/lib/client/ports.ts";
import { keepPieces, openPieces, type PieceStore } from "@/lib/platform/pieces.ts";
import { anySource } from "@/lib/platform/source.ts";

/** Grows as it is written to. */
function memoryPieces(): PieceStore {
  let held = new Uint8Array();
  return {
    async write(bytes, at) {
      if (at + bytes.length > held.length) {
        const grown = new Uint8Array(at + bytes.length);
        grown.set(held);
        held = grown;
      }
      held.set(bytes, at);
    },
    read: async (at, length) => held.slice(at, at + length),
    size: async () => held.length,
  };
}

/** `most`: bytes that one keeping may have, as on a small disk. */
export function memorySpool(most: number = Number.POSITIVE_INFINITY): Spool {
  const kept = new Map<string, PieceStore>();
  return {
    async keep(name, secret, given, signal) {
      const source = anySource(given);
      if (source.size > most) throw new Fault("store/full");
      const store = memoryPieces();
      await keepPieces(store, secret, source, signal);
      kept.set(name, store);
    },
    async open(name, secret) {
      const store = kept.get(name);
      return store === undefined ? undefined : await openPieces(store, secret);
    },
    async drop(name) {
      kept.delete(name);
    },
    async sweep(names) {
      for (const name of kept.keys()) if (!names.has(name)) kept.delete(name);
    },
  };
}
