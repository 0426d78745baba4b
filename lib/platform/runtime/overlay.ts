// Ports that change nothing: writes go to memory and are seen by who wrote them, the server is asked and never told.
import { Fault } from "@/lib/base/errors.ts";
import type { Keystore, Procedure, Spool, Storage, Transport } from "@/lib/client/ports.ts";
import { rangeBounds, type ScanRange } from "@/lib/platform/range.ts";

/** A storage over another one that is only read. What is written lasts as long as this object. */
export function overlayStorage(inner: Pick<Storage, "get" | "scan" | "tables">): Storage {
  /** by table and key; undefined: taken away */
  const own = new Map<string, Map<string, Uint8Array | undefined>>();
  const within = (table: string, range: ScanRange) => {
    const bounds = rangeBounds(range);
    if (bounds === undefined) return [];
    const { from, fromOpen, to } = bounds;
    return [...(own.get(table) ?? [])].flatMap(([key, value]) => {
      const inside = (fromOpen ? key > from : key >= from) && (to === undefined || key < to);
      return inside && value !== undefined ? [{ key, value: value.slice() }] : [];
    });
  };
  return {
    async get(table, key) {
      const touched = own.get(table);
      return touched?.has(key) === true ? touched.get(key)?.slice() : await inner.get(table, key);
    },
    async scan(table, range) {
      const touched = own.get(table);
      const limit = range.limit <= 0 ? range.limit : range.limit + (touched?.size ?? 0);
      const kept = (await inner.scan(table, { ...range, limit })).filter(({ key }) => touched?.has(key) !== true);
      const way = range.reverse === true ? -1 : 1;
      const all = [...kept, ...within(table, range)].sort((a, b) => (a.key < b.key ? -way : way));
      return all.slice(0, Math.max(0, range.limit));
    },
    async write(ops) {
      for (const op of ops) {
        const touched = own.get(op.table) ?? new Map<string, Uint8Array | undefined>();
        own.set(op.table, touched.set(op.key, op.op === "put" ? op.value.slice() : undefined));
      }
    },
    tables: () => inner.tables(),
    wipe: () => Promise.reject(new Fault("may/forbidden")),
  };
}

/** A keystore that gives its key and takes none. */
export function heldKeystore(inner: Pick<Keystore, "load">): Keystore {
  return {
    load: () => inner.load(),
    save: () => Promise.reject(new Fault("may/forbidden")),
    wipe: () => Promise.reject(new Fault("may/forbidden")),
  };
}

/** What one asks a server to read, and how one signs in for that. Nothing else leaves through such a transport. */
const ASKED: ReadonlySet<Procedure> = new Set<Procedure>([
  "auth.challenge",
  "auth.login",
  "ledger.head",
  "ledger.read",
  "ledger.chain",
  "keys.read",
  "keys.puk",
  "events.read",
  "sync.state",
  "sync.pull",
]);

/** A transport that only asks; there is no socket, and nothing of a file goes either way. */
export function askingTransport(inner: Transport): Transport {
  const refuse = () => Promise.reject(new Fault("may/forbidden"));
  return {
    origin: inner.origin,
    call: (procedure, ...rest) => (ASKED.has(procedure) ? inner.call(procedure, ...rest) : refuse()),
    live: (handlers) => {
      queueMicrotask(() => handlers.closed("net/closed"));
      return { send: () => undefined, close: () => undefined };
    },
    putSegment: refuse,
    getSegment: refuse,
  };
}

/** A spool that gives what is kept and lets go of nothing: what waits to go up is another's. */
export function heldSpool(inner: Pick<Spool, "open">): Spool {
  const refuse = () => Promise.reject(new Fault("may/forbidden"));
  return { open: (name, secret) => inner.open(name, secret), keep: refuse, drop: refuse, sweep: refuse };
}
