// Public channels that this person has left: a setting, not a loss of access (PROTOCOL section 4).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Parts } from "./parts.ts";

export const leftKey = (channel: ChannelId): string => `left ${channel}`;

export function hasLeft(account: Pick<Parts, "registers">, channel: ChannelId): boolean {
  return account.registers.setting(leftKey(channel))?.value === "1";
}
