// The way to the recovery code from every page of someone who is not in.
"use client";

import { hrefOf } from "@/app/_frame/routing/route.ts";
import { ButtonLink } from "@/app/_ui/controls/button.tsx";
import { SetupActs } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";

/** `filled` where it is the first thing to do. */
export function RecoverDoor({ filled }: { filled?: boolean | undefined }) {
  const words = useWords().enter.recover;
  return (
    <SetupActs>
      <ButtonLink look={filled ? "filled" : "quiet"} size="lg" href={`/${hrefOf({ t: "recover" })}`}>
        {words.door}
      </ButtonLink>
    </SetupActs>
  );
}
