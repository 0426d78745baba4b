// Notifications of every account, shown by the tab that leads; draws nothing.
"use client";

import { useCallback, useMemo, useState } from "react";
import { useAppBadge, useLeading, useOpened, useShowAlerts, useWakeUps } from "@/app/_engine/device/notices.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { parseRoute } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Alert } from "@/lib/client/api/live/notify.ts";

const open = (href: string) => go(parseRoute(href));

function AlertsOf({ ws }: { ws: WorkspaceId }) {
  const words = useWords().notify;
  const view = useTopic(`alerts:${ws}`);
  const locks = useTopic("lock")?.on !== false;
  // What an operating system keeps of notifications lies outside the lock: then there are no names and no text in it.
  const bare = locks || view?.text !== true;
  const say = useCallback(
    (alert: Alert) => {
      if (bare) return { title: words.bare, body: "" };
      const title = alert.place === "" ? alert.name : words.inPlace(alert.name, alert.place);
      return { title, body: alert.text };
    },
    [bare, words],
  );
  const [told] = useState(() => (alert: Alert, said: { title: string; body: string }) => {
    const act = { label: words.open, onSelect: () => open(`#/w/${ws}/c/${alert.channel}/at/${alert.id}`) };
    toast(
      [said.title, said.body]
        .filter((one) => one !== "")
        .join(" · ")
        .slice(0, 120),
      act,
    );
  });
  useShowAlerts(ws, view, say, told);
  return null;
}

export function Alerts() {
  const session = useTopic("session");
  const words = useWords().notify;
  const leads = useLeading();
  const accounts = session?.accounts ?? [];
  const names = accounts.map(({ ws }) => ws).join(" ");
  const list = useMemo(() => (names === "" ? [] : (names.split(" ") as WorkspaceId[])), [names]);
  const said = useMemo(
    () => ({
      bare: words.bare,
      inPlace: words.inPlace("{name}", "{place}"),
      more: words.more("{count}"),
      quiet: words.quietNow,
    }),
    [words],
  );
  useWakeUps(list, said);
  useOpened(open);
  useAppBadge(
    accounts.reduce((sum, one) => sum + one.mentions, 0),
    leads && session?.phase === "ready",
  );
  return leads ? list.map((ws) => <AlertsOf key={ws} ws={ws} />) : null;
}
