// Commands about the recovery code, each on its account or on a profile that has none (PROTOCOL D2 to D5, A5).
import type { RecoveryCommands } from "@/lib/client/api/recovery.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { changeRecoveryCode } from "@/lib/client/recovery/change.ts";
import { answerDrill, skipDrill } from "@/lib/client/recovery/drill.ts";
import { inspectRecovery, recoverAccount } from "@/lib/client/recovery/reset.ts";
import { isRecoveryWord } from "@/lib/crypto/recovery.ts";

export function recoveryCommands(host: Host): RecoveryCommands {
  return {
    foreignWords: async ({ words }) =>
      words.flatMap((word, place) => {
        const typed = word.trim().toLowerCase();
        return typed === "" || isRecoveryWord(typed) ? [] : [place];
      }),
    inspectRecovery: ({ words }) => inspectRecovery(host, words),
    recoverAccount: async (input) => ({ ws: (await recoverAccount(host, input)).ws }),
    changeRecoveryCode: ({ ws, words }) => changeRecoveryCode(host.account(ws), words),
    answerDrill: ({ ws, answers }) => answerDrill(host.account(ws), answers),
    skipDrill: ({ ws }) => skipDrill(host.account(ws)),
    forgetProfile: () => host.forget(),
  };
}
