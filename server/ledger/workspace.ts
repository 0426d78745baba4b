// One workspace's ledger: the folded state in memory, and the only way to append to it (PROTOCOL section 3, S1).
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { linkHash } from "@/lib/proof/hash.ts";
import { foldLedger, refusal } from "@/lib/proof/membership.ts";
import type { Entry, LedgerState } from "@/lib/proof/state.ts";
import type { Link, SignedLink } from "@/lib/protocol/link.ts";
import { parseLink } from "@/lib/protocol/link.ts";
import type { KeyEntries, LinkRow, Store } from "@/server/store/port.ts";

const ALL = { kind: "all" } as const;
const LOAD_PAGE = 2000;

/** A link that a server of this version stored: its signature was checked then. */
const CHECKED = { has: () => true, add: () => undefined };

export type ParsedLink = { readonly link: Link; readonly signed: SignedLink; readonly row: LinkRow };

/** Parses links of a request, with their stubs. Throws wire/… for malformed ones. */
export function parseLinks(signed: readonly SignedLink[]): ParsedLink[] {
  return signed.map((one) => {
    const link = parseLink(one.bytes);
    const stub = { kind: link.kind, chain: link.chain, seq: link.seq, hash: linkHash(one) };
    return { link, signed: one, row: { n: link.n, stub, link: one } };
  });
}

const entryOf = (row: LinkRow): Entry => ({ stub: row.stub, link: row.link });

/** Folds new links onto a state. Throws the fault code of the first that is void or stops the fold: the server takes neither. */
export function foldStrictly(links: readonly ParsedLink[], from?: LedgerState): LedgerState {
  const next = foldLedger(
    links.map(({ row }) => entryOf(row)),
    ALL,
    from,
  );
  const code = refusal(from ?? emptyLedger, next);
  if (code !== null) throw new Fault(code);
  return next;
}

export type AppendRequest = {
  readonly after: { readonly n: number; readonly hash: Uint8Array };
  readonly links: readonly ParsedLink[];
  readonly keys: KeyEntries;
  /** asked with the state as it would be after these links */
  readonly judge: (next: LedgerState) => FaultCode | null;
};

export class Workspace {
  readonly ws: WorkspaceId;
  private readonly store: Store;
  private readonly changed: (workspace: Workspace) => void;
  private current: LedgerState;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(store: Store, state: LedgerState, changed: (workspace: Workspace) => void) {
    this.ws = state.ws;
    this.store = store;
    this.current = state;
    this.changed = changed;
  }

  /** What the stored links say; moves on after each commit. */
  get state(): LedgerState {
    return this.current;
  }

  /** Compare-and-set (L3), one append at a time. Throws the fault of a link that the fold refuses. */
  append(request: AppendRequest): Promise<"appended" | "stale"> {
    const result = this.turn.then(() => this.appendNow(request));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async appendNow({ after, links, keys, judge }: AppendRequest): Promise<"appended" | "stale"> {
    const from = this.current;
    if (after.n !== from.n || !equal(after.hash, from.head)) return "stale";
    const next = foldStrictly(links, from);
    const code = judge(next);
    if (code !== null) throw new Fault(code);
    const rows = links.map(({ row }) => row);
    if ((await this.store.ledger.appendLinks(this.ws, from.n, rows, keys)) === "stale") return "stale";
    this.current = next;
    this.changed(this);
    return "appended";
  }
}

/** Reads all links of a workspace and folds them. Throws store/corrupt when they do not add up. */
export async function loadState(store: Store, ws: WorkspaceId): Promise<LedgerState> {
  let state: LedgerState | undefined;
  for (;;) {
    const rows = await store.ledger.links(ws, state?.n ?? 0, LOAD_PAGE);
    if (rows.length > 0) state = foldLedger(rows.map(entryOf), ALL, state, CHECKED);
    if (rows.length < LOAD_PAGE) break;
  }
  if (state === undefined || state.stop !== null || state.ws !== ws) throw new Fault("store/corrupt");
  return state;
}
