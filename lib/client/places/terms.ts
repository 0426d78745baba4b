// What a channel is for, its bookmarks, and how long it keeps what is said (PROTOCOL E9, L7, M13).
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, ID_BYTES, type ItemId, mintId, stateChannel } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Bookmark, ChannelTerms } from "@/lib/client/api/daily/places.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { isAdminRole, mayManage, mayWriteChannel, retentionOf, roleAt } from "@/lib/proof/queries.ts";
import { at } from "@/lib/proof/state.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { hasRoom, inTurns, SHOWN } from "./bounds.ts";

const MOST_DAYS = 36_500;
const WEB = /^https?:\/\/[^\s/]/i;

function scopeOf(account: Account, channel: ChannelId) {
  const scope = account.scopeState(channel);
  if (scope === undefined) throw new Fault("may/not-found");
  return scope;
}

/** Whoever runs a channel: its creator and admins, the managers of a private one. */
function mayRun(account: Account, channel: ChannelId): boolean {
  const { state, me } = account;
  const open = state.channels.get(channel);
  if (open !== undefined) return open.archivedAt === null && (open.creator === me || isAdminRole(roleAt(state, me)));
  const scope = account.scopeState(channel);
  return scope !== undefined && scope.archivedAt === null && mayManage(state, scope, me);
}

/** All that members keep at the top of a channel, which may be more than is shown. */
function keptThere(account: Account, channel: ChannelId) {
  return account.registers
    .entries("bookmark")
    .filter(({ content }) => content.channel === channel && content.on && WEB.test(content.url));
}

function bookmarksOf(account: Account, channel: ChannelId): ContentOf<"bookmark">[] {
  return inTurns(keptThere(account, channel), SHOWN.bookmarks)
    .map(({ content }) => content)
    .sort((a, b) => a.place - b.place || (a.item < b.item ? -1 : 1));
}

export function termsOf(account: Account, channel: ChannelId): ChannelTerms {
  const bookmarks = bookmarksOf(account, channel).map(
    ({ item, title, url }): Bookmark => ({ id: item, title: plainLabel(title), url }),
  );
  return {
    description: account.registers.value("about", channel)?.text ?? "",
    bookmarks,
    retentionDays: retentionOf(account.state, channel),
    mayRetain: mayRun(account, channel),
  };
}

export async function describeChannel(account: Account, input: { channel: ChannelId; text: string }): Promise<void> {
  const { channel } = input;
  const { id } = scopeOf(account, channel);
  if (!mayRun(account, channel)) throw new Fault("may/forbidden");
  const text = input.text.toWellFormed().trim();
  if (text.length > LIMITS.aboutChars) throw new Fault("app/too-long");
  const rev = account.registers.nextRev(account.registers.value("about", channel));
  await account.send(stateChannel(id), { k: "about", channel, rev, text });
}

async function sayBookmark(account: Account, content: Omit<ContentOf<"bookmark">, "k" | "rev">): Promise<void> {
  const { id } = scopeOf(account, content.channel);
  if (mayWriteChannel(account.state, account.me, content.channel) !== null) throw new Fault("may/forbidden");
  const rev = account.registers.nextRev(account.registers.value("bookmark", content.channel, content.item));
  await account.send(stateChannel(id), { k: "bookmark", rev, ...content });
}

/** An address as people type it: without a scheme it is the web's. */
function cleanUrl(typed: string): string {
  const trimmed = typed.toWellFormed().trim();
  const url = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!WEB.test(url) || /\s/.test(url) || url.length > LIMITS.urlChars) throw new Fault("app/bad-address");
  return url;
}

export async function setBookmark(
  account: Account,
  input: { channel: ChannelId; id: ItemId | null; title: string; url: string },
): Promise<void> {
  const url = cleanUrl(input.url);
  const title = input.title.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.nameChars);
  if (title === "") throw new Fault("app/empty");
  const { channel } = input;
  if (input.id === null && !hasRoom(keptThere(account, channel), account.me, SHOWN.bookmarks))
    throw new Fault("app/list-full");
  const held = input.id === null ? undefined : account.registers.value("bookmark", channel, input.id);
  const last = bookmarksOf(account, channel).at(-1)?.place ?? 0;
  const item = input.id ?? mintId<"item">(randomBytes(ID_BYTES));
  await sayBookmark(account, { channel, item, title, url, place: held?.place ?? last + 1, on: true });
}

export async function removeBookmark(account: Account, input: { channel: ChannelId; id: ItemId }): Promise<void> {
  const held = account.registers.value("bookmark", input.channel, input.id);
  if (held === undefined) throw new Fault("may/not-found");
  await sayBookmark(account, { channel: held.channel, item: held.item, title: "", url: "", place: 0, on: false });
}

/** Changes for how long a channel keeps what is said; its other rules stay. */
export async function setRetention(
  account: Account,
  input: { channel: ChannelId; days: number | null },
): Promise<void> {
  const { channel, days } = input;
  const scope = scopeOf(account, channel);
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS)) throw new Fault("proof/bad-policy");
  await account.book.append((draft) => {
    const open = draft.state.channels.get(channel);
    if (open !== undefined) {
      const post = at(open.post, draft.state.n) ?? "all";
      draft.add({ kind: "W", type: "channel_policy", body: { channel, post, retentionDays: days } });
      return;
    }
    const policy = at(draft.state.scopes.get(scope.id)?.policy ?? [], draft.state.n);
    if (policy === undefined) throw new Fault("may/not-found");
    draft.add({ kind: "C", type: "scope_policy", body: { ...policy, retentionDays: days } }, scope.id);
  });
}
