// The own devices that the person at this device knows of: kept here alone, so that no other device can speak for them (PROTOCOL A4).
import type { DeviceId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";

const TABLE = "device-known";
const MOST = 10_000;

export class KnownDevices {
  readonly #vault: Vault;
  readonly #known = new Set<DeviceId>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async load(): Promise<void> {
    for (const { key } of await this.#vault.scan(TABLE, { limit: MOST })) this.#known.add(key as DeviceId);
  }

  has(device: DeviceId): boolean {
    return this.#known.has(device);
  }

  async add(device: DeviceId): Promise<void> {
    await this.#vault.put(TABLE, device, true);
    this.#known.add(device);
  }
}
