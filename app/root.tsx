// The app itself, loaded in the browser alone: the engine of this tab, and the frame in which everything happens.
"use client";

import { useState } from "react";
import { openEngine, useEngineFault } from "@/app/_engine/engine.ts";
import { EngineProvider } from "@/app/_engine/provider.tsx";
import { FrameRoot } from "@/app/_frame/frame-root.tsx";
import { useAppearance } from "@/app/_ui/hooks/use-appearance.ts";
import { OverlayRoot } from "@/app/_ui/overlay/overlay-root.tsx";
import { MessagePage } from "@/app/_ui/pages/message-page.tsx";
import { useWords } from "@/app/_words/words.ts";

export default function Root() {
  useAppearance();
  const words = useWords();
  const [engine] = useState(openEngine);
  const fault = useEngineFault();
  if (fault !== undefined) return <MessagePage title={words.ui.failed.title} sentence={words.faults[fault.code]} />;
  return (
    <OverlayRoot>
      <EngineProvider engine={engine}>
        <FrameRoot />
      </EngineProvider>
    </OverlayRoot>
  );
}
