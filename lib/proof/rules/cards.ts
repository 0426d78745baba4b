// Rules about the cards that people bring along (PROTOCOL section 2, I5, D7).
import { toBase64url } from "@/lib/base/encoding.ts";
import { deviceId, selfScope } from "@/lib/proof/hash.ts";
import { latest } from "@/lib/proof/state.ts";
import { judgeCardKeys, judgeCardSignatures } from "@/lib/proof/verify.ts";
import type { Rule } from "./rule.ts";
import { rule } from "./rule.ts";

const WITH_CARD = ["ws_create", "member_add", "member_join", "rekey"] as const;
const NEWCOMERS = ["ws_create", "member_add", "member_join"] as const;

export const CARD_RULES: readonly Rule[] = [
  rule(WITH_CARD, "I1 A card is made for this workspace; the founder’s names none.", ({ link, card }) =>
    card === null || card.ws === link.ws ? null : "proof/wrong-workspace",
  ),
  rule(WITH_CARD, "C4 Every key on a card is valid.", ({ card, cache }) =>
    card === null ? null : judgeCardKeys(card, cache),
  ),
  rule(WITH_CARD, "C2 A card is signed by its root key and its device.", ({ card, cache }, body) =>
    card === null || body.card === null ? null : judgeCardSignatures(body.card, card, cache),
  ),
  rule(NEWCOMERS, "I5 A newcomer’s id was never given.", ({ state, card }) =>
    card !== null && !state.taken.has(card.user) && !state.taken.has(selfScope(state.ws, card.user))
      ? null
      : "proof/duplicate",
  ),
  rule(WITH_CARD, "I5 D7 A card’s root key is new.", ({ state, card }) =>
    card === null || !state.taken.has(toBase64url(card.rik)) ? null : "proof/duplicate",
  ),
  rule(WITH_CARD, "I5 D7 A card’s device is new.", ({ state, card }) =>
    card === null || !state.deviceOwner.has(deviceId(card.device)) ? null : "proof/duplicate",
  ),
  rule(NEWCOMERS, "D3 A newcomer’s PUK and recovery keys are the first.", ({ card }) =>
    card !== null && card.puk.gen === 1 && (card.recovery?.gen ?? 1) === 1 ? null : "proof/bad-card",
  ),
  rule(
    ["ws_create"],
    "L6 The founder’s card bears no recovery keys: they are derived from the workspace.",
    ({ card }) => (card?.recovery === null ? null : "proof/bad-card"),
  ),
  rule(
    ["rekey"],
    "D7 A new card goes on counting the generations of its person’s PUK and recovery keys.",
    (step, body) => {
      const person = step.state.users.get(body.user);
      if (step.card === null || person === undefined) return null;
      const puk = step.card.puk.gen === (latest(person.puks)?.gen ?? 0) + 1;
      const recovery = step.card.recovery === null || step.card.recovery.gen === (person.recovery?.gen ?? 0) + 1;
      return puk && recovery ? null : "proof/bad-card";
    },
  ),
  rule(["rekey"], "D7 A new card is made out to the person whom it gets back in.", ({ card }, body) =>
    card === null || card.user === body.user ? null : "proof/bad-card",
  ),
];
