// Commands about lost and leaked codes: a new root key, and people let back in (PROTOCOL D7, L8).
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { RenewalCommands } from "@/lib/client/api/renewal.ts";
import { readmit } from "@/lib/client/renewal/readmit.ts";
import { createReturnLink } from "@/lib/client/renewal/return-link.ts";
import { announceRoot, approveRoot } from "@/lib/client/renewal/root.ts";

export function renewalCommands(host: { account(ws: WorkspaceId): Account }): RenewalCommands {
  return {
    renewRoot: ({ ws, leaked }) => announceRoot(host.account(ws), leaked),
    approveRoot: ({ ws, user, root }) => approveRoot(host.account(ws), user, root),
    createReturnLink: ({ ws, user }) => createReturnLink(host.account(ws), user),
    readmitMember: ({ ws, channel, user }) => readmit(host.account(ws), channel, user),
  };
}
