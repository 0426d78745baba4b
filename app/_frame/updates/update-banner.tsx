// A newer build stands ready: it opens when the person likes, or by itself the next time the app is opened.
"use client";

import { RefreshCw } from "lucide-react";
import { useService } from "@/app/_engine/device/service.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useWords } from "@/app/_words/words.ts";

export function UpdateBanner() {
  const words = useWords().notify;
  const open = useService();
  if (open === undefined) return null;
  return (
    <Banner
      icon={<RefreshCw />}
      act={
        <Button size="sm" onClick={open}>
          {words.updateAct}
        </Button>
      }
    >
      {words.update}
    </Banner>
  );
}
