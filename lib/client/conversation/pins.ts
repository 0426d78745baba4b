// Messages pinned in a channel: values of its scope's state channel, drawn from the messages that they name (PROTOCOL M13).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, stateChannel, type UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { checkPost } from "@/lib/client/commands/checks.ts";
import { hasRoom, inTurns, SHOWN } from "@/lib/client/places/bounds.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { verifiedTarget } from "./targets.ts";

/** `by` null: on its way from here. */
export type Pin = { readonly hash: Uint8Array; readonly by: UserId | null; readonly at: number };

/** The scope's state channel, where pins of a channel lie. */
function homeOf(account: Account, channel: ChannelId): ChannelId | undefined {
  const scope = account.scopeOf(channel);
  return scope === undefined ? undefined : stateChannel(scope);
}

/** All that members pinned there, which may be more than is shown. */
function kept(account: Account, channel: ChannelId) {
  return account.registers.entries("pin").filter(({ content }) => content.channel === channel && content.on);
}

/** What is pinned in a channel now, what is on its way from here included. */
export function pinsOf(account: Account, channel: ChannelId): Map<EventId, Pin> {
  const pins = new Map<EventId, Pin>();
  for (const { content, by, at } of inTurns(kept(account, channel), SHOWN.pins))
    pins.set(content.target.id, { hash: content.target.hash, by, at });
  const home = homeOf(account, channel);
  for (const { content, createdAt } of home === undefined ? [] : account.outbox.entries(home)) {
    if (content.k !== "pin" || content.channel !== channel) continue;
    if (!content.on) pins.delete(content.target.id);
    else if (!pins.has(content.target.id))
      pins.set(content.target.id, { hash: content.target.hash, by: account.me, at: createdAt });
  }
  return pins;
}

/** True when the message that bears this id is the one that was pinned. */
export function isPinned(pins: ReadonlyMap<EventId, Pin>, id: EventId, hash: Uint8Array | null): boolean {
  const pin = pins.get(id);
  return pin !== undefined && hash !== null && equal(pin.hash, hash);
}

/** Pins or unpins for everybody. Throws event/unknown-target, app/list-full, or why one may not write there. */
export async function pinMessage(
  account: Account,
  input: { channel: ChannelId; id: EventId; on: boolean },
): Promise<void> {
  const { channel, id, on } = input;
  checkPost(account, channel);
  const home = homeOf(account, channel);
  if (home === undefined) throw new Fault("may/not-found");
  const known = account.registers.value("pin", channel, id);
  if (on && known?.on !== true && !hasRoom(kept(account, channel), account.me, SHOWN.pins))
    throw new Fault("app/list-full");
  const pending = account.outbox
    .entries(home)
    .flatMap(({ content }) => (content.k === "pin" && content.target.id === id ? [content.rev] : []));
  const target = known !== undefined && !on ? known.target : await targetOfPin(account, channel, id);
  const rev = Math.max(known?.rev ?? 0, ...pending) + 1;
  const content: ContentOf<"pin"> = { k: "pin", channel, target, rev, on };
  await account.send(home, content);
  account.changed({ channel });
}

async function targetOfPin(account: Account, channel: ChannelId, id: EventId) {
  const { hash, content } = await verifiedTarget(account, channel, id);
  if (content.k !== "message" && content.k !== "poll") throw new Fault("event/unknown-target");
  return { id, hash };
}
