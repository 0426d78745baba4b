// The rules of the ledger, all of them, in the order in which they are asked (PROTOCOL L5, L7).
import { CARD_RULES } from "./cards.ts";
import { DEVICE_RULES } from "./devices.ts";
import { ENVELOPE_RULES } from "./envelope.ts";
import { EPOCH_RULES } from "./epochs.ts";
import { INVITE_RULES } from "./invites.ts";
import { PEOPLE_RULES } from "./people.ts";
import type { Rule } from "./rule.ts";
import { SCOPE_RULES } from "./scopes.ts";
import { WORKSPACE_RULES } from "./workspace.ts";

/** The first rule that finds a fault makes a link void, and its code is reported. */
export const RULES: readonly Rule[] = [
  ...ENVELOPE_RULES,
  ...CARD_RULES,
  ...PEOPLE_RULES,
  ...INVITE_RULES,
  ...WORKSPACE_RULES,
  ...DEVICE_RULES,
  ...SCOPE_RULES,
  ...EPOCH_RULES,
];
