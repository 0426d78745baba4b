// All ports of an engine in memory, over a profile that outlives the engine: a test may crash one and start another.
import type { Clock, Ports, Spool, Storage, Transport } from "@/lib/client/ports.ts";
import { type LockArena, lockArena, type MemberLocks } from "@/lib/platform/locks.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";
import { breathe } from "@/lib/platform/runtime/breathe.ts";
import { anySource } from "@/lib/platform/source.ts";
import { manualClock } from "./clock.ts";
import { memoryKeystore } from "./keystore.ts";
import { memorySink } from "./sink.ts";
import { memorySpool } from "./spool.ts";
import { memoryStorage } from "./storage.ts";

/** What stays when an engine ends: disk, keystore, and the locks that its tabs share. */
export type MemoryProfile = {
  readonly storage: Storage;
  readonly keystore: ReturnType<typeof memoryKeystore>;
  readonly arena: LockArena;
  readonly spool: Spool;
};

/** `spool`: where uploads are kept, if not in memory. */
export function memoryProfile(spool: Spool = memorySpool()): MemoryProfile {
  return { storage: memoryStorage(), keystore: memoryKeystore(), arena: lockArena(), spool };
}

/** Ports for one engine of a profile. `locks.crash()` lets go of its locks, as the end of its process would. */
export function memoryPorts(
  transport: Transport,
  profile: MemoryProfile = memoryProfile(),
  clock: Clock = manualClock(),
): Ports & { readonly locks: MemberLocks } {
  return {
    storage: profile.storage,
    keystore: profile.keystore,
    transport,
    clock,
    locks: profile.arena.join(),
    markup: markdownMarkup(),
    breathe,
    source: anySource,
    spool: profile.spool,
    sink: () => memorySink(),
  };
}
