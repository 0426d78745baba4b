// Takes notifications off the screen once nobody here may read them.
"use client";

import { useEffect, useRef } from "react";
import type { SessionView } from "@/lib/client/api.ts";
import { closeNotices } from "@/lib/platform/browser/service/notice.ts";

/** All of them go when the app is locked and when somebody signs out: no text stays on a screen that is shut. */
export function useClosedNotices(session: SessionView | undefined): void {
  const phase = session?.phase;
  const shut = phase === "locked" || phase === "signed-out";
  const accounts = session?.accounts.length ?? 0;
  const before = useRef(0);
  useEffect(() => {
    const fewer = accounts < before.current;
    before.current = accounts;
    if (!shut && !fewer) return;
    const work = async () => {
      const registration = await navigator.serviceWorker?.getRegistration();
      if (registration !== undefined) await closeNotices(registration);
    };
    work().catch(() => undefined);
  }, [shut, accounts]);
}
