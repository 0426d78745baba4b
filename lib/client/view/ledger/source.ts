// What the views of the ledger need of an account, so that they can be tried over any folded ledger (UX 4).
import type { ChannelId, DeviceId } from "@/lib/base/ids.ts";
import type { Entry, LedgerState } from "@/lib/proof/state.ts";
import type { Link } from "@/lib/protocol/link.ts";

export type LedgerSource = {
  readonly state: LedgerState;
  readonly entries: readonly Entry[];
  /** the link at position n, void ones too; undefined where its content is not seen here */
  readonly linkAt: (n: number) => Link | undefined;
  /** a channel's name as it is known here, plain; empty when it is not */
  readonly nameOf: (channel: ChannelId) => string;
};

/** The acting device of a link that a recovery code signed (LinkFrame). */
export const NO_DEVICE = "AAAAAAAAAAAAAAAAAAAAAA" as string as DeviceId;
