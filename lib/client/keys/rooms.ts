// Epoch keys: the only writer of epoch state. Fetches, checks, rotates before write, repairs (PROTOCOL section 4).
import { equal } from "@/lib/base/bytes.ts";
import { asFault, isFault } from "@/lib/base/errors.ts";
import type { Id, ScopeId, UserId } from "@/lib/base/ids.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Clock } from "@/lib/client/ports.ts";
import { sortable, type Vault } from "@/lib/client/vault.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import {
  acceptEpochKey,
  boxPreviousEpoch,
  commitEpoch,
  mintEpochKey,
  openEpochSeal,
  openPreviousEpoch,
  sealEpochKey,
} from "@/lib/crypto/epoch.ts";
import { openPreviousPuk, openPukSeal, selfEpoch } from "@/lib/crypto/identity.ts";
import { type EpochKey, exposeSecret } from "@/lib/crypto/keys.ts";
import type { EpochRecipient } from "@/lib/crypto/seal.ts";
import { type Recipient, rcptHash, selfScope } from "@/lib/proof/hash.ts";
import {
  currentEpoch,
  currentPuk,
  mayPost,
  needsRotation,
  nextHist,
  openInvites,
  recipients,
  scopeMembersAt,
} from "@/lib/proof/queries.ts";
import type { EpochState, InviteState, LedgerState } from "@/lib/proof/state.ts";
import { LIMITS, SUITE } from "@/lib/protocol/limits.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { Keyring } from "./keyring.ts";

const TABLE = "epoch";
/** A writer who lacks the current key waits this long for repair before rotating without a prevBox (E6). */
const REPAIR_MS = 30_000;

/** What sealing an event needs to know of its epoch. */
export type WriteKey = { readonly epoch: number; readonly key: EpochKey; readonly kc: Uint8Array };
/** E6: people whose keys could not be sealed to, to be named. */
export type SkippedKeys = (users: readonly string[]) => void;

export type RoomsOptions = {
  readonly vault: Vault;
  readonly session: Session;
  readonly book: Book;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly skipped: SkippedKeys;
  /** events under an epoch of a scope, as far as this device holds them (E10) */
  readonly written: (scope: ScopeId, epoch: number) => number;
  /** asks other holders for a key (E7) */
  readonly plead: (scope: ScopeId, epoch: number) => void;
};

