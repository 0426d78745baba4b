// What a person does with his devices: name them, know them, retire them (PROTOCOL D2, E10, A4).
import { asFault, Fault, isFault } from "@/lib/base/errors.ts";
import type { DeviceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { renewPuk } from "@/lib/client/keys/renew.ts";
import { deviceActiveAt, deviceOf } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { deviceSetting } from "./names.ts";
import { saySetting } from "./seen.ts";

function checkOwn(account: Account, device: DeviceId): void {
  if (deviceOf(account.state, device)?.user !== account.me) throw new Fault("may/not-found");
}

/** Names a device of one's own, for one's own devices alone. Throws app/empty. */
export async function renameDevice(account: Account, device: DeviceId, name: string): Promise<void> {
  checkOwn(account, device);
  const clean = name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.nameChars);
  if (clean === "") throw new Fault("app/empty");
  await saySetting(account, deviceSetting(device, "name"), clean);
}

/** The person says that a device is his. Kept here alone: a thief who links a device must not be able to hush others. */
export async function confirmDevice(account: Account, device: DeviceId): Promise<void> {
  checkOwn(account, device);
  await account.known.add(device);
  account.changed("workspace");
}

/** This device has added that one: it is known here, under the name that it brought. */
export async function noteLinked(account: Account, device: DeviceId, name: string): Promise<void> {
  await account.known.add(device);
  if (name !== "") await saySetting(account, deviceSetting(device, "name"), name);
}

/**
 * Retires another device of one's own: the next PUK, and every scope that both could read rotated in the same batch
 * (E10). Nothing happens when another device was first. Throws link/own-device, link/device-gone.
 */
export async function retireDevice(account: Account, device: DeviceId): Promise<void> {
  checkOwn(account, device);
  if (device === account.keyring.device.id) throw new Fault("link/own-device");
  try {
    await account.book.append(async (draft) => {
      if (!deviceActiveAt(draft.state, device)) return;
      await account.rooms.fetchPuks();
      await renewPuk(account, draft, (puk) =>
        draft.add({ kind: "U", type: "device_revoke", body: { device, puk } }, account.me),
      );
    });
  } catch (thrown) {
    throw isFault(thrown, "may/bad-challenge") ? new Fault("link/device-gone") : asFault(thrown);
  }
  await account.rooms.fetchPuks();
  account.changed("workspace");
}
