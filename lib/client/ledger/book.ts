// This device's copy of the ledger: stored, folded, synced; appends by compare-and-set (PROTOCOL L1–L5, L10).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import { asFault, Fault, type FaultCode, isFault } from "@/lib/base/errors.ts";
import type { ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Clock } from "@/lib/client/ports.ts";
import { sortable, type Vault, type VaultOp } from "@/lib/client/vault.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { linkHash } from "@/lib/proof/hash.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import { deviceOf, roleAt } from "@/lib/proof/queries.ts";
import type { Entry, LedgerState, Viewer } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type ChainId, type Link, parseLink } from "@/lib/protocol/link.ts";
import {
  type EntryJson,
  fromLinkJson,
  fromStubJson,
  type HeadJson,
  type LinkJson,
  toLinkJson,
} from "@/lib/protocol/sync.ts";
import { besideOps } from "./beside.ts";
import { type Actor, Draft } from "./draft.ts";
import { entryOp, fromStored, HEAD, type StoredEntry, type StoredHead, TABLE } from "./stored.ts";

/** More links than any workspace has: beyond, a server feeds us stubs that it made up (MS-23). */
const MOST_LINKS = 1_000_000;
const MAX_ATTEMPTS = 200;

/** Parses what the server sent; anything malformed is a net fault of its own. */
export function parseEntry(json: EntryJson): Entry {
  return { stub: fromStubJson(json.stub), link: json.link === null ? null : fromLinkJson(json.link) };
}

export type BookOptions = {
  /** null: nothing is kept (a look at an invite) */
  readonly vault: Vault | null;
  readonly session: Session;
  readonly clock: Clock;
  readonly ws: WorkspaceId;
  readonly user: UserId;
  readonly actor: Actor;
  /** after every change of state or stop */
  readonly changed: () => void;
};

