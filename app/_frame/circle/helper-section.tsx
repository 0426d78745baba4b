// Being a helper: whose, the code that was read to one, the requests, the wait, one's part handed over (D6).
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { CircleView, HelpItem } from "@/lib/client/api/circle.ts";
import { HelpDialog } from "./help-dialog.tsx";

function Request({ item }: { item: HelpItem }) {
  const words = useWords().circle.helper;
  const formats = useFormats();
  const { view, nameOf } = useFrame();
  const give = useCommand("givePart");
  const stop = useCommand("endHelp");
  const name = nameOf(item.user);
  const open = item.state === "waiting" || item.state === "ready";
  const where = { ws: view.ws, ask: item.ask };
  const says = () => {
    if (item.state === "given") return words.given;
    if (item.state === "ended") return words.ended[item.why ?? "owner"];
    if (item.state === "ready") return words.ready;
    return item.begun ? words.waiting(formats.full(item.due)) : words.telling;
  };
  return (
    <section aria-label={words.item(name)}>
      <SettingRow label={words.item(name)} sub={says()}>
        {item.state === "ready" && (
          <Button
            look="filled"
            disabled={give.pending}
            aria-label={words.giveOf(name)}
            onClick={() => void give.run(where)}
          >
            {words.give}
          </Button>
        )}
        {open && (
          <Button disabled={stop.pending} aria-label={words.stopOf(name)} onClick={() => void stop.run(where)}>
            {words.stop}
          </Button>
        )}
      </SettingRow>
      <FaultLine fault={give.fault ?? stop.fault} />
    </section>
  );
}

export function HelperSection({ circle }: { circle: CircleView }) {
  const words = useWords().circle.helper;
  const formats = useFormats();
  const { nameOf } = useFrame();
  const [typing, setTyping] = useState(false);
  const names = circle.helpOf.map(({ user }) => nameOf(user));
  return (
    <SettingSection title={words.title} sentence={names.length === 0 ? words.none : words.of(formats.list(names))}>
      {names.length > 0 && (
        <SettingRow label={words.act} sub={words.actSays}>
          <Button onClick={() => setTyping(true)}>{words.dialog}</Button>
        </SettingRow>
      )}
      {circle.helping.map((item) => (
        <Request key={item.ask} item={item} />
      ))}
      {typing && <HelpDialog circle={circle} onClose={() => setTyping(false)} />}
    </SettingSection>
  );
}
