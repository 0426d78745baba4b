// The secrets of one account, as they lie in the vault: device, per-user keys, and until confirmed RIK and code (D3).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { type Device, deviceOf, pukPublic } from "@/lib/crypto/identity.ts";
import { exposeSecret, type PukSeed, type RecoveryCode, type RikSeed, secretFrom } from "@/lib/crypto/keys.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { PukPublic } from "@/lib/protocol/device.ts";

type Stored = {
  ws: string;
  user: string;
  sign: Uint8Array;
  kem: Uint8Array;
  puks: { gen: number; seed: Uint8Array }[];
  /** absent in vaults of earlier versions */
  offered?: { gen: number; seed: Uint8Array }[];
  nextCode?: Uint8Array | null;
  reminder?: { of: number; confirmedAt: number; drillAt: number | null };
  rik: Uint8Array | null;
  code: Uint8Array | null;
  tags: number[];
  founder: boolean;
};

/** Whose tags these are (generation of the code), when it was confirmed here, and when it is next asked for. */
type Reminder = { readonly of: number; readonly confirmedAt: number; readonly drillAt: number | null };
type Offered = { readonly gen: number; readonly seed: PukSeed };

const TABLE = "account";
const KEY = "keys";
const MOST_OFFERED = 16;

/** What it takes to make an account's keyring; `rik` and `code` go once the code is confirmed. */
export type KeyringParts = {
  readonly ws: WorkspaceId;
  readonly user: UserId;
  readonly device: Device;
  readonly puks: ReadonlyMap<number, PukSeed>;
  readonly rik: RikSeed | null;
  readonly code: RecoveryCode | null;
  readonly tags: readonly number[];
  readonly founder: boolean;
};

/** The secrets of one account. Every change is in the vault before it is used. */
export class Keyring {
  readonly ws: WorkspaceId;
  readonly user: UserId;
  readonly device: Device;
  readonly founder: boolean;
  readonly #vault: Vault;
  #parts: KeyringParts;
  /** seeds in batches under way: one of them counts once the ledger names it */
  #offered: readonly Offered[] = [];
  #nextCode: RecoveryCode | null = null;
  #reminder: Reminder = { of: 1, confirmedAt: 0, drillAt: null };

  private constructor(vault: Vault, parts: KeyringParts) {
    this.#vault = vault;
    this.#parts = parts;
    this.ws = parts.ws;
    this.user = parts.user;
    this.device = parts.device;
    this.founder = parts.founder;
  }

  /** Writes a new account's secrets. */
  static async create(vault: Vault, parts: KeyringParts): Promise<Keyring> {
    const keyring = new Keyring(vault, parts);
    await keyring.#save();
    return keyring;
  }

  /** Reads an account's secrets. Throws store/vault-gone when they are not there (A5). */
  static async load(vault: Vault): Promise<Keyring> {
    const stored = await vault.get<Stored & Cbor>(TABLE, KEY);
    if (stored === undefined) throw new Fault("store/vault-gone");
    const parts: KeyringParts = {
      ws: stored.ws as WorkspaceId,
      user: stored.user as UserId,
      device: deviceOf({ sign: secretFrom("device-sign", stored.sign), kem: secretFrom("device-kem", stored.kem) }),
      puks: new Map(stored.puks.map((puk) => [puk.gen, secretFrom("puk", puk.seed)])),
      rik: stored.rik === null ? null : secretFrom("rik", stored.rik),
      code: stored.code === null ? null : secretFrom("recovery", stored.code),
      tags: stored.tags,
      founder: stored.founder,
    };
    const keyring = new Keyring(vault, parts);
    keyring.#offered = (stored.offered ?? []).map(({ gen, seed }) => ({ gen, seed: secretFrom("puk", seed) }));
    keyring.#nextCode =
      (stored.nextCode ?? null) === null ? null : secretFrom("recovery", stored.nextCode as Uint8Array);
    keyring.#reminder = stored.reminder ?? keyring.#reminder;
    return keyring;
  }

