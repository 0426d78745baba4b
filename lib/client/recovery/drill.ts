// The reminder: three words asked a week after they were confirmed, checked by the 4 bits kept of each (PROTOCOL D3).
import type { Account } from "@/lib/client/account/account.ts";
import type { DrillResult } from "@/lib/client/api/recovery.ts";
import { isRecoveryWord, RECOVERY_WORDS, wordTag } from "@/lib/crypto/recovery.ts";
import { H } from "@/lib/proof/hash.ts";
import { isDrillable } from "./confirmed.ts";

const DAY_MS = 86_400_000;
/** After the words were confirmed, and after a person put it off. */
const SOON_MS = 7 * DAY_MS;
/** After three right words. */
const LATER_MS = 90 * DAY_MS;
const ASKED = 3;

function dueAt({ keyring }: Account): number {
  return keyring.drillAt ?? keyring.confirmedAt + SOON_MS;
}

/** The places that are asked for now, from 0: the same ones until they were answered or put off. Null: nothing is due. */
export function drillPlaces(account: Account): readonly number[] | null {
  const due = dueAt(account);
  if (!isDrillable(account) || account.ports.clock.now() < due) return null;
  const places = new Set<number>();
  for (let round = 0; places.size < ASKED; round += 1) places.add((H("drill", due, round)[0] ?? 0) % RECOVERY_WORDS);
  return [...places].sort((a, b) => a - b);
}

/** Checks words by their tags. Right ones end the reminder for three months; wrong ones change nothing. */
export async function answerDrill(
  account: Account,
  answers: readonly { index: number; word: string }[],
): Promise<DrillResult> {
  const { tags } = account.keyring;
  const asked = answers.map(({ index, word }) => ({ index, word: word.trim().toLowerCase() }));
  const wrong = asked.filter(({ index, word }) => !isRecoveryWord(word) || wordTag(index, word) !== tags[index]);
  const foreign = asked.filter(({ word }) => !isRecoveryWord(word));
  const right = wrong.length === 0 && new Set(asked.map(({ index }) => index)).size >= ASKED && isDrillable(account);
  if (right) await putOff(account, LATER_MS);
  return { right, wrong: wrong.map(({ index }) => index), foreign: foreign.map(({ index }) => index) };
}

/** Nobody is held up by it: it comes again in a week. */
export async function skipDrill(account: Account): Promise<void> {
  await putOff(account, SOON_MS);
}

async function putOff(account: Account, ms: number): Promise<void> {
  await account.keyring.drillFrom(account.ports.clock.now() + ms);
  account.changed("workspace");
}
