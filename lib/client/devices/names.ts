// How devices are told apart: fingerprints of their keys, and the settings that hold name and last use (PROTOCOL section 2).
import { toHex } from "@/lib/base/encoding.ts";
import { type DeviceId, idBytes } from "@/lib/base/ids.ts";
import type { Fingerprint } from "@/lib/client/api/devices.ts";

/** The id is the hash of the device's keys: 32 hex digits in groups of four. */
export function fingerprintOf(device: DeviceId): Fingerprint {
  return toHex(idBytes(device)).toUpperCase().match(/.{4}/g)?.join(" ") ?? "";
}

/** The setting in the self scope that holds a device's name, or when it was last used. */
export function deviceSetting(device: DeviceId, what: "name" | "seen"): string {
  return `device ${device} ${what}`;
}