  get code(): RecoveryCode | null {
    return this.#parts.code;
  }

  get confirmed(): boolean {
    return this.#parts.code === null;
  }

  puk(gen: number): PukSeed | undefined {
    return this.#parts.puks.get(gen);
  }

  get generations(): readonly number[] {
    return [...this.#parts.puks.keys()].sort((a, b) => a - b);
  }

  async addPuk(gen: number, seed: PukSeed): Promise<void> {
    this.#parts = { ...this.#parts, puks: new Map([...this.#parts.puks, [gen, seed]]) };
    this.#offered = this.#offered.filter((one) => one.gen > gen);
    await this.#save();
  }

  /** Keeps a seed that a batch is about to bring: whether it landed, the ledger tells. */
  async offerPuk(gen: number, seed: PukSeed): Promise<void> {
    this.#offered = [...this.#offered, { gen, seed }].slice(-MOST_OFFERED);
    await this.#save();
  }

  /** Takes the seed offered here that makes the ledger's key of its generation, if one does (C6). */
  async takeOffered(puk: PukPublic): Promise<void> {
    for (const { gen, seed } of this.#offered)
      if (gen === puk.gen && equal(pukPublic(seed, gen).pk, puk.pk)) return await this.addPuk(gen, seed);
  }

  get rik(): RikSeed | null {
    return this.#parts.rik;
  }

  /** A new root key and code, which the ledger has: both stay until the code is confirmed (D3, D7). */
  async holdCode(rik: RikSeed, code: RecoveryCode): Promise<void> {
    this.#parts = { ...this.#parts, rik, code, tags: [] };
    await this.#save();
  }

  /** The code is confirmed: the RIK and the code leave this device; a tag per word stays for the drill (D3). */
  async confirmCode(tags: readonly number[]): Promise<void> {
    this.#parts = { ...this.#parts, rik: null, code: null, tags };
    await this.#save();
  }

  get tags(): readonly number[] {
    return this.#parts.tags;
  }

  /** generation of the code whose tags are kept */
  get tagsOf(): number {
    return this.#reminder.of;
  }

  get confirmedAt(): number {
    return this.#reminder.confirmedAt;
  }

  get drillAt(): number | null {
    return this.#reminder.drillAt;
  }

  /** The code of generation `of` was confirmed or typed here: the reminder counts from now. */
  async remindFrom(now: number, of: number): Promise<void> {
    this.#reminder = { of, confirmedAt: now, drillAt: null };
    await this.#save();
  }

  async drillFrom(at: number): Promise<void> {
    this.#reminder = { ...this.#reminder, drillAt: at };
    await this.#save();
  }

  /** a code on its way into the ledger */
  get offeredCode(): RecoveryCode | null {
    return this.#nextCode;
  }

  async offerCode(code: RecoveryCode): Promise<void> {
    this.#nextCode = code;
    await this.#save();
  }

  /** The offered code is in force: it stays until it is confirmed (D3). */
  async takeCode(): Promise<void> {
    this.#parts = { ...this.#parts, code: this.#nextCode, rik: null, tags: [] };
    this.#nextCode = null;
    await this.#save();
  }

  async #save(): Promise<void> {
    const parts = this.#parts;
    await this.#vault.put(TABLE, KEY, {
      ws: parts.ws,
      user: parts.user,
      sign: exposeSecret(parts.device.secrets.sign),
      kem: exposeSecret(parts.device.secrets.kem),
      puks: [...parts.puks].map(([gen, seed]) => ({ gen, seed: exposeSecret(seed) })),
      offered: this.#offered.map(({ gen, seed }) => ({ gen, seed: exposeSecret(seed) })),
      nextCode: this.#nextCode === null ? null : exposeSecret(this.#nextCode),
      reminder: this.#reminder,
      rik: parts.rik === null ? null : exposeSecret(parts.rik),
      code: parts.code === null ? null : exposeSecret(parts.code),
      tags: [...parts.tags],
      founder: parts.founder,
    });
  }
}
