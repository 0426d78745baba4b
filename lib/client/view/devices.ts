// One's devices as the settings show them: who added them, when they were last used, which came unasked (PROTOCOL D2, A4).
import type { Account } from "@/lib/client/account/account.ts";
import type { DeviceItem, DevicesView, Standing } from "@/lib/client/api/devices.ts";
import { deviceSetting, fingerprintOf } from "@/lib/client/devices/names.ts";
import { deviceActiveAt, roleAt } from "@/lib/proof/queries.ts";
import type { DeviceState } from "@/lib/proof/state.ts";
import { plainLabel } from "./label.ts";

/** Linked after this device came, by another, and nobody has said here that it is his. */
function isUnconfirmed(account: Account, device: DeviceState): boolean {
  const { id } = account.keyring.device;
  const own = account.state.users.get(account.me)?.devices.get(id)?.addedAt ?? 0;
  if (device.id === id || device.addedBy === id || device.addedAt <= own) return false;
  return deviceActiveAt(account.state, device.id) && !account.known.has(device.id);
}

function howOf(account: Account, device: DeviceState): DeviceItem["how"] {
  if (device.addedBy !== null && device.addedBy !== device.id) return "linked";
  const joinedAt = account.state.users.get(account.me)?.joinedAt ?? 0;
  if (device.addedAt !== joinedAt) return "reset";
  return joinedAt === 1 ? "founded" : "joined";
}

function itemOf(account: Account, device: DeviceState): DeviceItem {
  const setting = (what: "name" | "seen") => account.registers.setting(deviceSetting(device.id, what))?.value;
  const seen = Number(setting("seen") ?? Number.NaN);
  const linked = howOf(account, device) === "linked";
  return {
    id: device.id,
    name: plainLabel(setting("name") ?? ""),
    fingerprint: fingerprintOf(device.id),
    here: device.id === account.keyring.device.id,
    addedAt: account.book.timeOf(device.addedAt),
    addedBy: linked ? device.addedBy : null,
    how: howOf(account, device),
    seenAt: Number.isFinite(seen) && seen > 0 ? seen : null,
    retiredAt: device.revokedAt === null ? null : account.book.timeOf(device.revokedAt),
    unconfirmed: isUnconfirmed(account, device),
  };
}

/** What the ledger here says, and else what the server does. */
export function standingOf(account: Account): Standing {
  const { device } = account.keyring;
  if (account.state.deviceOwner.has(device.id) && roleAt(account.state, account.me) !== null)
    if (!deviceActiveAt(account.state, device.id)) return "retired";
  return account.live.refused ? "refused" : "active";
}

export function devicesView(account: Account): DevicesView {
  const all = [...(account.state.users.get(account.me)?.devices.values() ?? [])].sort((a, b) => a.addedAt - b.addedAt);
  const items = all.map((device) => itemOf(account, device));
  return {
    devices: items.filter((item) => item.retiredAt === null).sort((a, b) => Number(b.here) - Number(a.here)),
    retired: items.filter((item) => item.retiredAt !== null),
    standing: standingOf(account),
  };
}
