// A batch of links in the making: each is signed for its exact place and folded, so that the next sees its effect (L3, L4).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceId, Id, UserId } from "@/lib/base/ids.ts";
import { linkHash } from "@/lib/proof/hash.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import type { Entry, LedgerState, Viewer } from "@/lib/proof/state.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type ChainId, type Link, type LinkAct, type SignedLink, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import { type BatchJson, toLinkJson } from "@/lib/protocol/sync.ts";

/** Turns a link into its signed form; which key signs depends on the link's type. */
export type Signer = (link: Link) => SignedLink;
export type Actor = { readonly user: UserId; readonly device: DeviceId; readonly sign: Signer };

/** Links that follow `state`, with their seals and boxes. */
export class Draft {
  readonly #viewer: Viewer;
  readonly #actor: Actor;
  readonly #now: number;
  readonly #entries: Entry[] = [];
  readonly seals: SealRow[] = [];
  readonly boxes: BoxRow[] = [];
  /** the ledger as it would be with everything added so far */
  state: LedgerState;

  constructor(state: LedgerState, viewer: Viewer, actor: Actor, now: number) {
    this.state = state;
    this.#viewer = viewer;
    this.#actor = actor;
    this.#now = now;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Room left in this batch, in links (L4). */
  get room(): number {
    return LIMITS.batchLinks - this.#entries.length;
  }

  /**
   * Adds one link at the next place. `chain` is the user's or scope's for U and C links. Throws the rule's fault when
   * the ledger would hold it void: nobody appends what changes nothing.
   */
  add(act: LinkAct, chain: Id<string> = WORKSPACE_CHAIN, actor: Actor = this.#actor): void {
    const at = chain as Id<string> as ChainId;
    const seq = (this.state.chains.get(at) ?? 0) + 1;
    const frame = {
      ws: this.state.n === 0 ? null : this.state.ws,
      n: this.state.n + 1,
      prev: this.state.head,
      chain: at,
      seq,
      user: actor.user,
      device: actor.device,
      ts: this.#now,
    };
    const link = actor.sign({ ...frame, ...act } as Link);
    const entry: Entry = { stub: { kind: act.kind, chain: at, seq, hash: linkHash(link) }, link };
    const next = foldLedger([entry], this.#viewer, this.state);
    const fault = next.voids.find((one) => one.n === frame.n)?.code ?? next.stop?.code;
    if (fault !== undefined) throw new Fault(fault, { detail: act.type });
    this.state = next;
    this.#entries.push(entry);
  }

  /** The batch as it travels. */
  toJson(): BatchJson {
    const links = this.#entries.flatMap((entry) => (entry.link === null ? [] : [toLinkJson(entry.link)]));
    return { links, seals: this.seals, boxes: this.boxes };
  }

  /** True when exactly these links lie at their places in `entries` (L_1 first): a lost answer had landed. */
  landedIn(entries: readonly Entry[], base: number): boolean {
    return this.#entries.every((mine, i) => {
      const theirs = entries[base + i];
      return theirs !== undefined && equal(theirs.stub.hash, mine.stub.hash);
    });
  }
}
