// The ground of all overlays: once around the app, and one outlet inside each `<main>`.
"use client";

import { type ReactNode, useContext, useMemo, useState } from "react";
import { ToastRegion } from "@/app/_ui/notices/toast.tsx";
import { OverlayHostContext } from "./host.ts";

/** Wrap the whole app in it once. */
export function OverlayRoot({ children }: { children: ReactNode }) {
  const [element, mount] = useState<HTMLElement | null>(null);
  const host = useMemo(() => ({ element, mount }), [element]);
  return <OverlayHostContext value={host}>{children}</OverlayHostContext>;
}

/** The outlet; `Shell`, `SetupPage`, `SettingsPage` and `MessagePage` bring it along at the end of their `<main>`. */
export function OverlayOutlet() {
  const { mount } = useContext(OverlayHostContext);
  return (
    <>
      <div ref={mount} />
      <ToastRegion />
    </>
  );
}
