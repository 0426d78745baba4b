// The recovery code in the settings: its state, a new one for the old, what to do when it leaked (D3, D4).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { isWhole, NO_WORDS, WordsField } from "@/app/_enter/recovery/words-field.tsx";
import { CircleSection } from "@/app/_frame/circle/circle-section.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { RenewalSection, SoleOwnerRow } from "@/app/_frame/renewal/renewal-section.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";

function ChangeForm({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const say = words.panels.recoveryPage;
  const { view } = useFrame();
  const change = useCommand("changeRecoveryCode");
  const [old, setOld] = useState(NO_WORDS);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole(old) || change.pending) return;
    const done = await change.run({ ws: view.ws, words: old.join(" ") });
    if (done.ok) go({ t: "recovery", ws: view.ws });
  };
  return (
    <SettingSection title={say.changeTitle} sentence={say.changeSays}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <WordsField value={old} onChange={setOld} />
        <FaultLine fault={change.fault} />
        <Button look="filled" type="submit" disabled={!isWhole(old) || change.pending}>
          {say.changeAct}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {words.dialogs.cancel}
        </Button>
      </form>
    </SettingSection>
  );
}

export function RecoveryPage() {
  const say = useWords().panels.recoveryPage;
  const format = useFormats();
  const { view } = useFrame();
  const recovery = useTopic(`recovery:${view.ws}`);
  const [changing, setChanging] = useState(false);
  const since = recovery === undefined || recovery.setAt === 0 ? "" : say.since(format.full(recovery.setAt));
  return (
    <>
      <SettingRow label={say.code} sub={view.recoveryConfirmed ? `${say.confirmed} ${since}` : say.unconfirmed}>
        {view.recoveryConfirmed ? (
          <Button onClick={() => setChanging(true)}>{say.change}</Button>
        ) : (
          <ButtonLink look="filled" href={hrefOf({ t: "recovery", ws: view.ws })}>
            {say.act}
          </ButtonLink>
        )}
      </SettingRow>
      {changing && <ChangeForm onClose={() => setChanging(false)} />}
      <SettingRow label={say.stolen} sub={say.stolenSays}>
        <ButtonLink href={hrefOf({ t: "recover" })}>{say.stolenAct}</ButtonLink>
      </SettingRow>
      <SettingRow label={say.leaked} sub={say.leakedSays} />
      <SoleOwnerRow />
      {recovery !== undefined && recovery.reset !== null && (
        <SettingRow
          label={say.reset(format.full(recovery.reset.at))}
          sub={say.resetSays(recovery.reset.signedOut.length)}
        >
          <ButtonLink href={hrefOf({ t: "settings", ws: view.ws, page: "record" })}>{say.record}</ButtonLink>
        </SettingRow>
      )}
      <CircleSection />
      <RenewalSection />
    </>
  );
}
