// The lists outside channels at the top of the sidebar, with what waits in them.
"use client";

import { Inbox, MessagesSquare, PenLine } from "lucide-react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useRoute } from "@/app/_frame/routing/use-route.ts";
import { SidebarItem } from "@/app/_ui/sidebar/sidebar-item.tsx";
import { useWords } from "@/app/_words/words.ts";

export function DayLinks() {
  const { day: words, threads } = useWords();
  const { view } = useFrame();
  const route = useRoute();
  const keeps = useTopic(`keeps:${view.ws}`);
  const { ws } = view;
  const now = route.t === "view" ? route.view : null;
  const begun = (keeps?.drafts.length ?? 0) + (keeps?.scheduled.length ?? 0);
  const unread = view.channels.some((one) => one.joined && !one.archived && one.unread > 0);
  return (
    <ul aria-label={words.unreads}>
      <SidebarItem
        href={hrefOf({ t: "view", ws, view: "threads" })}
        name={threads.title}
        glyph={<MessagesSquare />}
        current={now === "threads"}
        unread={view.threads.unread > 0}
        count={view.threads.mentions}
      />
      <SidebarItem
        href={hrefOf({ t: "view", ws, view: "unreads" })}
        name={words.unreads}
        glyph={<Inbox />}
        current={now === "unreads"}
        unread={unread}
      />
      {(begun > 0 || now === "drafts") && (
        <SidebarItem
          href={hrefOf({ t: "view", ws, view: "drafts" })}
          name={words.drafts}
          glyph={<PenLine />}
          current={now === "drafts"}
          meta={begun > 0 ? begun : undefined}
        />
      )}
    </ul>
  );
}
