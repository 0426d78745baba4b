// In the settings: one's own recovery circle, with the plain sentence of what its helpers could do (D6).
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { OwnCircle } from "@/lib/client/api/circle.ts";
import { ChooseForm } from "./choose-form.tsx";
import { VetoBanner } from "./circle-banners.tsx";
import { HelperSection } from "./helper-section.tsx";

function EndDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().circle.own;
  const { view } = useFrame();
  const end = useCommand("endCircle");
  const act = async () => {
    const done = await end.run({ ws: view.ws });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.endTitle}
      act={words.end}
      pending={end.pending}
      fault={end.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.endSays}</p>
    </AskDialog>
  );
}

function Mine({ mine, onChange }: { mine: OwnCircle; onChange: () => void }) {
  const words = useWords().circle.own;
  const formats = useFormats();
  const { nameOf } = useFrame();
  const [ending, setEnding] = useState(false);
  const names = mine.helpers.map(({ user }) => nameOf(user));
  const gone = mine.helpers.filter(({ state }) => state === "gone");
  const sub = (
    <>
      {formats.list(names)}. {words.since(formats.full(mine.at))}{" "}
      {mine.broken ? words.broken : words.danger(mine.threshold)}
      {gone.map(({ user }) => ` ${words.gone(nameOf(user))}`)}
    </>
  );
  return (
    <>
      <SettingRow label={words.is(mine.threshold, mine.helpers.length)} sub={sub}>
        <Button onClick={onChange}>{words.change}</Button>
        <Button onClick={() => setEnding(true)}>{words.end}</Button>
      </SettingRow>
      {ending && <EndDialog onClose={() => setEnding(false)} />}
    </>
  );
}

export function CircleSection() {
  const words = useWords().circle.own;
  const { view } = useFrame();
  const shown = useTopic(`circle:${view.ws}`);
  const [choosing, setChoosing] = useState(false);
  if (shown === undefined) return null;
  const { mine, maySet } = shown;
  const why = view.me.role === "guest" ? words.guest : maySet ? words.noneSays : words.unconfirmed;
  return (
    <>
      <SettingSection title={words.title} sentence={words.sentence}>
        {shown.asks.length > 0 && <VetoBanner asks={shown.asks} />}
        {mine === null ? (
          <SettingRow label={words.none} sub={why}>
            {maySet && !choosing && <Button onClick={() => setChoosing(true)}>{words.set}</Button>}
          </SettingRow>
        ) : (
          <Mine mine={mine} onChange={() => setChoosing(true)} />
        )}
      </SettingSection>
      {choosing && <ChooseForm circle={shown} onClose={() => setChoosing(false)} />}
      <HelperSection circle={shown} />
    </>
  );
}
