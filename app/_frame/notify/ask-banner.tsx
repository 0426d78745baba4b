// Asks once whether to tell of messages on this device, when the first one came that calls its person; never before.
"use client";

import { Bell } from "lucide-react";
import { useState } from "react";
import { useDevice, useDeviceSwitch } from "@/app/_engine/device/notices.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useWords } from "@/app/_words/words.ts";

export function AskBanner() {
  const words = useWords().notify.ask;
  const { view } = useFrame();
  const [later, setLater] = useState(false);
  const session = useTopic("session");
  const { permission, chosen } = useDevice();
  const [accounts] = useState(() => session?.accounts.map(({ ws }) => ws) ?? [view.ws]);
  const turn = useDeviceSwitch(accounts);
  const called = view.channels.some(({ mentions }) => mentions > 0);
  if (!called || later || chosen !== null || permission !== "default") return null;
  return (
    <Banner
      icon={<Bell />}
      act={
        <>
          <Button size="sm" look="filled" onClick={() => void turn(true)}>
            {words.yes}
          </Button>
          <Button
            size="sm"
            onClick={() => {
              setLater(true);
              void turn(false);
            }}
          >
            {words.no}
          </Button>
        </>
      }
    >
      {words.says}
    </Banner>
  );
}
