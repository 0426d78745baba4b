// A workspace with its conversations: everything that is behind the screens of coming in, in one piece.
"use client";

import { useEffect } from "react";
import { ChannelPane } from "@/app/_channel/channel-pane.tsx";
import { fetchTheRest, later } from "@/app/_ui/later.tsx";
import { KitRoot } from "@/app/_ui/overlay/kit-root.tsx";
import type { WorkspaceView } from "@/lib/client/api.ts";
import { WorkspaceFrame, type WorkspaceRoute } from "./workspace-frame.tsx";

const PANES = {
  Channel: ChannelPane,
  Thread: later(async () => (await import("@/app/_channel/thread/thread-pane.tsx")).ThreadPane),
};

export function Workspace({ view, route }: { view: WorkspaceView; route: WorkspaceRoute }) {
  useEffect(() => void fetchTheRest(), []);
  return (
    <KitRoot>
      <WorkspaceFrame view={view} route={route} panes={PANES} />
    </KitRoot>
  );
}