export class Rooms {
  /** one's own scope */
  readonly selfId: ScopeId;
  readonly #options: RoomsOptions;
  /** each with the commitment that it was found to make: another history may have another one there */
  readonly #keys = new Map<string, { readonly kc: Uint8Array; readonly key: EpochKey }>();
  readonly #fetches = new Map<string, Promise<void>>();
  readonly #writing = new Mutex();
  readonly #waitingSince = new Map<string, number>();

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.selfId = selfScope(options.keyring.ws, options.keyring.user);
  }

  /** True for the scope of one's own drafts, markers and settings (section 2). */
  isSelf(scope: ScopeId): boolean {
    return scope === this.selfId;
  }

  /** The commitment under which events of an epoch are signed (M1). */
  commitment(scope: ScopeId, epoch: number): Uint8Array | undefined {
    if (this.isSelf(scope)) {
      const seed = this.#options.keyring.puk(epoch);
      return seed === undefined ? undefined : selfEpoch(seed).kc;
    }
    return this.#epoch(scope, epoch)?.kc;
  }

  /** The key of an epoch from memory or vault, checked against its commitment (E3); undefined when it is not here. */
  async known(scope: ScopeId, epoch: number): Promise<EpochKey | undefined> {
    if (this.isSelf(scope)) {
      const seed = this.#options.keyring.puk(epoch);
      return seed === undefined ? undefined : selfEpoch(seed).ek;
    }
    const name = `${scope}/${sortable(epoch)}`;
    const committed = this.#committed(scope, epoch);
    if (committed === undefined) return undefined;
    const held = this.#keys.get(name);
    if (held !== undefined && equal(held.kc, committed.kc)) return held.key;
    const bytes = await this.#options.vault.get<Uint8Array>(TABLE, name);
    const key = bytes === undefined ? undefined : acceptEpochKey(committed, bytes);
    if (key === undefined || typeof key === "string") return undefined;
    this.#keys.set(name, { kc: committed.kc, key });
    return key;
  }

  /** The same, asking the server for seals and boxes first when it is not here. Net faults reject. */
  async find(scope: ScopeId, epoch: number): Promise<EpochKey | undefined> {
    const held = await this.known(scope, epoch);
    if (held !== undefined) return held;
    if (this.isSelf(scope)) {
      await this.fetchPuks();
      return await this.known(scope, epoch);
    }
    const running = this.#fetches.get(scope) ?? this.#fetch(scope, epoch).finally(() => this.#fetches.delete(scope));
    this.#fetches.set(scope, running);
    await running;
    return await this.known(scope, epoch);
  }

  /** The key to write with: rotates first where a revoking change asks for it (E4, E10). Undefined: wait for repair (E6). */
  async writeKey(scope: ScopeId): Promise<WriteKey | undefined> {
    if (this.isSelf(scope)) return await this.#selfWriteKey();
    return await this.#writing.run(async () => {
      const { book } = this.#options;
      if (this.#expiredInvites(book.state, scope).length > 0) await this.#closeExpired(scope);
      if (this.#mustRotate(book.state, scope)) {
        await book.append(async (draft) => {
          if (this.#mustRotate(draft.state, scope)) await this.rotateInto(draft, scope);
        });
      }
      const epoch = currentEpoch(book.state, scope);
      if (epoch === null) return undefined;
      const key = await this.find(scope, epoch.epoch);
      if (key !== undefined) {
        this.#waitingSince.delete(scope);
        return { epoch: epoch.epoch, key, kc: epoch.kc };
      }
      return await this.#repairOrRotate(scope, epoch);
    });
  }

  /** Adds the next epoch of a scope to a batch: link, one seal a recipient, prevBox (E1, E2, E8). `held`: the current key. */
  async rotateInto(draft: Draft, scope: ScopeId, held?: EpochKey): Promise<void> {
    const current = currentEpoch(draft.state, scope);
    const epoch = (current?.epoch ?? 0) + 1;
    const scopeState = draft.state.scopes.get(scope);
    const name = { ws: draft.state.ws, scope, epoch };
    const key = mintEpochKey();
    const previous = held ?? (current === null ? undefined : await this.known(scope, current.epoch));
    const readers = recipients(draft.state, scope);
    const body = {
      scope,
      epoch,
      suite: SUITE,
      kc: commitEpoch(name, key),
      rcpt: rcptHash(scope, epoch, readers),
      hist: scopeState === undefined ? "cut" : nextHist(scopeState),
    } as const;
    const isWorkspace = scopeState?.kind === "workspace";
    if (isWorkspace) draft.add({ kind: "W", type: "epoch", body });
    else draft.add({ kind: "C", type: "epoch", body }, scope);
    draft.seals.push(...this.sealAll(name, key, readers));
    if (body.hist === "chain" && previous !== undefined) draft.boxes.push(boxPreviousEpoch(name, key, previous));
    // Kept before the batch goes out: a lost answer must not lose the key. It counts only once the ledger commits to it.
    await this.#options.vault.put(TABLE, `${scope}/${sortable(epoch)}`, exposeSecret(key));
  }

  /** Seals for readers; malformed keys are skipped and their owners named (E6, MS-42). */
  sealAll(
    name: { ws: LedgerState["ws"]; scope: ScopeId; epoch: number },
    key: EpochKey,
    readers: readonly Recipient[],
  ): SealRow[] {
    const seals: SealRow[] = [];
    const skipped: string[] = [];
    for (const reader of readers) {
      try {
        seals.push(sealEpochKey(name, key, { to: reader.kind, id: reader.id, gen: reader.gen, pk: reader.pub }));
      } catch (thrown) {
        if (!isFault(thrown, "crypto/bad-kem-key")) throw asFault(thrown);
        skipped.push(reader.id);
      }
    }
    if (skipped.length > 0) this.#options.skipped(skipped);
    return seals;
  }

  /** Seals of the current key for a newcomer in a `full` scope, to lie in the batch that adds him (E8). */
  async sealCurrentInto(draft: Draft, scope: ScopeId, user: UserId): Promise<void> {
    const epoch = currentEpoch(draft.state, scope);
    const key = epoch === null ? undefined : await this.find(scope, epoch.epoch);
    const reader = recipients(draft.state, scope).find((one) => one.kind === "user" && one.id === user);
    if (epoch === null || key === undefined || reader === undefined) return;
    draft.seals.push(...this.sealAll({ ws: draft.state.ws, scope, epoch: epoch.epoch }, key, [reader]));
  }

  /** Rotates every scope I am in that a revoking change in this batch concerns, as far as the batch has room (E10). */
  async rotateAllInto(draft: Draft): Promise<void> {
    for (const scope of draft.state.scopes.values()) {
      if (draft.room < 2 || scope.archivedAt !== null) continue;
      const { user } = this.#options.keyring;
      const mine = scopeMembersAt(draft.state, scope.id).includes(user) && mayPost(draft.state, scope, user) === null;
      if (mine && needsRotation(draft.state, scope.id)) await this.rotateInto(draft, scope.id);
    }
  }

  /** Takes a key that is known good from elsewhere (a join opens it with the invite's own key). */
  async adopt(scope: ScopeId, epoch: number, key: EpochKey): Promise<void> {
    this.#keys.delete(`${scope}/${sortable(epoch)}`);
    await this.#options.vault.put(TABLE, `${scope}/${sortable(epoch)}`, exposeSecret(key));
  }

  /** Fetches seeds of per-user keys that the ledger names and this device lacks; each must make the ledger's key (C6). */
  async fetchPuks(): Promise<void> {
    const { keyring, session, book } = this.#options;
    const known = book.state.users.get(keyring.user)?.puks ?? [];
    for (const { value } of known) if (keyring.puk(value.gen) === undefined) await keyring.takeOffered(value);
    if (known.every(({ value }) => keyring.puk(value.gen) !== undefined)) return;
    const answer = await session.call("keys.puk", {});
    const mine = { to: "device", id: keyring.device.id, gen: 0, seed: keyring.device.secrets.kem } as const;
    for (const { value } of [...known].reverse()) {
      if (keyring.puk(value.gen) !== undefined) continue;
      const name = { ws: keyring.ws, user: keyring.user, gen: value.gen };
      for (const row of answer.seals) {
        if (row.epoch !== value.gen || row.to !== "device") continue;
        const seed = openPukSeal({ ...name, pk: value.pk }, row, mine);
        if (typeof seed !== "string") await keyring.addPuk(value.gen, seed);
      }
      const above = keyring.puk(value.gen + 1);
      const box = answer.boxes.find((row) => row.epoch === value.gen + 1);
      if (keyring.puk(value.gen) === undefined && above !== undefined && box !== undefined) {
        const seed = openPreviousPuk({ ...name, gen: value.gen + 1 }, above, value.pk, box);
        if (typeof seed !== "string") await keyring.addPuk(value.gen, seed);
      }
    }
  }

  #epoch(scope: ScopeId, epoch: number): EpochState | undefined {
    return this.#options.book.state.scopes.get(scope)?.epochs[epoch - 1];
  }

  #committed(
    scope: ScopeId,
    epoch: number,
  ): { ws: LedgerState["ws"]; scope: ScopeId; epoch: number; kc: Uint8Array } | undefined {
    const state = this.#epoch(scope, epoch);
    return state === undefined ? undefined : { ws: this.#options.book.state.ws, scope, epoch, kc: state.kc };
  }

  /** Invites that are past their time by this device's clock: they are closed before anything more is written (I3). */
  #expiredInvites(state: LedgerState, scope: ScopeId): InviteState[] {
    if (state.scopes.get(scope)?.kind !== "workspace") return [];
    const now = this.#options.clock.now();
    return openInvites(state).filter((invite) => invite.expires < now);
  }

  async #closeExpired(scope: ScopeId): Promise<void> {
    await this.#options.book.append(async (draft) => {
      for (const { id } of this.#expiredInvites(draft.state, scope))
        draft.add({ kind: "W", type: "invite_close", body: { invite: id } });
      if (needsRotation(draft.state, scope)) await this.rotateInto(draft, scope);
    });
  }

  #mustRotate(state: LedgerState, scope: ScopeId): boolean {
    const epoch = currentEpoch(state, scope);
    if (epoch === null || needsRotation(state, scope)) return true;
    if (this.#options.written(scope, epoch.epoch) >= LIMITS.epochEvents) return true;
    // A clock that runs ahead may rotate early, never skip a revoking change: those are decided by the fold alone (E4).
    return this.#options.clock.now() - epoch.ts > LIMITS.epochDays * 86_400_000;
  }

  async #selfWriteKey(): Promise<WriteKey | undefined> {
    const { keyring, book } = this.#options;
    const puk = currentPuk(book.state, keyring.user);
    const gen = puk?.gen ?? 1;
    if (keyring.puk(gen) === undefined) await this.fetchPuks();
    const seed = keyring.puk(gen);
    if (seed === undefined) return undefined;
    const { ek, kc } = selfEpoch(seed);
    return { epoch: gen, key: ek, kc };
  }

  async #repairOrRotate(scope: ScopeId, epoch: EpochState): Promise<WriteKey | undefined> {
    const { clock, book } = this.#options;
    const since = this.#waitingSince.get(scope);
    if (since === undefined) {
      this.#waitingSince.set(scope, clock.now());
      this.#options.plead(scope, epoch.epoch);
      return undefined;
    }
    if (clock.now() - since < REPAIR_MS) return undefined;
    this.#waitingSince.delete(scope);
    await book.append(async (draft) => {
      if (currentEpoch(draft.state, scope)?.epoch === epoch.epoch) await this.rotateInto(draft, scope);
    });
    const next = currentEpoch(book.state, scope);
    const key = next === null ? undefined : await this.find(scope, next.epoch);
    return next === null || key === undefined ? undefined : { epoch: next.epoch, key, kc: next.kc };
  }

  /** Gets own seals and all boxes from `epoch` to the newest, opens what opens, and walks the chain down (E2, E8). */
  async #fetch(scope: ScopeId, epoch: number): Promise<void> {
    const newest = this.#options.book.state.scopes.get(scope)?.epochs.length ?? 0;
    if (newest < epoch || epoch < 1) return;
    const { seals, boxes } = await this.#options.session.call("keys.read", { scope, from: epoch, to: newest });
    for (let e = newest; e >= epoch; e -= 1) {
      if ((await this.known(scope, e)) !== undefined) continue;
      const key = this.#fromSeals(scope, e, seals) ?? (await this.#fromChain(scope, e, boxes));
      if (key !== undefined) await this.adopt(scope, e, key);
    }
  }

  #fromSeals(scope: ScopeId, epoch: number, seals: readonly SealRow[]): EpochKey | undefined {
    const committed = this.#committed(scope, epoch);
    if (committed === undefined) return undefined;
    for (const row of seals) {
      const seed = this.#options.keyring.puk(row.gen);
      if (row.scope !== scope || row.epoch !== epoch || row.to !== "user" || seed === undefined) continue;
      const mine: EpochRecipient & { seed: typeof seed } = {
        to: "user",
        id: this.#options.keyring.user as Id<string>,
        gen: row.gen,
        seed,
      };
      const key = openEpochSeal(committed, row, mine);
      if (typeof key !== "string") return key;
    }
    return undefined;
  }

  async #fromChain(scope: ScopeId, epoch: number, boxes: readonly BoxRow[]): Promise<EpochKey | undefined> {
    const above = await this.known(scope, epoch + 1);
    const committed = this.#committed(scope, epoch);
    if (above === undefined || committed === undefined) return undefined;
    for (const row of boxes) {
      if (row.purpose !== "prev" || row.scope !== scope || row.epoch !== epoch + 1) continue;
      const key = openPreviousEpoch({ ws: committed.ws, scope, epoch: epoch + 1 }, above, committed.kc, row);
      if (typeof key !== "string") return key;
    }
    return undefined;
  }
}
