// Settings in the self scope as they are on this device at this moment: what waits to be sent counts already (PROTOCOL M7).
import type { Parts } from "@/lib/client/account/parts.ts";

/** The newest value of a setting. */
export function settingNow(account: Parts, key: string): string | undefined {
  const waiting = account.outbox
    .entries(account.selfChannel)
    .flatMap(({ content }) => (content.k === "setting" && content.key === key ? [content] : []));
  const kept = account.registers.setting(key);
  const newest = [...waiting, ...(kept === undefined ? [] : [kept])].sort((a, b) => b.rev - a.rev)[0];
  return newest?.value;
}

/** Sets it for all devices of this person; of what was chosen on the way only the last goes out. */
export async function chooseSetting(account: Parts, key: string, value: string): Promise<void> {
  let rev = account.registers.setting(key)?.rev ?? 0;
  for (const { id, content, sealed } of account.outbox.entries(account.selfChannel)) {
    if (content.k !== "setting" || content.key !== key) continue;
    rev = Math.max(rev, content.rev);
    if (sealed === null) await account.outbox.discard(id);
  }
  await account.send(account.selfChannel, { k: "setting", key, rev: rev + 1, value });
}
