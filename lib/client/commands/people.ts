// People and the place: profiles, the workspace's name, the recovery code (PROTOCOL M13, D3).
import { Fault } from "@/lib/base/errors.ts";
import { stateChannel } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Picture } from "@/lib/client/api.ts";
import { isConfirmed, sayConfirmed } from "@/lib/client/recovery/confirmed.ts";
import { wordsOf, wordTags } from "@/lib/crypto/recovery.ts";
import type { Thumbnail } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** A zone that this platform knows; anything else is not said. */
function isZone(zone: string): boolean {
  try {
    return zone !== "" && zone.length <= 64 && new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

export async function setProfile(
  account: Account,
  input: { name: string; title: string; avatar: Picture | null; pronouns?: string; zone?: string },
): Promise<void> {
  const name = input.name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.profileChars);
  if (name === "") throw new Fault("app/empty");
  const mine = account.profiles.mine();
  const rev = account.registers.nextRev(mine);
  const title = input.title.toWellFormed().slice(0, LIMITS.profileChars);
  const pronouns = (input.pronouns ?? mine?.pronouns ?? "").toWellFormed().trim().slice(0, 40);
  const zone = input.zone ?? mine?.zone ?? "";
  await account.profiles.state({
    k: "profile",
    rev,
    name,
    title,
    avatar: input.avatar as Thumbnail | null,
    ...(pronouns === "" ? {} : { pronouns }),
    ...(isZone(zone) ? { zone } : {}),
  });
}

export async function renameWorkspace(account: Account, name: string): Promise<void> {
  const clean = name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.nameChars);
  if (clean === "") throw new Fault("app/empty");
  const current = account.registers.workspace();
  await account.send(stateChannel(account.workspaceScope), {
    k: "workspace",
    rev: account.registers.nextRev(current),
    name: clean,
    icon: current?.icon ?? null,
  });
}

/** The words of the recovery code while it is unconfirmed (D3). */
export function recoveryWords(account: Account): readonly string[] | null {
  return account.keyring.code === null ? null : wordsOf(account.keyring.code);
}

/** Three words asked back: right ones end the stay of code and root key on this device (D3). */
export async function confirmRecovery(
  account: Account,
  answers: readonly { index: number; word: string }[],
): Promise<boolean> {
  const words = recoveryWords(account);
  if (words === null) return true;
  const distinct = new Set(answers.map((answer) => answer.index));
  const right = answers.every(({ index, word }) => words[index] === word.trim().toLowerCase());
  if (distinct.size < 3 || !right) return false;
  await account.keyring.confirmCode(wordTags(words));
  const gen = account.state.users.get(account.me)?.recovery?.gen ?? 1;
  await account.keyring.remindFrom(account.ports.clock.now(), gen);
  await sayConfirmed(account);
  account.changed("workspace");
  return true;
}

/** Leaves this device. Refused while there is no way back in (D3). */
export function checkSignOut(account: Account): void {
  if (!isConfirmed(account)) throw new Fault("app/no-way-back");
}
