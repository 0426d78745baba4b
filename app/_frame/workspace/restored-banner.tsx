// The server fell back to an older backup: what this device does about it, and the word by which an admin ends it.
"use client";

import { History } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useWords } from "@/app/_words/words.ts";

export function RestoredBanner() {
  const words = useWords().alarms.restored;
  const { view, open } = useFrame();
  const { restored } = view;
  if (restored === null) return null;
  const { state, given, devices, mayConfirm } = restored;
  const act = mayConfirm && (
    <Button size="sm" onClick={() => open({ t: "restored" })}>
      {words.act}
    </Button>
  );
  return (
    <Banner icon={<History />} act={act}>
      {state === "giving" ? words.giving : words.waiting(given, devices)} {words.wait}
    </Banner>
  );
}
