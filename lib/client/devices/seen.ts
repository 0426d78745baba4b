// When a device was last used: it says so itself, sealed, at most daily (PROTOCOL section 2).
import type { Parts } from "@/lib/client/account/parts.ts";
import { activeDevices } from "@/lib/proof/queries.ts";
import { deviceSetting } from "./names.ts";

/** A newer value of a setting, for one's own devices alone. */
export async function saySetting(account: Parts, key: string, value: string): Promise<void> {
  const rev = account.registers.nextRev(account.registers.setting(key));
  await account.send(account.selfChannel, { k: "setting", key, rev, value });
}

const DAY_MS = 86_400_000;

/** Says, at most daily, that this device is in use: sealed, for one's own devices. */
export async function noteSeen(account: Parts): Promise<void> {
  const { id } = account.keyring.device;
  const key = deviceSetting(id, "seen");
  const now = account.ports.clock.now();
  const last = Number(account.registers.setting(key)?.value ?? 0);
  if (Math.abs(now - last) < DAY_MS || activeDevices(account.state, account.me).length < 2) return;
  await saySetting(account, key, String(now));
}
