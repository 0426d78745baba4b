// The commands about members, each on its account.
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { endedOf } from "@/lib/client/account/ending.ts";
import type { MemberCommands } from "@/lib/client/api/members.ts";
import { checkSignOut } from "@/lib/client/commands/people.ts";
import type { Waiting } from "@/lib/client/joins/waiting.ts";
import * as members from "./members.ts";

type MemberHost = {
  readonly waiting: Waiting;
  account(ws: WorkspaceId): Account;
  retire(account: Account): Promise<void>;
};

export function memberCommands(host: MemberHost): MemberCommands {
  return {
    requestToJoin: (input) => host.waiting.ask(input),
    dismissJoin: ({ ws }) => host.waiting.dismiss(ws),
    approveJoin: ({ ws, user, channels }) => host.account(ws).desk.approve(user, channels),
    declineJoin: async ({ ws, user }) => ({ outcome: await host.account(ws).desk.decline(user) }),
    setRole: ({ ws, user, role }) => members.setRole(host.account(ws), user, role),
    transferOwnership: ({ ws, user }) => members.transferOwnership(host.account(ws), user),
    removeFromWorkspace: ({ ws, user }) => members.removeFromWorkspace(host.account(ws), user),
    restoreMember: ({ ws, user }) => members.restoreMember(host.account(ws), user),
    setPolicy: ({ ws, ...wanted }) => members.setPolicy(host.account(ws), wanted),
    leaveWorkspace: async ({ ws }) => {
      const account = host.account(ws);
      if (endedOf(account) === null) await members.removeFromWorkspace(account, account.me);
      await host.retire(account);
    },
    forgetWorkspace: async ({ ws }) => {
      const account = host.account(ws);
      // Who is out has nothing to come back to: no recovery code is asked for.
      if (endedOf(account) === null) checkSignOut(account);
      await host.retire(account);
    },
  };
}
