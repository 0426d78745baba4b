// Every command by name, each on its account: the table between screens and what they ask for.
import { type EventId, ID_BYTES, mintId, parseId } from "@/lib/base/ids.ts";
import type { LedgerCommands } from "@/lib/client/api/ledger.ts";
import type { Commands } from "@/lib/client/api.ts";
import { circleCommands } from "@/lib/client/commands/access/circle.ts";
import { deviceCommands } from "@/lib/client/commands/access/devices.ts";
import { lockCommands } from "@/lib/client/commands/access/lock.ts";
import { recoveryCommands } from "@/lib/client/commands/access/recovery.ts";
import { renewalCommands } from "@/lib/client/commands/access/renewal.ts";
import { fileCommands } from "@/lib/client/commands/looking/files.ts";
import * as inspect from "@/lib/client/commands/looking/inspect.ts";
import * as ledger from "@/lib/client/commands/looking/ledger.ts";
import { conversationCommands } from "@/lib/client/conversation/commands.ts";
import { memberCommands } from "@/lib/client/members/commands.ts";
import * as invites from "@/lib/client/members/invites.ts";
import { notifyCommands } from "@/lib/client/notify/commands.ts";
import { presenceCommands } from "@/lib/client/presence/commands.ts";
import { reactionCommands } from "@/lib/client/reactions/commands.ts";
import { searchCommands } from "@/lib/client/search/commands.ts";
import { threadCommands } from "@/lib/client/threads/commands.ts";
import { loadSome } from "@/lib/client/threads/fill.ts";
import { verifyCommands } from "@/lib/client/verify/commands.ts";
import { H } from "@/lib/proof/hash.ts";
import { alarmFile } from "./alarms.ts";
import * as channels from "./channels.ts";
import { dailyCommands } from "./daily.ts";
import { createWorkspace, type Entrance, inspectInvite, joinWorkspace } from "./enter.ts";
import type { Host } from "./host.ts";
import * as messages from "./messages.ts";
import * as people from "./people.ts";
import { termsCommands } from "./places.ts";

/** A command that may be repeated after its answer was lost carries an id; the same one makes the same event. */
function eventIdOf(input: object): EventId | undefined {
  const commandId = "commandId" in input ? input.commandId : undefined;
  if (typeof commandId !== "string") return undefined;
  return parseId<"event">(commandId) ?? mintId<"event">(H("command", commandId).subarray(0, ID_BYTES));
}

function enterCommands(host: Host): Pick<Commands, "createWorkspace" | "inspectInvite" | "joinWorkspace" | "signOut"> {
  const entrance = (): Entrance => ({
    ports: host.ports,
    vault: host.vault,
    adopt: (keyring, vault) => host.adopt(keyring, vault),
    has: (ws) => host.accounts.has(ws),
  });
  return {
    createWorkspace: async (input) => {
      const account = await createWorkspace(entrance(), input);
      await host.enlist(account);
      return { ws: account.ws };
    },
    inspectInvite: ({ fragment }) => inspectInvite(entrance(), fragment),
    joinWorkspace: async (input) => {
      const account = await joinWorkspace(entrance(), input);
      await host.enlist(account);
      return { ws: account.ws };
    },
    signOut: async ({ ws }) => {
      const account = host.account(ws);
      people.checkSignOut(account);
      // A device that is gone is not woken; where the server cannot be told, the push service will not know it any more.
      await account.session.call("push.unsubscribe", {}).catch(() => undefined);
      await host.retire(account);
    },
  };
}

type Talk =
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
  | "retryMessage"
  | "discardMessage"
  | "loadOlder"
  | "markRead"
  | "saveDraft"
  | "inspectEvent"
  | "serverRows";

