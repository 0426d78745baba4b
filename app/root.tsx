// The app itself, loaded in the browser alone.
"use client";

import { OverlayRoot } from "@/app/_ui/overlay/overlay-root.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { MessagePage } from "@/app/_ui/pages/message-page.tsx";

export default function Root() {
  return (
    <OverlayRoot>
      <MessagePage>
        <EmptyState title="Nothing has been said here yet." />
      </MessagePage>
    </OverlayRoot>
  );
}