/** The ledger of one workspace as one person sees it. */
export class Book {
  readonly #options: BookOptions;
  readonly #viewer: Viewer;
  readonly #mutex = new Mutex();
  /** signatures found good, so that a refold does not verify them again */
  readonly #verified = new Set<string>();
  readonly #links = new Map<number, Link>();
  #parsed: { state: LedgerState | null; links: readonly { readonly n: number; readonly link: Link }[] } = {
    state: null,
    links: [],
  };
  #entries: Entry[] = [];
  #stop: FaultCode | null = null;
  #blocked: FaultCode | null = null;
  #restored = false;
  /** the head of a server that shows less than this device stood at, where it is part of what is held here */
  #behind: HeadJson | null = null;
  /** the highest head that this device ever stood at; nothing below it is believed again (L10) */
  #highest: { readonly n: number; readonly hash: Uint8Array } = { n: 0, hash: new Uint8Array() };
  state: LedgerState = emptyLedger;

  constructor(options: BookOptions) {
    this.#options = options;
    this.#viewer = { kind: "user", user: options.user };
  }

  /** Why writing has ended, or null (L2). */
  get stop(): FaultCode | null {
    const lesser = this.#stop === null || this.#stop === "proof/rollback";
    const stop = this.#restored && lesser ? "proof/restored" : this.#stop;
    return this.#blocked ?? stop ?? this.state.stop?.code ?? this.#out();
  }

  /** The older head that the server stands at, while it does (L10). */
  get behind(): HeadJson | null {
    return this.#behind;
  }

  /** The server takes nothing new until it is whole again (L10). */
  set restored(open: boolean) {
    if (this.#restored === open) return;
    this.#restored = open;
    this.#options.changed();
  }

  /** True when this head is part of the history held here. */
  holds({ n, hash }: HeadJson): boolean {
    const known = this.state.heads[n - 1];
    return known !== undefined && equal(known, fromJson(hash));
  }

  /** The ledger as it was at position n, of those held here. */
  stateAt(n: number): LedgerState {
    return foldLedger(this.#entries.slice(0, n), this.#viewer, undefined, this.#verified);
  }

  /** The links that follow on position `after`, as far as their bodies are here, at most `count` (L10). */
  tail(after: number, count: number): LinkJson[] {
    const links: LinkJson[] = [];
    for (const { link } of this.#entries.slice(after, after + count)) {
      if (link === null) break;
      links.push(toLinkJson(link));
    }
    return links;
  }

  /** This person was a member and is none, or this device was one of his and is none (L7, D2). */
  #out(): FaultCode | null {
    const { user, actor } = this.#options;
    if (!this.state.users.has(user)) return null;
    if (roleAt(this.state, user) === null) return "may/removed";
    return (deviceOf(this.state, actor.device)?.revokedAt ?? null) === null ? null : "may/retired";
  }

  /** Ends writing for good, whatever the server shows from now on: two members saw another history (L9). */
  block(code: FaultCode): void {
    if (this.#blocked !== null) return;
    this.#blocked = code;
    this.#options.changed();
  }

  /** A teammate's head, compared in person, ends such a block (L10). False when there was none. */
  unblock(code: FaultCode): boolean {
    if (this.#blocked !== code) return false;
    this.#blocked = null;
    this.#options.changed();
    return true;
  }

  /**
   * Leaves this history for the one with this head, which a teammate showed in person (L10). Throws verify/not-shown
   * unless the server gives it whole; then nothing changes here.
   */
  async takeHead(n: number, head: Uint8Array): Promise<void> {
    await this.#mutex.run(async () => {
      const fresh: Entry[] = [];
      for (;;) {
        const page = await this.#options.session.call("ledger.read", {
          after: fresh.length,
          limit: LIMITS.linksPerRead,
        });
        fresh.push(...page.entries.map(parseEntry));
        if (page.entries.length === 0 || fresh.length > MOST_LINKS) break;
      }
      await this.#fillChains(fresh, 0);
      const state = foldLedger(fresh, this.#viewer, undefined, this.#verified);
      const found = state.heads[n - 1];
      const whole = state.stop === null && state.incomplete.size === 0 && state.ws === this.#options.ws;
      if (!whole || found === undefined || !equal(found, head)) throw new Fault("verify/not-shown");
      await this.#replace(fresh, state);
    });
  }

  async #replace(fresh: Entry[], state: LedgerState): Promise<void> {
    const gone = this.#entries.slice(fresh.length).map((_, i) => sortable(fresh.length + i + 1));
    this.#highest = { n: 0, hash: new Uint8Array() };
    await this.#store(fresh, 0, state);
    await this.#options.vault?.write(gone.map((key): VaultOp => ({ op: "delete", table: TABLE, key })));
    this.#links.clear();
    this.#entries = fresh;
    this.state = state;
    this.#stop = null;
    this.#options.changed();
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Links that are seen and count, parsed once, in order. */
  valid(): readonly { readonly n: number; readonly link: Link }[] {
    if (this.#parsed.state === this.state) return this.#parsed.links;
    const voids = new Set(this.state.voids.map((one) => one.n));
    const links = this.#entries.flatMap((entry, i) =>
      entry.link === null || voids.has(i + 1) ? [] : [{ n: i + 1, link: this.#parse(i, entry.link.bytes) }],
    );
    this.#parsed = { state: this.state, links };
    return links;
  }

  /** Claimed time of the link at position n, ms since 1970; 0 when it is not seen here. */
  timeOf(n: number): number {
    return this.linkAt(n)?.ts ?? 0;
  }

  /** Who signed the link at position n. */
  actorOf(n: number): UserId | undefined {
    return this.linkAt(n)?.user;
  }

  /** The link at position n, a void one too; undefined where its body is not seen here. */
  linkAt(n: number): Link | undefined {
    const bytes = this.#entries[n - 1]?.link?.bytes;
    return bytes === undefined ? undefined : this.#parse(n - 1, bytes);
  }

  #parse(i: number, bytes: Uint8Array): Link {
    const known = this.#links.get(i);
    if (known !== undefined) return known;
    const link = parseLink(bytes);
    this.#links.set(i, link);
    return link;
  }

  /** Reads and folds what is stored here. */
  async load(): Promise<void> {
    const { vault } = this.#options;
    const rows = vault === null ? [] : await vault.scan<StoredEntry & Cbor>(TABLE, { limit: Number.MAX_SAFE_INTEGER });
    const entries = rows.map(({ value }) => fromStored(value));
    // A place that was lost on disk ends what can be used; the rest is fetched again, up to the head that was stood at.
    const lost = rows.findIndex(({ key }, i) => key !== sortable(i + 1));
    const usable = lost < 0 ? entries : entries.slice(0, lost);
    const state = foldLedger(usable, this.#viewer, undefined, this.#verified);
    this.#entries = usable.slice(0, state.n);
    this.state = { ...state, stop: null };
    const head = vault === null ? undefined : await vault.get<StoredHead & Cbor>(HEAD, HEAD);
    if (head !== undefined) this.#highest = { n: head.n, hash: head.h };
  }

  /** Fetches and folds until this device stands at the server's head. Sets `stop` instead of throwing proof faults. */
  async sync(): Promise<void> {
    await this.#mutex.run(() => this.#sync());
  }

  /**
   * Takes entries that follow on position `after` and came on another way than sync: they prove themselves all the same.
   * `last`: of a device that is out, which can ask for nothing more.
   */
  async take(after: number, entries: readonly EntryJson[], last = false): Promise<void> {
    await this.#mutex.run(async () => {
      // Who asked twice is answered twice; by then the first answer has been taken.
      const fresh = entries.slice(Math.max(0, this.state.n - after)).map(parseEntry);
      if (fresh.length > 0) await this.#apply(last ? unentered(this.#entries, fresh) : fresh);
    });
  }

  /** Syncs only when the ledger is behind position n. */
  async syncTo(n: number): Promise<void> {
    if (this.state.n < n) await this.sync();
  }

  /**
   * Appends what `build` adds to a draft; it is called again, on the newer state, each time somebody else was first,
   * and may then add nothing. Throws app/blocked after a stop, the rule's fault, or a net fault when nothing landed.
   */
  async append(build: (draft: Draft) => void | Promise<void>, actor: Actor = this.#options.actor): Promise<void> {
    await this.#mutex.run(async () => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        await this.#sync();
        if (this.stop !== null) throw new Fault("app/blocked", { detail: this.stop });
        const draft = new Draft(this.state, this.#viewer, actor, this.#options.clock.now());
        await build(draft);
        if (draft.entries.length === 0 || (await this.#tryAppend(draft))) return;
        await this.#pause(attempt);
      }
      throw new Fault("may/stale-head");
    });
  }

  async #tryAppend(draft: Draft): Promise<boolean> {
    const base = this.state.n;
    const after: HeadJson = { n: base, hash: toBase64url(this.state.head) };
    try {
      const answer = await this.#options.session.call("ledger.append", { after, batch: draft.toJson() });
      if (answer.ok) {
        await this.#keepBeside(draft);
        await this.#apply([...draft.entries]);
      } else await this.#apply(answer.entries.map(parseEntry));
      return answer.ok;
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.entry.blame !== "network" && !isFault(fault, "net/bad-answer") && !isFault(fault, "may/stale-head"))
        throw fault;
      // The answer was lost: only reading tells whether the batch landed (L3).
      await this.#sync();
      if (draft.landedIn(this.#entries, base)) {
        await this.#keepBeside(draft);
        return true;
      }
      if (this.state.n === base) throw fault;
      return false;
    }
  }

  async #keepBeside(draft: Draft): Promise<void> {
    await this.#options.vault?.write(besideOps(draft));
  }

  #pause(attempt: number): Promise<void> {
    const jitter = (randomBytes(1)[0] ?? 0) / 255;
    return new Promise((resolve) => {
      this.#options.clock.after(Math.min(10 * 2 ** Math.min(attempt, 6), 400) * jitter, resolve);
    });
  }

  async #sync(): Promise<void> {
    for (;;) {
      const page = await this.#options.session.call("ledger.read", { after: this.state.n, limit: LIMITS.linksPerRead });
      this.#behind = null;
      if (page.head.n < Math.max(this.state.n, this.#highest.n)) {
        const apart = page.head.n > 0 && this.state.n >= page.head.n && !this.holds(page.head);
        if (!apart) this.#behind = page.head;
        return this.#halt(apart ? "proof/fork" : "proof/rollback");
      }
      if (page.head.n > MOST_LINKS || page.entries.length > LIMITS.linksPerRead) throw new Fault("net/bad-answer");
      const known = this.state.heads[page.head.n - 1];
      if (known !== undefined && !equal(known, fromJson(page.head.hash))) return this.#halt("proof/fork");
      if (page.entries.length === 0) {
        if (page.head.n > this.state.n) return this.#halt("proof/gap");
        return this.#halt(null);
      }
      const before = this.state.n;
      await this.#apply(page.entries.map(parseEntry));
      if (this.state.n === before) return;
    }
  }

  #halt(code: FaultCode | null): void {
    if (this.#stop === code) return;
    this.#stop = code;
    this.#options.changed();
  }

  /** Folds further entries; only what folds without a stop is stored and believed. */
  async #apply(fresh: Entry[]): Promise<void> {
    const all = [...this.#entries, ...fresh];
    const refold = await this.#fillChains(all, this.#entries.length);
    const state = refold
      ? foldLedger(all, this.#viewer, undefined, this.#verified)
      : foldLedger(all.slice(this.#entries.length), this.#viewer, this.state, this.#verified);
    if (state.stop !== null) return this.#halt(state.stop.code);
    if (state.ws !== this.#options.ws) return this.#halt("proof/wrong-workspace");
    // Bodies of a chain one was added to came, but not all of them.
    if (state.incomplete.size > 0) return this.#halt("proof/withheld-body");
    const stoodAt = state.heads[this.#highest.n - 1];
    if (stoodAt !== undefined && !equal(stoodAt, this.#highest.hash)) return this.#halt("proof/fork");
    await this.#store(all, refold ? 0 : this.#entries.length, state);
    this.#entries = all;
    this.state = state;
    this.#stop = null;
    this.#options.changed();
  }

  /** Whoever is new in a chain must see it from its start (L2): fetches what is missing. True when old places were filled. */
  async #fillChains(all: Entry[], from: number): Promise<boolean> {
    // A chain is to be seen from its start up to the newest link shown; what follows a removal stays unseen.
    const shown = new Map<ChainId, number>();
    for (const [i, entry] of all.entries())
      if (i >= from && entry.stub.kind === "C" && entry.link !== null) shown.set(entry.stub.chain, i);
    const wanted = [...shown]
      .filter(([chain, last]) => all.slice(0, last).some((one) => one.stub.chain === chain && one.link === null))
      .map(([chain]) => chain);
    let filledOld = false;
    for (const chain of wanted) {
      const answer = await this.#options.session.call("ledger.chain", { scope: chain as unknown as ScopeId });
      for (const { n, link } of answer.links) {
        const entry = all[n - 1];
        const body = fromLinkJson(link);
        if (entry === undefined || entry.link !== null || !equal(linkHash(body), entry.stub.hash)) continue;
        all[n - 1] = { stub: entry.stub, link: body };
        filledOld ||= n - 1 < from;
      }
    }
    return filledOld;
  }

  async #store(all: readonly Entry[], from: number, state: LedgerState): Promise<void> {
    const ops = all.slice(from).map((entry, i) => entryOp(from + i + 1, entry));
    const head: StoredHead = { n: state.n, h: state.head };
    if (state.n >= this.#highest.n) {
      ops.push({ op: "put", table: HEAD, key: HEAD, value: head });
      this.#highest = { n: head.n, hash: head.h };
    }
    await this.#options.vault?.write(ops);
  }
}

/** Without the bodies of chains that one was added to since: their beginning can't be had any more, and no key of them came. */
function unentered(held: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const unseen = new Set<ChainId>();
  const all = [...held, ...fresh].map((entry) => {
    const { kind, chain } = entry.stub;
    if (kind === "C" && entry.link === null) unseen.add(chain);
    return unseen.has(chain) ? { ...entry, link: null } : entry;
  });
  return all.slice(held.length);
}