function talkCommands(host: Host): Pick<Commands, Talk> {
  return {
    sendMessage: (input) => {
      const id = eventIdOf(input);
      return messages.sendMessage(host.account(input.ws), id === undefined ? input : { ...input, id });
    },
    editMessage: (input) => messages.editMessage(host.account(input.ws), input),
    deleteMessage: (input) => messages.deleteMessage(host.account(input.ws), input),
    retryMessage: (input) => messages.retryMessage(host.account(input.ws), input),
    discardMessage: (input) => messages.discardMessage(host.account(input.ws), input),
    loadOlder: async ({ ws, channel }) => {
      const account = host.account(ws);
      if (account.loadingOlder.has(channel)) return;
      account.loadingOlder.add(channel);
      account.changed({ channel });
      try {
        await loadSome(account, channel);
      } finally {
        account.loadingOlder.delete(channel);
        account.changed({ channel });
      }
    },
    markRead: ({ ws, channel }) => messages.markRead(host.account(ws), channel),
    saveDraft: ({ ws, channel, thread, text }) =>
      host.account(ws).daily.drafts.save({ channel, thread: thread ?? null }, text),
    inspectEvent: ({ ws, channel, id }) => inspect.inspectEvent(host.account(ws), channel, id),
    serverRows: ({ ws, ...input }) => inspect.serverRows(host.account(ws), input),
  };
}

type Place =
  | "createChannel"
  | "renameChannel"
  | "archiveChannel"
  | "joinChannel"
  | "leaveChannel"
  | "addMember"
  | "removeMember"
  | "startDm";

function placeCommands(host: Host): Pick<Commands, Place> {
  return {
    createChannel: ({ ws, ...input }) => channels.createChannel(host.account(ws), input),
    renameChannel: ({ ws, ...input }) => channels.renameChannel(host.account(ws), input),
    archiveChannel: ({ ws, channel }) => channels.archiveChannel(host.account(ws), channel),
    joinChannel: ({ ws, channel }) => channels.joinChannel(host.account(ws), channel),
    leaveChannel: ({ ws, channel }) => channels.leaveChannel(host.account(ws), channel),
    addMember: ({ ws, channel, user }) => channels.addMember(host.account(ws), channel, user),
    removeMember: ({ ws, channel, user }) => channels.removeMember(host.account(ws), channel, user),
    startDm: ({ ws, users }) => channels.startDm(host.account(ws), users),
  };
}

type Folk = "recoveryWords" | "confirmRecovery" | "createInvite" | "closeInvite" | "setProfile" | "renameWorkspace";

function folkCommands(host: Host): Pick<Commands, Folk> {
  return {
    recoveryWords: async ({ ws }) => people.recoveryWords(host.account(ws)),
    confirmRecovery: ({ ws, answers }) => people.confirmRecovery(host.account(ws), answers),
    createInvite: ({ ws, ...input }) => invites.createInvite(host.account(ws), input),
    closeInvite: ({ ws, invite }) => invites.closeInvite(host.account(ws), invite),
    setProfile: ({ ws, ...input }) => people.setProfile(host.account(ws), input),
    renameWorkspace: ({ ws, name }) => people.renameWorkspace(host.account(ws), name),
  };
}

function ledgerCommands(host: Host): LedgerCommands {
  return {
    serverKeys: ({ ws, channel }) => inspect.serverKeys(host.account(ws), channel),
    ledgerPage: async ({ ws, ...input }) => ledger.ledgerPage(host.account(ws), input),
    ledgerEntry: async ({ ws, n }) => ledger.ledgerEntry(host.account(ws), n),
    ledgerFile: async ({ ws }) => ledger.ledgerFile(host.account(ws)),
    ledgerLooked: ({ ws, n }) => ledger.ledgerLooked(host.account(ws), n),
  };
}

/** All commands over a host. */
export function makeCommands(host: Host): Commands {
  return {
    alarmFile: ({ ws, id }) => alarmFile(host.account(ws), id),
    confirmRestore: ({ ws }) => host.account(ws).healing.confirm(),
    ...enterCommands(host),
    ...talkCommands(host),
    ...placeCommands(host),
    ...folkCommands(host),
    ...dailyCommands(host),
    ...termsCommands(host),
    ...ledgerCommands(host),
    ...recoveryCommands(host),
    ...circleCommands(host),
    ...renewalCommands(host),
    ...deviceCommands(host),
    ...fileCommands(host),
    ...lockCommands(host),
    ...searchCommands(host),
    ...conversationCommands((ws) => host.account(ws), eventIdOf),
    ...memberCommands(host),
    ...threadCommands(host),
    ...reactionCommands(host),
    ...notifyCommands(host),
    ...presenceCommands(host),
    ...verifyCommands((ws) => host.account(ws)),
  };
}
