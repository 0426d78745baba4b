// What a rule is: one sentence, the link types it is about, and its verdict on one link (PROTOCOL L5, L7).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { SigContext, VerifyCache } from "@/lib/proof/verify.ts";
import type { Card } from "@/lib/protocol/device.ts";
import type { Link, LinkAct, LinkType, SignedLink } from "@/lib/protocol/link.ts";

/** One link about to be folded, on the ledger exactly as it stands at n−1. */
export type Step = {
  readonly state: LedgerState;
  readonly n: number;
  readonly link: Link;
  readonly signed: SignedLink;
  /** the card in the link's body, read but not verified; null where there is none */
  readonly card: Card | null;
  readonly verify: (context: SigContext, pk: Uint8Array, bytes: Uint8Array, sig: Uint8Array) => boolean;
  /** what verified before; for key checks */
  readonly cache: VerifyCache | undefined;
};

/** A link of which a rule finds a fault keeps its place and changes nothing (L5). */
export type Rule = {
  /** PROTOCOL number and one sentence; unique */
  readonly says: string;
  readonly types: ReadonlySet<LinkType>;
  readonly judge: (step: Step) => FaultCode | null;
};

type BodyOf<T extends LinkType> = Extract<LinkAct, { readonly type: T }>["body"];

/** A rule about links of some types; `judge` gets their body. */
export function rule<const T extends LinkType>(
  types: readonly T[],
  says: string,
  judge: (step: Step, body: BodyOf<T>) => FaultCode | null,
): Rule {
  // A link's type decides its body (parseLink), and rules are asked about their own types alone.
  return { says, types: new Set(types), judge: (step) => judge(step, step.link.body as BodyOf<T>) };
}
