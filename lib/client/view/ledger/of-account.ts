// The ledger of one account as the readable record shows it: its head, what was looked at, names of channels (UX 4).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ScopeId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { LedgerView } from "@/lib/client/api/ledger.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { scopePlace } from "./places.ts";
import type { LedgerSource } from "./source.ts";

/** The setting in the self scope that holds how far one has looked. */
export const LOOKED = "ledger-looked";

/** The account's ledger, with the names it knows. */
export function sourceOf(account: Account): LedgerSource {
  return {
    state: account.state,
    entries: account.book.entries,
    linkAt: (n) => account.book.linkAt(n),
    nameOf: (channel) => plainLabel(account.registers.channel(channel)?.name ?? ""),
  };
}

/** The position up to which one has looked, on any device; 0: never. */
export function lookedAt(account: Account): number {
  const waiting = account.outbox
    .entries(account.selfChannel)
    .flatMap(({ content }) => (content.k === "setting" && content.key === LOOKED ? [Number(content.value)] : []));
  const kept = Number(account.registers.setting(LOOKED)?.value ?? 0);
  return Math.max(0, ...[kept, ...waiting].filter(Number.isSafeInteger));
}

export function ledgerView(account: Account): LedgerView {
  const { state } = account;
  return {
    position: state.n,
    head: toBase64url(state.head),
    seen: lookedAt(account),
    hidden: account.book.entries.filter(({ link }) => link === null).length,
    voids: state.voids.length,
    quiet: account.stateChannels().map((channel) => ({
      channel,
      place: channel === account.selfChannel ? null : scopePlace(sourceOf(account), channel as string as ScopeId),
    })),
  };
}
