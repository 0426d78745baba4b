// What devices keep in secret, those of people who are out among them: what they hold, and what they could open.
import { toBase64url } from "@/lib/base/encoding.ts";
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { KemSeed, PukSeed } from "@/lib/crypto/keys.ts";

/** The whole store of one device, as a copied disk with its key would give it. */
export type Hoard = {
  readonly name: string;
  readonly user: UserId;
  readonly device: DeviceId;
  readonly deviceKem: KemSeed;
  /** by generation */
  readonly puks: ReadonlyMap<number, PukSeed>;
  /** epoch keys in base64url, by "scope/epoch" as the vault names them */
  readonly keys: ReadonlyMap<string, string>;
};

const EPOCHS = "epoch";

export async function hoardOf(name: string, account: Account): Promise<Hoard> {
  const { keyring, vault } = account;
  const puks = new Map<number, PukSeed>();
  for (const gen of keyring.generations) {
    const seed = keyring.puk(gen);
    if (seed !== undefined) puks.set(gen, seed);
  }
  const rows = await vault.scan<Uint8Array>(EPOCHS, { limit: 1_000_000 });
  const keys = new Map(rows.map(({ key, value }) => [key, toBase64url(value)]));
  const { id, secrets } = keyring.device;
  return { name, user: account.me, device: id, deviceKem: secrets.kem, puks, keys };
}

/** Stores of devices that are wiped since. */
export class Formers {
  readonly all: Hoard[] = [];

  async take(account: Account): Promise<void> {
    this.all.push(await hoardOf("wiped", account));
  }
}
