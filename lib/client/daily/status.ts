// What one is at, for a while: said in the workspace, cleared by each reader's own clock (PROTOCOL section 9, M13).
import { Fault } from "@/lib/base/errors.ts";
import { stateChannel, type UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Status } from "@/lib/client/api/daily/people.ts";
import { isScopeMember, roleAt } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const EMOJI_UNITS = 64;

/** A person's status; null: none, or it is over by this device's clock. */
export function statusOf(account: Parts, user: UserId): Status | null {
  const said = pending(account, user) ?? account.registers.value("status", user);
  if (said === undefined || (said.emoji === "" && said.text === "")) return null;
  if (said.until !== null && said.until <= account.ports.clock.now()) return null;
  return { emoji: said.emoji, text: said.text, until: said.until };
}

/** One's own while it is on its way. */
function pending(account: Parts, user: UserId) {
  if (user !== account.me) return undefined;
  const all = account.outbox.entries().flatMap(({ content }) => (content.k === "status" ? [content] : []));
  return all.sort((a, b) => b.rev - a.rev)[0];
}

/** When statuses end that show now. */
export function statusTimes(account: Pick<Parts, "registers">): number[] {
  return account.registers.all("status").flatMap(({ until }) => (until === null ? [] : [until]));
}

/** Members say it to the workspace, guests in the places that they are in. */
export async function setStatus(account: Parts, input: Status): Promise<void> {
  const { state, me } = account;
  if (input.until !== null && input.until <= account.ports.clock.now()) throw new Fault("app/time-past");
  const text = input.text.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.profileChars);
  const emoji = input.emoji.toWellFormed().slice(0, EMOJI_UNITS);
  const until = text === "" && emoji === "" ? null : input.until;
  const rev = Math.max(account.registers.value("status", me)?.rev ?? 0, pending(account, me)?.rev ?? 0) + 1;
  const guest = roleAt(state, me) === "guest";
  const places = guest
    ? [...state.scopes.values()].filter((one) => one.archivedAt === null && isScopeMember(state, one, me))
    : [];
  const channels = guest ? places.map((one) => stateChannel(one.id)) : [stateChannel(account.workspaceScope)];
  for (const channel of channels) await account.send(channel, { k: "status", rev, emoji, text, until });
  account.changed("workspace");
}
