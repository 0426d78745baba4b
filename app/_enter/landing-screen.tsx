// What someone sees who is in no workspace on this browser, and what they see when their keys went away.
"use client";

import { SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import { PasteLink } from "./paste-link.tsx";

export function LandingScreen() {
  const words = useWords().enter.landing;
  const side = (
    <SetupSide title={words.asideTitle} staff={<Staff />}>
      {words.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={words.title} lede={words.lede} side={side}>
      <PasteLink />
    </SetupPage>
  );
}

export function KeysGoneScreen() {
  const words = useWords().enter.gone;
  return (
    <SetupPage
      title={words.title}
      lede={words.lede}
      side={<SetupSide title={words.asideTitle}>{words.aside}</SetupSide>}
    >
      <PasteLink />
    </SetupPage>
  );
}
