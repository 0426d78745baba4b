// Whether a person's recovery code is confirmed: the account's state, whichever device was used for it (PROTOCOL D3).
import type { Parts } from "@/lib/client/account/parts.ts";
import { saySetting } from "@/lib/client/devices/seen.ts";
import { RECOVERY_WORDS } from "@/lib/crypto/recovery.ts";

/** The setting in the self scope that holds the generation of the newest code that was confirmed. */
const KEY = "recovery confirmed";

function generation(account: Parts): number {
  return account.state.users.get(account.me)?.recovery?.gen ?? 1;
}

/** True where the tags kept here are those of the code in force: it was confirmed or typed on this device. */
export function isDrillable({ keyring, state, me }: Pick<Parts, "keyring" | "state" | "me">): boolean {
  const gen = state.users.get(me)?.recovery?.gen;
  return keyring.confirmed && keyring.tags.length === RECOVERY_WORDS && keyring.tagsOf === gen;
}

/** The code in force was confirmed or typed: here, where its tags are kept, or on another device of this person. */
export function isConfirmed(account: Parts): boolean {
  if (!account.keyring.confirmed) return false;
  const said = Number(account.registers.setting(KEY)?.value ?? 0);
  return isDrillable(account) || said === generation(account);
}

/** Tells one's other devices, sealed, once for each code. */
export async function sayConfirmed(account: Parts): Promise<void> {
  const gen = String(generation(account));
  if (!isDrillable(account) || account.registers.setting(KEY)?.value === gen) return;
  const waits = account.outbox.entries(account.selfChannel);
  if (waits.some(({ content }) => content.k === "setting" && content.key === KEY && content.value === gen)) return;
  await saySetting(account, KEY, gen);
}
