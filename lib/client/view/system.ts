// System lines: what the ledger says happened in a channel, by whose signature (UX 4).
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { SystemItem, SystemWhat } from "@/lib/client/api.ts";

import { at, type ScopeState } from "@/lib/proof/state.ts";

import { readCard } from "@/lib/proof/verify.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";

import type { Link } from "@/lib/protocol/link.ts";

type Line = { readonly what: SystemWhat; readonly subject: UserId | null; readonly text?: string };

/** `text` says why: an announced root key put in force, or a new card for one who lost everything (D7). */
function keyLine({ body }: Extract<Link, { readonly type: "rekey" }>): Line {
  return { what: "key-changed", subject: body.user, text: body.card === null ? "root-renew" : "rekey" };
}

/** The line in a private scope or DM about the new root key of somebody whom it names. */
function memberKeyLine(link: Link, n: number, scope: ScopeState): Line | null {
  if (link.type !== "rekey" || (at(scope.named.get(link.body.user) ?? [], n) ?? null) === null) return null;
  return keyLine(link);
}

/** The line a link makes in a private scope or DM, if any. */
function scopeLine(link: Link): Line | null {
  switch (link.type) {
    case "scope_create":
      return { what: "created", subject: null };
    case "scope_add":
      return { what: "added", subject: link.body.user };
    case "scope_remove":
      return { what: link.body.user === link.user ? "left" : "removed", subject: link.body.user };
    case "scope_readmit":
      return { what: "readmitted", subject: link.body.user };
    case "scope_archive":
      return { what: "archived", subject: null };
    default:
      return null;
  }
}

/** Who pinned what is pinned now. The line bears the message's id. */
function pinItems(account: Account, channel: ChannelId): SystemItem[] {
  return account.registers.entries("pin").flatMap(({ content, by, at: when }) => {
    if (content.channel !== channel || !content.on || by === null) return [];
    return [
      { t: "system", id: `pin.${content.target.id}`, at: when, what: "pinned", actor: by, subject: null, text: "" },
    ];
  });
}

/** Whom a card that the fold has judged brings. */
function newcomerOf(card: SignedCard): UserId | null {
  return readCard(card).user;
}

/** The line a link makes in a public channel: its own creation and end; joins show in the first channel only. */
function publicLine(account: Account, link: Link, channel: ChannelId): Line | null {
  const first = account.state.channels.keys().next().value === channel;
  switch (link.type) {
    case "channel_create":
      return link.body.channel === channel ? { what: "created", subject: null } : null;
    case "channel_archive":
      return link.body.channel === channel ? { what: "archived", subject: null } : null;
    case "member_add":
      return first ? { what: "joined", subject: newcomerOf(link.body.card) } : null;
    case "member_restore":
      return first ? { what: "added", subject: link.body.user } : null;
    case "member_join":
      return first ? { what: "joined", subject: link.user } : null;
    case "member_remove":
      return first ? { what: link.body.user === link.user ? "left" : "removed", subject: link.body.user } : null;
    case "device_add":
      return first ? { what: "device-added", subject: link.user } : null;
    case "device_revoke":
      return first ? { what: "device-removed", subject: link.user } : null;
    case "rekey":
      return first ? keyLine(link) : null;
    default:
      return null;
  }
}

/** System lines of a channel in time order; without `whole`, only those after `from` (ms). Times are the signers' claims. */
export function systemItems(account: Account, channel: ChannelId, whole: boolean, from: number): SystemItem[] {
  const scope = account.scopeState(channel);
  if (scope === undefined) return [];
  const items: SystemItem[] = [];
  for (const { link, n } of account.book.valid()) {
    const inScope = link.kind === "C" && (link.chain as string) === scope.id;
    const scoped = inScope ? scopeLine(link) : memberKeyLine(link, n, scope);
    const line = scope.kind === "workspace" ? publicLine(account, link, channel) : scoped;
    if (line === null || (!whole && link.ts < from)) continue;
    items.push({
      t: "system",
      id: `n${n}`,
      at: link.ts,
      what: line.what,
      actor: link.user,
      subject: line.subject,
      text: line.text ?? "",
    });
  }
  items.push(...pinItems(account, channel).filter(({ at }) => whole || at >= from));
  return items.sort((a, b) => a.at - b.at);
}
