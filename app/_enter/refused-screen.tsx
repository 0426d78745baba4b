// A link that does not open: which of the ways it failed, what that means, and what to do.
"use client";

import { RecoverDoor } from "@/app/_enter/recovery/recover-door.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SetupActs, SetupPage } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { FaultCode } from "@/lib/base/faults.ts";
import { PasteLink } from "./paste-link.tsx";

/** `onAgain` where trying again can help: no network, a slow server. */
export function RefusedScreen({ code, onAgain }: { code: FaultCode; onAgain?: (() => void) | undefined }) {
  const words = useWords();
  const title = words.enter.refused[code] ?? words.enter.refusedOther;
  return (
    <SetupPage title={title} lede={words.enter.refusedSays[code] ?? words.faults[code]}>
      {onAgain && (
        <SetupActs>
          <Button look="filled" size="lg" onClick={onAgain}>
            {words.enter.tryAgain}
          </Button>
        </SetupActs>
      )}
      {!onAgain && !code.includes("setup") && <PasteLink />}
      {!code.includes("setup") && <RecoverDoor />}
    </SetupPage>
  );
}

/** The page of a link without its secret: reloaded, or copied by half. */
export function BareScreen({ kind }: { kind: "setup" | "join" }) {
  const words = useWords().enter[kind];
  return (
    <SetupPage title={words.bareTitle} lede={words.bare}>
      {kind === "join" && <PasteLink />}
      {kind === "join" && <RecoverDoor />}
    </SetupPage>
  );
}
