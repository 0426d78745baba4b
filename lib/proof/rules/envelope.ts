// Rules about every link: where it stands, who acts, and whose signature it bears (PROTOCOL L1, L6, L7, C2).
import { mintId } from "@/lib/base/ids.ts";
import { deviceId } from "@/lib/proof/hash.ts";
import { deviceActiveAt, deviceOf, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { LinkType } from "@/lib/protocol/link.ts";
import { BODIES } from "@/lib/protocol/link.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

const ALL = Object.values(BODIES).flatMap((types) => Object.keys(types)) as LinkType[];
/** Signed by the RIK, in the person's own name and no device's. */
const BY_ROOT: readonly LinkType[] = ["user_reset", "recovery_set"];
/** Signed by the device of the card inside. */
const BY_CARD: readonly LinkType[] = ["ws_create", "member_join"];
/** Bear a second signature. */
const TWICE: readonly LinkType[] = ["member_join", "root_renew"];
const BY_DEVICE = ALL.filter((type) => !BY_ROOT.includes(type) && !BY_CARD.includes(type));
const NO_DEVICE = mintId<"device">(new Uint8Array(16));

function signedByDevice({ state, link, signed, verify }: Step): boolean {
  const device = deviceOf(state, link.device);
  return device !== undefined && verify("link", device.keys.sign, signed.bytes, signed.sig);
}

function signedByRoot({ state, link, signed, verify }: Step): boolean {
  const rik = latest(state.users.get(link.user)?.rik ?? []);
  return rik !== undefined && verify("root", rik, signed.bytes, signed.sig);
}

export const ENVELOPE_RULES: readonly Rule[] = [
  rule(ALL, "L6 The first link creates the workspace, and no other does.", ({ n, link }) => {
    if (n === 1) return link.type === "ws_create" ? null : "proof/wrong-workspace";
    return link.type === "ws_create" ? "proof/duplicate" : null;
  }),
  rule(ALL, "L1 A link names the workspace in which it stands.", ({ state, n, link }) =>
    link.ws === (n === 1 ? null : state.ws) ? null : "proof/wrong-workspace",
  ),
  rule([...BY_DEVICE, ...BY_ROOT], "L7 Whoever acts is a member.", ({ state, link }) =>
    roleAt(state, link.user) === null ? "proof/not-member" : null,
  ),
  rule(BY_DEVICE, "L7 The acting device is the actor’s own and active.", ({ state, link }) =>
    deviceOf(state, link.device)?.user === link.user && deviceActiveAt(state, link.device) ? null : "proof/not-active",
  ),
  rule(BY_ROOT, "L7 What the root key signs names no device.", ({ link }) =>
    link.device === NO_DEVICE ? null : "proof/not-active",
  ),
  rule(BY_CARD, "L6 I5 Whoever brings his own card acts as the person and device on it.", ({ link, card }) =>
    card !== null && link.user === card.user && link.device === deviceId(card.device) ? null : "proof/bad-card",
  ),
  rule(BY_DEVICE, "C2 The acting device signed the link.", (step) =>
    signedByDevice(step) ? null : "proof/bad-signature",
  ),
  rule(BY_ROOT, "L7 The root key signed the link.", (step) => (signedByRoot(step) ? null : "proof/bad-signature")),
  rule(BY_CARD, "L6 I5 The card’s device signed the link.", ({ signed, card, verify }) =>
    card !== null && verify("link", card.device.sign, signed.bytes, signed.sig) ? null : "proof/bad-signature",
  ),
  rule(ALL, "L1 A second signature stands where one belongs and nowhere else.", ({ link, signed }) =>
    (signed.extra !== null) === TWICE.includes(link.type) ? null : "proof/bad-signature",
  ),
  rule(
    ["device_add", "device_revoke", "root_renew", "circle_set", "user_reset", "recovery_set"],
    "L7 A person’s chain holds his own links alone.",
    ({ link }) => ((link.chain as string) === link.user ? null : "proof/no-right"),
  ),
];
