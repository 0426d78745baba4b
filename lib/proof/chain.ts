// The line of links: stubs from links, and whether an entry is the next one or the record does not add up (PROTOCOL L1, L2).
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Link, SignedLink, Stub } from "@/lib/protocol/link.ts";
import { parseLink, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import { linkHash } from "./hash.ts";
import { mustSee } from "./queries.ts";
import type { Entry, LedgerState, Viewer } from "./state.ts";

/** The stub that everybody stores of a link, and the link. Throws the faults of parseLink. */
export function entryOf(link: SignedLink, parsed: Link = parseLink(link.bytes)): Entry {
  return { stub: { kind: parsed.kind, chain: parsed.chain, seq: parsed.seq, hash: linkHash(link) }, link };
}

/** The seq that the chain's next link must have. */
export function nextSeq(state: LedgerState, chain: Link["chain"]): number {
  return (state.chains.get(chain) ?? 0) + 1;
}

/** An entry that is the next one: parsed where its body came. */
type Placed = { readonly ok: true; readonly link: Link | null };
type Misplaced = { readonly ok: false; readonly code: FaultCode };

const refuse = (code: FaultCode): Misplaced => ({ ok: false, code });

/** W links have one chain, U links a person's, C links any other: which is which, all can tell from stubs (L1). */
function isChainOfKind(state: LedgerState, { kind, chain }: Stub): boolean {
  if (kind === "W" || chain === WORKSPACE_CHAIN) return kind === "W" && chain === WORKSPACE_CHAIN;
  return (kind === "U") === state.users.has(chain as string as UserId);
}

/**
 * Checks that an entry follows on `state`. Faults stop the fold (L2): proof/gap, proof/withheld-body, proof/bad-hash
 * (also for a link made for another place, or a stub that mislabels its link), and the wire/ codes of parseLink.
 */
export function placeEntry(state: LedgerState, viewer: Viewer, { stub, link }: Entry): Placed | Misplaced {
  if (stub.seq !== nextSeq(state, stub.chain)) return refuse("proof/gap");
  if (!isChainOfKind(state, stub)) return refuse("proof/bad-hash");
  if (link === null) return mustSee(state, viewer, stub) ? refuse("proof/withheld-body") : { ok: true, link: null };
  if (!equal(linkHash(link), stub.hash)) return refuse("proof/bad-hash");
  let parsed: Link;
  try {
    parsed = parseLink(link.bytes);
  } catch (thrown) {
    return refuse(asFault(thrown).code);
  }
  const labelled = parsed.kind === stub.kind && parsed.chain === stub.chain && parsed.seq === stub.seq;
  const placed = parsed.n === state.n + 1 && equal(parsed.prev, state.head);
  return labelled && placed ? { ok: true, link: parsed } : refuse("proof/bad-hash");
}
