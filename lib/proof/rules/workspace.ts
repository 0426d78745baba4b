// Rules about what the workspace shares: its policy, releases and public channels (PROTOCOL L7, V1).
import type { ChannelId } from "@/lib/base/ids.ts";
import { isAdminRole, isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

function mayRun({ state, link }: Step, channel: ChannelId): boolean {
  const role = roleAt(state, link.user);
  return isAdminRole(role) || (isInsideRole(role) && state.channels.get(channel)?.creator === link.user);
}

export const WORKSPACE_RULES: readonly Rule[] = [
  rule(["policy_set", "release"], "L7 An owner sets the policy and names releases.", ({ state, link }) =>
    roleAt(state, link.user) === "owner" ? null : "proof/no-right",
  ),
  rule(["policy_set"], "V1 The lowest accepted version and suite never fall.", ({ state }, body) => {
    const now = latest(state.policy);
    const lower = now !== undefined && (body.minVersion < now.minVersion || body.minSuite < now.minSuite);
    return lower ? "proof/bad-policy" : null;
  }),
  rule(["channel_create"], "L7 A member makes public channels where the policy lets him, an admin always.", (step) => {
    const role = roleAt(step.state, step.link.user);
    const byPolicy = latest(step.state.policy)?.channels === "members" && isInsideRole(role);
    return isAdminRole(role) || byPolicy ? null : "proof/no-right";
  }),
  rule(["channel_create"], "L7 A channel’s id was never given, to nothing.", ({ state }, body) =>
    state.taken.has(body.channel) ? "proof/duplicate" : null,
  ),
  rule(["channel_archive", "channel_policy"], "L7 The channel exists.", ({ state }, body) =>
    state.channels.has(body.channel) ? null : "proof/unknown-target",
  ),
  rule(["channel_archive", "channel_policy"], "L7 A channel is archived once, and nothing more after.", (step, body) =>
    (step.state.channels.get(body.channel)?.archivedAt ?? null) === null ? null : "may/archived",
  ),
  rule(["channel_archive", "channel_policy"], "L7 A channel’s creator or an admin runs it.", (step, body) =>
    mayRun(step, body.channel) ? null : "proof/no-right",
  ),
];
