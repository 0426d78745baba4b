// Channels, private channels and DMs: made, named, archived, joined, left, filled and emptied (PROTOCOL L7, L8, E8, E10).

import { Fault, isFault } from "@/lib/base/errors.ts";
import { type ChannelId, ID_BYTES, mintId, type ScopeId, stateChannel, type UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { leftKey } from "@/lib/client/account/left.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { mainChannel } from "@/lib/proof/hash.ts";
import { isScopeMember } from "@/lib/proof/queries.ts";
import { latest, type ScopeState } from "@/lib/proof/state.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const POLICY = { adds: "managers", post: "all", retentionDays: null } as const;

/** A channel's name as it is kept: trimmed, one line, bounded. Throws app/empty. */
function cleanName(name: string): string {
  const clean = name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.nameChars);
  if (clean === "") throw new Fault("app/empty");
  return clean;
}

/** The private scope behind a channel. Throws may/not-found for public and unknown ones. */
function privateScope(account: Account, channel: ChannelId): ScopeState {
  const scope = account.scopeState(channel);
  if (scope === undefined || scope.kind === "workspace") throw new Fault("may/not-found");
  return scope;
}

export type NewChannel = {
  kind: "public" | "private";
  name: string;
  topic: string;
  history: "full" | "since-join";
  members: readonly UserId[];
};

export async function createChannel(account: Account, input: NewChannel): Promise<{ channel: ChannelId }> {
  const name = cleanName(input.name);
  const topic = input.topic.toWellFormed().slice(0, LIMITS.topicChars);
  if (input.kind === "public") {
    const channel = mintId<"channel">(randomBytes(ID_BYTES));
    await account.book.append((draft) => draft.add({ kind: "W", type: "channel_create", body: { channel } }));
    await account.send(stateChannel(account.workspaceScope), { k: "channel", channel, rev: 1, name, topic });
    return { channel };
  }
  const members = [account.me, ...input.members.filter((user) => user !== account.me)];
  const scope = await createScope(account, { kind: "private", members, history: input.history });
  const channel = mainChannel(scope);
  await account.send(stateChannel(scope), { k: "channel", channel, rev: 1, name, topic });
  return { channel };
}

async function createScope(
  account: Account,
  body: { kind: "private" | "dm"; members: UserId[]; history: "full" | "since-join" },
): Promise<ScopeId> {
  const scope = mintId<"scope">(randomBytes(ID_BYTES));
  await account.book.append(async (draft) => {
    draft.add({ kind: "C", type: "scope_create", body: { ...body, policy: POLICY } }, scope);
    await account.rooms.rotateInto(draft, scope);
  });
  return scope;
}

/** The DM with exactly these people, made if there is none yet; of two the first counts (L7). */
export async function startDm(account: Account, users: readonly UserId[]): Promise<{ channel: ChannelId }> {
  const members = [...new Set([account.me, ...users])].sort();
  if (members.length < 2) throw new Fault("app/empty");
  const found = findDm(account, members);
  // Taken back into the workspace, and not yet into the conversation (L8).
  if (found !== undefined && !isScopeMember(account.state, found, account.me))
    throw new Fault("app/waits-for-readmission");
  if (found !== undefined) return { channel: mainChannel(found.id) };
  try {
    return { channel: mainChannel(await createScope(account, { kind: "dm", members, history: "full" })) };
  } catch (thrown) {
    // Somebody else of the set was faster: theirs is the one.
    const theirs = findDm(account, members);
    // It is there and can't be seen from here: who came back with new keys waits to be let in (L8).
    const isBack = (account.state.users.get(account.me)?.rekeyedAt.length ?? 0) > 0;
    if (theirs === undefined && isBack && isFault(thrown, "proof/duplicate"))
      throw new Fault("app/waits-for-readmission");
    if (theirs === undefined) throw thrown;
    return { channel: mainChannel(theirs.id) };
  }
}

