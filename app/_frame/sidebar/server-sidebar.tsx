// The same sidebar as the server could draw it: ids, counts of rows and devices, and columns it has not got.
"use client";

import { Minus, SearchX, Square, SquareDashed, SquareDot, SquareUser } from "lucide-react";
import { useEffect, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { shortId } from "@/app/_frame/workspace/short-id.ts";
import { Sidebar, SidebarHead } from "@/app/_ui/sidebar/sidebar.tsx";
import { SidebarItem } from "@/app/_ui/sidebar/sidebar-item.tsx";
import { SidebarSection } from "@/app/_ui/sidebar/sidebar-section.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import styles from "./server-sidebar.module.css";

/** Newest position of each channel, asked of the server now, one channel after the other. */
function useRowCounts(channels: readonly { readonly id: ChannelId }[]): ReadonlyMap<ChannelId, number> {
  const engine = useEngine();
  const { ws } = useFrame().view;
  const [counts, setCounts] = useState<ReadonlyMap<ChannelId, number>>(new Map());
  const ids = channels.map((one) => one.id).join(" ");
  useEffect(() => {
    let here = true;
    const ask = async () => {
      for (const id of ids.split(" ").filter(Boolean) as ChannelId[]) {
        const rows = await engine.serverRows({ ws, channel: id, before: null, limit: 1 }).catch(() => null);
        if (!here) return;
        if (rows === null) continue;
        const pos = rows.at(-1)?.columns.pos;
        setCounts((old) => new Map(old).set(id, typeof pos === "number" ? pos : 0));
      }
    };
    void ask();
    return () => {
      here = false;
    };
  }, [engine, ws, ids]);
  return counts;
}

export function ServerSidebar({ current }: { current: ChannelId | null }) {
  const words = useWords().frame;
  const say = words.server;
  const formats = useFormats();
  const { view } = useFrame();
  const channels = view.channels.filter((one) => one.joined || one.id === current);
  const about = useTopic(`ledger:${view.ws}`);
  const quiet = (about?.quiet ?? []).map((one) => ({ ...one, id: one.channel }));
  const counts = useRowCounts([...channels, ...quiet]);
  const here = hrefOf(
    current === null
      ? { t: "home", ws: view.ws, list: "all" }
      : { t: "channel", ws: view.ws, channel: current, panel: null },
  );
  const members = view.people.filter((one) => one.active);
  return (
    <Sidebar
      label={words.channelsAndPeople}
      head={<SidebarHead name={shortId("wsp", view.ws)} />}
      jump={
        <p className={styles.search}>
          <SearchX />
          {say.search}
        </p>
      }
      foot={
        <div className={styles.foot}>
          <span className={styles.tile}>{shortId("usr", view.me.id).slice(4, 8)}</span>
          <span className={styles.who}>
            <span>{shortId("usr", view.me.id)}</span>
            <span className={styles.role}>{say.role(view.me.role)}</span>
          </span>
        </div>
      }
    >
      <ul>
        {say.columns.map((column) => (
          <li key={column} className={styles.none}>
            <Minus />
            {say.none(column)}
          </li>
        ))}
      </ul>
      <SidebarSection title={say.channels} note={say.rows}>
        {channels.map((one) => {
          const count = counts.get(one.id);
          return (
            <SidebarItem
              key={one.id}
              href={hrefOf({ t: "channel", ws: view.ws, channel: one.id, panel: null })}
              name={shortId("chn", one.id)}
              glyph={<Square />}
              current={one.id === current}
              meta={count === undefined ? undefined : formats.number(count)}
            />
          );
        })}
      </SidebarSection>
      <SidebarSection title={say.quiet} note={say.rows}>
        {quiet.map((one) => {
          const count = counts.get(one.id);
          return (
            <SidebarItem
              key={one.id}
              href={hrefOf({ t: "channel", ws: view.ws, channel: one.id, panel: null })}
              name={shortId("chn", one.id)}
              glyph={one.place === null ? <SquareDot /> : <SquareDashed />}
              current={one.id === current}
              meta={count === undefined ? undefined : formats.number(count)}
            />
          );
        })}
      </SidebarSection>
      <SidebarSection title={say.members} note={say.devices}>
        {members.map((one) => (
          <SidebarItem
            key={one.id}
            href={here}
            name={shortId("usr", one.id)}
            glyph={<SquareUser />}
            meta={formats.number(one.devices)}
          />
        ))}
      </SidebarSection>
    </Sidebar>
  );
}
