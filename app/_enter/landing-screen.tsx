// What someone sees who is in no workspace on this browser.
"use client";

import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { RecoverDoor } from "@/app/_enter/recovery/recover-door.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { later } from "@/app/_ui/later.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { allWords, useWords } from "@/app/_words/words.ts";
import { PasteLink } from "./paste-link.tsx";

const LinkScreen = later(async () => {
  const [{ LinkScreen: screen }] = await Promise.all([import("@/app/_enter/link/link-screen.tsx"), allWords()]);
  return screen;
});

export function LandingScreen() {
  const { enter, devices } = useWords();
  const words = enter.landing;
  const [linking, setLinking] = useState(false);
  if (linking) return <LinkScreen onBack={() => setLinking(false)} />;
  const side = (
    <SetupSide title={words.asideTitle} staff={<Staff />}>
      {words.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={words.title} lede={words.lede} side={side}>
      <PasteLink />
      <SetupActs>
        <Button size="lg" icon={<MonitorSmartphone />} onClick={() => setLinking(true)}>
          {devices.joining.entry}
        </Button>
      </SetupActs>
      <RecoverDoor />
    </SetupPage>
  );
}
