// The workspace's own emoji: who may add one, and the list as screens see it (PROTOCOL section 9, M13).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import { stateChannel } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { CustomEmoji, EmojiView } from "@/lib/client/api/daily/emoji.ts";
import type { Picture } from "@/lib/client/api/daily/files.ts";
import { hasRoom, inTurns, SHOWN } from "@/lib/client/places/bounds.ts";
import { isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { CONTENT, type ContentOf } from "@/lib/protocol/event.ts";
import type { Thumbnail } from "@/lib/protocol/file.ts";
import { sendNewer } from "./newer.ts";

type Emoji = ContentOf<"emoji">;

/** All that members drew, which may be more than is shown. */
const drawn = (account: Account) =>
  account.registers.entries("emoji").filter(({ content }) => content.picture !== null);

/** Of these, what is shown: so many, and no more bytes than every tab can be sent. */
function within(account: Account): Emoji[] {
  let bytes = 0;
  return inTurns(drawn(account), SHOWN.emoji).flatMap(({ content }) => {
    bytes += content.picture?.bytes.length ?? 0;
    return bytes > SHOWN.emojiBytes ? [] : [content];
  });
}

/** What is on its way from here lies over what is held: one's own shows at once. */
function held(account: Account, from = account.registers.all("emoji")): Map<string, Emoji> {
  const all = new Map(from.map((one) => [one.name, one]));
  for (const { content } of account.outbox.entries(stateChannel(account.workspaceScope)))
    if (content.k === "emoji" && content.rev > (all.get(content.name)?.rev ?? 0)) all.set(content.name, content);
  return all;
}

const views = new WeakMap<Account, EmojiView>();

const isSame = (one: CustomEmoji, other: CustomEmoji | undefined) =>
  one.name === other?.name && equal(one.picture.bytes, other.picture.bytes);

/** The same object while nothing changed: pictures are not sent to every tab for each message that comes. */
export function emojiView(account: Account): EmojiView {
  const mayChange = isInsideRole(roleAt(account.state, account.me));
  const emoji = [...held(account, within(account)).values()]
    .flatMap(({ name, picture }): CustomEmoji[] => (picture === null ? [] : [{ name, picture }]))
    .sort((a, b) => a.name.localeCompare(b.name));
  const last = views.get(account);
  const same =
    last !== undefined &&
    last.mayChange === mayChange &&
    last.emoji.length === emoji.length &&
    last.emoji.every((one, at) => isSame(one, emoji[at]));
  if (same) return last;
  const view = { emoji, mayChange };
  views.set(account, view);
  return view;
}

async function say(account: Account, name: string, picture: Picture | null): Promise<void> {
  if (!isInsideRole(roleAt(account.state, account.me))) throw new Fault("may/forbidden");
  const rev = account.registers.nextRev(held(account).get(name));
  const content: Emoji = { k: "emoji", name, rev, picture: picture as Thumbnail | null };
  const channel = stateChannel(account.workspaceScope);
  await sendNewer(account, channel, content, (waiting) => waiting.k === "emoji" && waiting.name === name);
  account.changed("workspace");
}

export async function addEmoji(account: Account, input: { name: string; picture: Picture }): Promise<void> {
  const name = input.name.trim().toLowerCase().replaceAll(":", "");
  if (!CONTENT.emoji.shape.name.safeParse(name).success) throw new Fault("app/bad-emoji-name");
  const all = held(account);
  if ((all.get(name)?.picture ?? null) !== null) throw new Fault("app/emoji-taken");
  if (!hasRoom(drawn(account), account.me, SHOWN.emoji)) throw new Fault("app/list-full");
  await say(account, name, input.picture);
}

export async function removeEmoji(account: Account, name: string): Promise<void> {
  if ((held(account).get(name)?.picture ?? null) !== null) await say(account, name, null);
}
