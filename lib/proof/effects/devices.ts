// What links in a person's own chain change: devices, PUK, root key, recovery, circle (PROTOCOL D2, D3, D6, D7, E4, I6).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { changeUser, extend, markRevoking } from "@/lib/proof/draft.ts";
import { deviceId } from "@/lib/proof/hash.ts";
import { scopesOf } from "@/lib/proof/queries.ts";
import type { DeviceState, UserState } from "@/lib/proof/state.ts";
import type { DevicePublic, PukPublic, RecoveryPublic } from "@/lib/protocol/device.ts";
import { closeInstantInvites } from "./invites.ts";

export function addDevice(draft: Draft, user: UserId, keys: DevicePublic, by: DeviceId): void {
  const id = deviceId(keys);
  const device: DeviceState = { id, user, keys, addedAt: draft.n, addedBy: by, revokedAt: null };
  changeUser(draft, user, ({ devices }) => ({ devices: new Map(devices).set(id, device) }));
  draft.deviceOwner.set(id, user);
}

/** Whatever a person's devices could read is to be sealed anew (E4), and who held them may know invite links (I6). */
function revokeReach(draft: Draft, user: UserId): void {
  for (const scope of scopesOf(draft, user)) markRevoking(draft, scope.id, draft.n);
  closeInstantInvites(draft);
}

/** Retires a device. A root key that it announced goes with it: that is how a person's other devices object (D7). */
export function revokeDevice(draft: Draft, user: UserId, device: DeviceId, puk: PukPublic): void {
  const { n } = draft;
  changeUser(draft, user, ({ devices, puks, pendingRoot }) => {
    const old = devices.get(device);
    if (old === undefined) return {};
    return {
      devices: new Map(devices).set(device, { ...old, revokedAt: n }),
      puks: extend(puks, n, puk),
      pendingRoot: pendingRoot?.device === device ? null : pendingRoot,
    };
  });
  revokeReach(draft, user);
}

type Reset = {
  readonly devices: readonly { readonly device: DevicePublic }[];
  readonly puk: PukPublic;
  readonly recovery: RecoveryPublic | null;
};

/** Restates a person's devices: those named stay or come, all others go, and so does a root key that was announced (D2). */
export function resetUser(draft: Draft, user: UserId, reset: Reset): void {
  const { n } = draft;
  const stated = new Map(reset.devices.map(({ device }) => [deviceId(device), device]));
  changeUser(draft, user, (person) => {
    const devices = new Map(person.devices);
    for (const old of person.devices.values())
      if (old.revokedAt === null && !stated.has(old.id)) devices.set(old.id, { ...old, revokedAt: n });
    for (const [id, keys] of stated)
      if (!devices.has(id)) devices.set(id, { id, user, keys, addedAt: n, addedBy: null, revokedAt: null });
    return {
      devices,
      puks: extend(person.puks, n, reset.puk),
      recovery: reset.recovery ?? person.recovery,
      pendingRoot: null,
      resetAt: [...person.resetAt, n],
    };
  });
  for (const id of stated.keys()) draft.deviceOwner.set(id, user);
  revokeReach(draft, user);
}

/** Announces a new root key; an admin's rekey puts it in force (D7). */
export function announceRoot(draft: Draft, user: UserId, device: DeviceId, rik: Uint8Array): void {
  changeUser(draft, user, () => ({ pendingRoot: { n: draft.n, device, rik } }));
  draft.taken.add(toBase64url(rik));
}

export function setCircle(draft: Draft, user: UserId, circle: NonNullable<UserState["circle"]>): void {
  changeUser(draft, user, () => ({ circle: circle.helpers.length === 0 ? null : circle }));
}

export function setRecovery(draft: Draft, user: UserId, recovery: RecoveryPublic): void {
  changeUser(draft, user, () => ({ recovery }));
}
