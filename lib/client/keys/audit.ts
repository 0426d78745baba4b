// What rotators laid beside their epochs, checked by everyone it was meant for: garbage is named, and mended or asked about (PROTOCOL E7).
import { isFault } from "@/lib/base/errors.ts";
import type { DeviceId, ScopeId } from "@/lib/base/ids.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { boxPreviousEpoch, openEpochSeal, openPreviousEpoch, sealEpochKey } from "@/lib/crypto/epoch.ts";
import { currentPuk, isScopeMember, recipients } from "@/lib/proof/queries.ts";
import type { EpochState, ScopeState } from "@/lib/proof/state.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { Keyring } from "./keyring.ts";
import type { Rooms } from "./rooms.ts";

export type KeyAuditOptions = {
  readonly session: Session;
  readonly book: Book;
  readonly keyring: Keyring;
  readonly rooms: Rooms;
  /** asks other holders for a key (E7) */
  readonly plead: (scope: ScopeId, epoch: number) => Promise<void>;
  /** seals or a box of this epoch, by this device, did not open */
  readonly bad: (scope: ScopeId, epoch: number, rotator: DeviceId) => void;
};

type Rows = { readonly seals: readonly SealRow[]; readonly boxes: readonly BoxRow[] };

/** Looks at each new epoch of one's scopes once a run. */
export class KeyAudit {
  readonly #options: KeyAuditOptions;
  readonly #done = new Map<ScopeId, number>();

  constructor(options: KeyAuditOptions) {
    this.#options = options;
  }

  /** Net faults reject; the epochs at which it broke off are looked at again next time. */
  async run(): Promise<void> {
    const { book, keyring } = this.#options;
    for (const scope of book.state.scopes.values()) {
      if (!isScopeMember(book.state, scope, keyring.user)) continue;
      const newest = scope.epochs.length;
      const from = (this.#done.get(scope.id) ?? newest - 1) + 1;
      if (from > newest) continue;
      await this.#scope(scope, from, newest);
      this.#done.set(scope.id, newest);
    }
  }

  async #scope(scope: ScopeState, from: number, to: number): Promise<void> {
    const mine = this.#options.keyring.device.id;
    const others = scope.epochs.slice(from - 1, to).filter((epoch) => epoch.device !== mine);
    if (others.length === 0) return;
    const rows = await this.#options.session.call("keys.read", { scope: scope.id, from, to });
    const better: { seals: SealRow[]; boxes: BoxRow[] } = { seals: [], boxes: [] };
    for (const epoch of others) {
      const seal = await this.#seal(scope, epoch, rows);
      const box = await this.#box(scope, epoch, rows);
      if (seal !== undefined) better.seals.push(seal);
      if (box !== undefined) better.boxes.push(box);
    }
    if (better.seals.length + better.boxes.length > 0) await this.#options.session.call("keys.write", better);
  }

  /** One's own seal: where it does not open, the key is asked for, or sealed anew once it is here by another way. */
  async #seal(scope: ScopeState, epoch: EpochState, { seals }: Rows): Promise<SealRow | undefined> {
    const { book, keyring, rooms, plead, bad } = this.#options;
    const named = recipients(book.state, scope.id, epoch.n - 1).find((one) => one.id === keyring.user);
    if (named === undefined || keyring.puk(named.gen) === undefined) return undefined;
    const name = { ws: book.state.ws, scope: scope.id, epoch: epoch.epoch };
    const laid = seals.filter((row) => row.scope === scope.id && row.epoch === epoch.epoch && row.to === "user");
    for (const row of laid) {
      // Sealed anew after a loss at the server, it may be to a newer key of one's own than the rotator's was.
      const seed = keyring.puk(row.gen);
      const to = { to: "user", id: keyring.user, gen: row.gen } as const;
      const found = seed === undefined ? seed : openEpochSeal({ ...name, kc: epoch.kc }, row, { ...to, seed });
      if (found === undefined || typeof found === "string") continue;
      await rooms.adopt(scope.id, epoch.epoch, found);
      return undefined;
    }
    if (laid.length > 0) bad(scope.id, epoch.epoch, epoch.device);
    const key = await rooms.find(scope.id, epoch.epoch);
    if (key === undefined) {
      await plead(scope.id, epoch.epoch);
      return undefined;
    }
    const puk = currentPuk(book.state, keyring.user);
    if (puk === null) return undefined;
    try {
      return sealEpochKey(name, key, { to: "user", id: keyring.user, gen: puk.gen, pk: puk.pk });
    } catch (thrown) {
      if (!isFault(thrown, "crypto/bad-kem-key")) throw thrown;
      return undefined;
    }
  }

  /** The box of the key before: one that is wrong or missing is made by whoever holds both keys (E6). */
  async #box(scope: ScopeState, epoch: EpochState, { boxes }: Rows): Promise<BoxRow | undefined> {
    const { book, rooms, bad } = this.#options;
    const before = scope.epochs[epoch.epoch - 2];
    if (epoch.hist !== "chain" || before === undefined) return undefined;
    const name = { ws: book.state.ws, scope: scope.id, epoch: epoch.epoch };
    const key = await rooms.known(scope.id, epoch.epoch);
    const previous = await rooms.known(scope.id, before.epoch);
    if (key === undefined) return undefined;
    const laid = boxes.filter((row) => row.purpose === "prev" && row.scope === scope.id && row.epoch === epoch.epoch);
    if (laid.some((row) => typeof openPreviousEpoch(name, key, before.kc, row) !== "string")) return undefined;
    if (laid.length > 0) bad(scope.id, epoch.epoch, epoch.device);
    return previous === undefined ? undefined : boxPreviousEpoch(name, key, previous);
  }
}