function findDm(account: Account, members: readonly UserId[]): ScopeState | undefined {
  return [...account.state.scopes.values()].find(
    (scope) =>
      scope.kind === "dm" && scope.named.size === members.length && members.every((user) => scope.named.has(user)),
  );
}

export async function renameChannel(
  account: Account,
  input: { channel: ChannelId; name: string; topic: string },
): Promise<void> {
  const scope = account.scopeOf(input.channel);
  if (scope === undefined) throw new Fault("may/not-found");
  const rev = account.registers.nextRev(account.registers.channel(input.channel));
  const topic = input.topic.toWellFormed().slice(0, LIMITS.topicChars);
  await account.send(stateChannel(scope), {
    k: "channel",
    channel: input.channel,
    rev,
    name: cleanName(input.name),
    topic,
  });
}

export async function archiveChannel(account: Account, channel: ChannelId): Promise<void> {
  const scope = account.scopeState(channel);
  if (scope === undefined) throw new Fault("may/not-found");
  if (isFirst(account, channel)) throw new Fault("app/first-channel");
  await account.book.append((draft) => {
    if (scope.kind === "workspace") draft.add({ kind: "W", type: "channel_archive", body: { channel } });
    else draft.add({ kind: "C", type: "scope_archive", body: {} }, scope.id);
  });
}

/** The first public channel tells everybody who comes and goes: this engine neither leaves nor archives it. */
export function isFirst(account: Account, channel: ChannelId): boolean {
  return account.state.channels.keys().next().value === channel;
}

async function setLeft(account: Account, channel: ChannelId, left: boolean): Promise<void> {
  const key = leftKey(channel);
  const rev = account.registers.nextRev(account.registers.setting(key));
  await account.send(account.selfChannel, { k: "setting", key, rev, value: left ? "1" : "0" });
}

export async function joinChannel(account: Account, channel: ChannelId): Promise<void> {
  if (!account.state.channels.has(channel)) throw new Fault("may/not-found");
  await setLeft(account, channel, false);
}

export async function leaveChannel(account: Account, channel: ChannelId): Promise<void> {
  if (isFirst(account, channel)) throw new Fault("app/first-channel");
  if (account.state.channels.has(channel)) return await setLeft(account, channel, true);
  await removeMember(account, channel, account.me);
}

/** Adds a person: with the current key where history is full, with a cut where it is not (E8). */
export async function addMember(account: Account, channel: ChannelId, user: UserId): Promise<void> {
  const { id } = privateScope(account, channel);
  await account.book.append(async (draft) => {
    if ((latest(draft.state.scopes.get(id)?.named.get(user) ?? []) ?? null) !== null) return;
    draft.add({ kind: "C", type: "scope_add", body: { user } }, id);
    if (draft.state.scopes.get(id)?.history === "full") await account.rooms.sealCurrentInto(draft, id, user);
    else await account.rooms.rotateInto(draft, id);
  });
  await restateName(account, channel, id);
}

/** Who was added after a cut cannot read how the channel is called: it is said again (M13). */
async function restateName(account: Account, channel: ChannelId, scope: ScopeId): Promise<void> {
  const named = account.registers.channel(channel);
  if (named === undefined || account.state.scopes.get(scope)?.history === "full") return;
  await account.send(stateChannel(scope), { ...named, rev: named.rev + 1 });
}

/** Removes a person, or oneself; whoever stays takes new keys in the same batch (E4, E10). */
export async function removeMember(account: Account, channel: ChannelId, user: UserId): Promise<void> {
  const { id } = privateScope(account, channel);
  await account.book.append(async (draft) => {
    if ((latest(draft.state.scopes.get(id)?.named.get(user) ?? []) ?? null) === null) return;
    draft.add({ kind: "C", type: "scope_remove", body: { user } }, id);
    if (user !== account.me) await account.rooms.rotateInto(draft, id);
  });
}
