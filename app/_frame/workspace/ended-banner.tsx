// This person or this device is out: who did it and when, what stays, and forgetting the workspace here.
"use client";

import { DoorClosed } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Ended } from "@/lib/client/api/members.ts";

export function EndedBanner({ ended }: { ended: Ended }) {
  const words = useWords().members.ended;
  const formats = useFormats();
  const { nameOf, open } = useFrame();
  const when = `${formats.date(ended.at)}, ${formats.time(ended.at)}`;
  const what = { removed: words.removed(nameOf(ended.by), when), left: words.left(when), retired: words.retired(when) };
  return (
    <Banner
      icon={<DoorClosed />}
      act={
        <Button size="sm" onClick={() => open({ t: "forget-workspace" })}>
          {words.act}
        </Button>
      }
    >
      {what[ended.why]} {words.rest}
    </Banner>
  );
}
