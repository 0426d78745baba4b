// Verifying people: the ceremony by number and by code, accepting a changed key, vouching (PROTOCOL A3, A4, L10).
import { Fault } from "@/lib/base/errors.ts";
import { stateChannel, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { VerifyCommands, VerifyView } from "@/lib/client/api/verify.ts";
import { workspaceNumber } from "@/lib/proof/hash.ts";
import { owners } from "@/lib/proof/queries.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { crossOver, leaveFork } from "./forks.ts";
import { groupsOf, pickTwo, sameGroups, type Try } from "./number.ts";
import { codeFor, compareCode, pairOf, readCode } from "./scan.ts";
import { rootOf, Standings } from "./standing.ts";

/** Tries under way; a restart ends them. */
const tries = new WeakMap<Account, Map<UserId, Try>>();

function start(account: Account, user: UserId): VerifyView {
  const groups = groupsOf(account.ws, account.me, user, pairOf(account, user));
  const asked = pickTwo();
  const open = tries.get(account) ?? new Map<UserId, Try>();
  tries.set(account, open.set(user, { number: groups.join(" "), asked }));
  return {
    code: codeFor(account, user),
    groups: groups.map((group, i) => (asked.includes(i) ? null : group)),
    asked,
  };
}

async function typed(account: Account, user: UserId, answer: readonly [string, string]): Promise<boolean> {
  const open = tries.get(account)?.get(user);
  const groups = groupsOf(account.ws, account.me, user, pairOf(account, user));
  if (open === undefined || open.number !== groups.join(" ")) throw new Fault("verify/not-started");
  if (!sameGroups(groups, open.asked, answer)) return false;
  tries.get(account)?.delete(user);
  await keep(account, user, "number");
  return true;
}

/** Keeps in the self scope, sealed, what was compared or accepted: all one's devices know it. */
async function keep(account: Account, user: UserId, how: ContentOf<"verified">["how"]): Promise<void> {
  const { theirs } = pairOf(account, user);
  const former = new Standings(account).record(user, how === "accepted");
  const rev = account.registers.nextRev(former);
  const at = account.ports.clock.now();
  await account.outbox.add(account.selfChannel, { k: "verified", user, rev, rik: theirs, how, at });
  account.kick(account.selfChannel);
  account.changed("workspace");
  // What waited toward this person may go now.
  for (const channel of new Set(account.outbox.entries().map((entry) => entry.channel))) account.kick(channel);
}

async function scan(account: Account, user: UserId, text: string): Promise<{ freed: boolean }> {
  await compareCode(account, readCode(account, user, text));
  const freed = leaveFork(account);
  account.settled("verify/keys-differ", user);
  await keep(account, user, "qr");
  return { freed };
}

async function takeHead(account: Account, user: UserId, text: string): Promise<void> {
  const code = readCode(account, user, text);
  await crossOver(account, code.n, code.head);
}

async function vouch(account: Account, user: UserId, on: boolean): Promise<void> {
  const { own, theirs } = pairOf(account, user);
  if (on && !new Standings(account).sure(user)) throw new Fault("verify/not-verified");
  const rev = account.registers.nextRev(account.registers.vouch(account.me, user));
  const channel = stateChannel(account.workspaceScope);
  await account.send(channel, { k: "vouch", user, rev, rik: theirs, as: own, on });
}

function numberOf(account: Account): { groups: readonly string[]; owner: UserId } {
  const longest = owners(account.state).sort(
    (a, b) => (account.state.users.get(a)?.joinedAt ?? 0) - (account.state.users.get(b)?.joinedAt ?? 0),
  )[0];
  const rik = longest === undefined ? undefined : rootOf(account, longest);
  if (longest === undefined || rik === undefined) throw new Fault("verify/no-person");
  return { groups: workspaceNumber(account.ws, rik).split(" "), owner: longest };
}

export function verifyCommands(on: (ws: WorkspaceId) => Account): VerifyCommands {
  return {
    verifyStart: async ({ ws, user }) => start(on(ws), user),
    safetyNumber: async ({ ws, user }) => ({ groups: groupsOf(ws, on(ws).me, user, pairOf(on(ws), user)) }),
    verifyTyped: ({ ws, user, typed: answer }) => typed(on(ws), user, answer),
    verifyDiffers: async ({ ws, user }) => on(ws).note("verify/keys-differ", "alarm", user),
    verifyScan: ({ ws, user, text }) => scan(on(ws), user, text),
    takeHead: ({ ws, user, text }) => takeHead(on(ws), user, text),
    acceptKey: ({ ws, user }) => keep(on(ws), user, "accepted"),
    vouch: ({ ws, user, on: yes }) => vouch(on(ws), user, yes),
    workspaceNumber: async ({ ws }) => numberOf(on(ws)),
  };
}
