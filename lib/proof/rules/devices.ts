// Rules about a person's devices, keys, recovery and circle (PROTOCOL L7, D2, D3, D6, D7).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { DeviceId } from "@/lib/base/ids.ts";
import { deviceId, popBytes } from "@/lib/proof/hash.ts";
import { currentPuk, deviceActiveAt, deviceOf, roleAt } from "@/lib/proof/queries.ts";
import { checkDeviceKeys, checkKemKey, checkPublicKey, checkRecoveryKeys } from "@/lib/proof/verify.ts";
import type { DevicePublic, PukPublic, RecoveryPublic } from "@/lib/protocol/device.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

type Brought = { readonly device: DevicePublic; readonly pop: Uint8Array | null };

function isOwnActive({ state, link }: Step, device: DeviceId): boolean {
  return deviceOf(state, device)?.user === link.user && deviceActiveAt(state, device);
}

function popHolds({ state, link, verify }: Step, { device, pop }: Brought): boolean {
  return pop !== null && verify("pop", device.sign, popBytes(state.ws, link.user, deviceId(device)), pop);
}

/** A device that stays was proved when it came, and may be far away from whoever restates it (D2). */
function staysOrProves(step: Step, brought: Brought): boolean {
  return brought.pop === null ? isOwnActive(step, deviceId(brought.device)) : popHolds(step, brought);
}

function isNextPuk({ state, link }: Step, puk: PukPublic): boolean {
  return puk.gen === (currentPuk(state, link.user)?.gen ?? 0) + 1 && checkKemKey(puk.pk);
}

function isNextRecovery({ state, link, cache }: Step, recovery: RecoveryPublic): boolean {
  const next = (state.users.get(link.user)?.recovery?.gen ?? 0) + 1;
  return recovery.gen === next && checkRecoveryKeys(recovery, cache);
}

/** Those of `devices` that the person does not have already must be nobody's, and none is named twice. */
function areOwnOrNew(step: Step, devices: readonly Brought[]): boolean {
  const ids = devices.map(({ device }) => deviceId(device));
  const fine = ids.every((id) => !step.state.deviceOwner.has(id) || isOwnActive(step, id));
  return fine && new Set(ids).size === ids.length;
}

export const DEVICE_RULES: readonly Rule[] = [
  rule(["device_add"], "C4 A new device’s keys are valid.", ({ cache }, body) =>
    checkDeviceKeys(body.device, cache) ? null : "proof/bad-key",
  ),
  rule(["device_add"], "D1 A new device was never anybody’s.", ({ state }, body) =>
    state.deviceOwner.has(deviceId(body.device)) ? "proof/duplicate" : null,
  ),
  rule(["device_add"], "L7 A new device shows that it holds its key, for this person here.", (step, body) =>
    popHolds(step, body) ? null : "proof/bad-signature",
  ),
  rule(["device_revoke"], "D2 A retired device is one’s own and active.", (step, body) =>
    isOwnActive(step, body.device) ? null : "proof/unknown-target",
  ),
  rule(["device_revoke"], "D2 A device is retired from another.", ({ link }, body) =>
    body.device === link.device ? "proof/no-right" : null,
  ),
  rule(["device_revoke", "user_reset"], "D2 A revocation brings the next generation of the PUK.", (step, body) =>
    isNextPuk(step, body.puk) ? null : "proof/bad-key",
  ),
  rule(["user_reset"], "C4 Every device that a reset restates has valid keys.", ({ cache }, body) =>
    body.devices.every(({ device }) => checkDeviceKeys(device, cache)) ? null : "proof/bad-key",
  ),
  rule(["user_reset"], "D2 A reset restates own devices or brings new ones, each once.", (step, body) =>
    areOwnOrNew(step, body.devices) ? null : "proof/duplicate",
  ),
  rule(["user_reset"], "D2 Every device that a reset brings shows that it holds its key.", (step, body) =>
    body.devices.every((brought) => staysOrProves(step, brought)) ? null : "proof/bad-signature",
  ),
  rule(["user_reset", "recovery_set"], "D3 New recovery keys are valid and the next generation.", (step, body) =>
    body.recovery === null || isNextRecovery(step, body.recovery) ? null : "proof/bad-key",
  ),
  rule(["root_renew"], "C4 A new root key is valid.", ({ cache }, body) =>
    checkPublicKey(body.rik, cache) ? null : "proof/bad-key",
  ),
  rule(["root_renew"], "D7 A new root key was never anybody’s.", ({ state }, body) =>
    state.taken.has(toBase64url(body.rik)) ? "proof/duplicate" : null,
  ),
  rule(["root_renew"], "D7 The new root key signs too.", ({ signed, verify }, body) =>
    signed.extra !== null && verify("root", body.rik, signed.bytes, signed.extra) ? null : "proof/bad-signature",
  ),
  rule(
    ["circle_set"],
    "D6 A circle needs at least two of its helpers, or there is none.",
    (_, { threshold, helpers }) => {
      const none = threshold === 0 && helpers.length === 0;
      return none || (threshold >= LIMITS.circleThreshold && threshold <= helpers.length) ? null : "proof/bad-policy";
    },
  ),
  rule(["circle_set"], "D6 Helpers are other members, each once.", ({ state, link }, { helpers }) => {
    const others = helpers.every(({ user }) => user !== link.user && roleAt(state, user) !== null);
    const once = new Set(helpers.map(({ user }) => user)).size === helpers.length;
    return others && once ? null : "proof/unknown-target";
  }),
];
