// Settings in the self scope as they are on this device at this moment: what waits to be sent counts already (PROTOCOL M7).
import type { Parts } from "@/lib/client/account/parts.ts";
import { sendNewer } from "@/lib/client/daily/newer.ts";
import type { Content } from "@/lib/protocol/event.ts";

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
  const isOlder = (waiting: Content) => waiting.k === "setting" && waiting.key === key;
  const revs = account.outbox
    .entries(account.selfChannel)
    .flatMap(({ content }) => (content.k === "setting" && content.key === key ? [content.rev] : []));
  const rev = Math.max(account.registers.setting(key)?.rev ?? 0, ...revs) + 1;
  await sendNewer(account, account.selfChannel, { k: "setting", key, rev, value }, isOlder);
}
