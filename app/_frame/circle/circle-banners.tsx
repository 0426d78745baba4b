// Under the header: somebody asks a circle for this account; a helper was asked about another; a part can be given (D6).
"use client";

import { CircleAlert, LifeBuoy } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { CircleAsk } from "@/lib/client/api/circle.ts";

/** Loud on every device of the person: the veto. */
export function VetoBanner({ asks, onMine }: { asks: readonly CircleAsk[]; onMine?: (() => void) | undefined }) {
  const words = useWords().circle.asks;
  const formats = useFormats();
  const { view, nameOf } = useFrame();
  const stop = useCommand("stopAsks");
  const helpers = formats.list([...new Set(asks.map(({ by }) => nameOf(by)))]);
  const acts = (
    <>
      <Button size="sm" disabled={stop.pending} onClick={() => void stop.run({ ws: view.ws })}>
        {words.stop}
      </Button>
      {onMine !== undefined && (
        <Button size="sm" onClick={onMine}>
          {words.look}
        </Button>
      )}
    </>
  );
  return (
    <>
      <Banner icon={<CircleAlert />} act={acts}>
        {words.mine(helpers)}
      </Banner>
      <FaultLine fault={stop.fault} />
    </>
  );
}

export function CircleBanners() {
  const words = useWords().circle.asks;
  const { view, nameOf } = useFrame();
  const shown = useTopic(`circle:${view.ws}`);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  if (shown === undefined || view.ended !== null || view.standing !== "active") return null;
  const dismiss = (...asks: readonly string[]) => setSeen((old) => new Set([...old, ...asks]));
  const mine = shown.asks.filter(({ ask }) => !seen.has(ask));
  const others = shown.others.filter(({ ask }) => !seen.has(ask));
  const ready = shown.helping.filter(({ state }) => state === "ready");
  return (
    <>
      {mine.length > 0 && <VetoBanner asks={mine} onMine={() => dismiss(...mine.map(({ ask }) => ask))} />}
      {ready.map(({ ask, user }) => (
        <Banner
          key={ask}
          icon={<LifeBuoy />}
          act={
            <ButtonLink size="sm" href={hrefOf({ t: "settings", ws: view.ws, page: "recovery" })}>
              {words.open}
            </ButtonLink>
          }
        >
          {words.ready(nameOf(user))}
        </Banner>
      ))}
      {others.map(({ ask, by, user }) => (
        <Banner
          key={ask}
          icon={<LifeBuoy />}
          act={
            <Button size="sm" onClick={() => dismiss(ask)}>
              {words.dismiss}
            </Button>
          }
        >
          {words.other(nameOf(by), nameOf(user))}
        </Banner>
      ))}
    </>
  );
}
