// Getting back in by the recovery code: the words, what they open, what to do with the other devices (D2, D3, D5).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import styles from "@/app/_enter/enter.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { RecoveryPreview } from "@/lib/client/api/recovery.ts";
import { isWhole, NO_WORDS, WordsField } from "./words-field.tsx";

/** Deeds beyond these are read in the workspace's record. */
const SHOWN = 12;

function Deeds({ preview }: { preview: RecoveryPreview }) {
  const say = useWords().enter.recover;
  const format = useFormats();
  const deeds = preview.deeds.slice(0, SHOWN);
  return (
    <section className={styles.verified} aria-labelledby="deeds">
      <h2 id="deeds">{say.deedsTitle}</h2>
      <p className={styles.page}>{say.deedsSays}</p>
      <ul>
        {deeds.map((deed) => (
          <li key={deed.n}>{say.deed(format.full(deed.at), say.deeds[deed.type] ?? say.otherDeed)}</li>
        ))}
      </ul>
    </section>
  );
}

interface StepProps {
  words: readonly string[];
  onDone: (ws: WorkspaceId) => void;
  onBack: () => void;
}

function Opened({ preview, words, onDone, onBack }: StepProps & { preview: RecoveryPreview }) {
  const say = useWords().enter.recover;
  const format = useFormats();
  const recover = useCommand("recoverAccount");
  const [others, setOthers] = useState("keep");
  const act = async () => {
    if (recover.pending) return;
    const done = await recover.run({ words: words.join(" "), ws: preview.ws, signOutOthers: others === "out" });
    if (done.ok) onDone(done.value.ws);
  };
  const rest = preview.devices.filter((device) => !device.here).length;
  return (
    <SetupPage
      title={say.openedTitle}
      lede={say.opened(rest)}
      side={<SetupSide title={say.ageTitle}>{say.age(format.full(preview.ledgerAt))}</SetupSide>}
    >
      <div className={styles.form}>
        {rest > 0 && (
          <RadioGroup
            label={say.others}
            value={others}
            onChange={setOthers}
            options={[
              { value: "keep", label: say.keep, sub: say.keepSays },
              { value: "out", label: say.out, sub: say.outSays },
            ]}
          />
        )}
        <Deeds preview={preview} />
        <FaultLine fault={recover.fault} />
        <SetupActs>
          <Button look="filled" size="lg" disabled={recover.pending} onClick={() => void act()}>
            {recover.pending ? say.recovering : say.recover}
          </Button>
          <Button look="quiet" size="lg" onClick={onBack}>
            {say.back}
          </Button>
        </SetupActs>
      </div>
    </SetupPage>
  );
}

export interface RecoverScreenProps {
  onDone: (ws: WorkspaceId) => void;
  onLeave: () => void;
}

export function RecoverScreen({ onDone, onLeave }: RecoverScreenProps) {
  const say = useWords().enter.recover;
  const look = useCommand("inspectRecovery");
  const [words, setWords] = useState(NO_WORDS);
  const [previews, setPreviews] = useState<readonly RecoveryPreview[]>([]);
  const [preview] = previews;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole(words) || look.pending) return;
    const found = await look.run({ words: words.join(" ") });
    if (found.ok) setPreviews(found.value);
  };
  if (preview !== undefined)
    return <Opened preview={preview} words={words} onDone={onDone} onBack={() => setPreviews([])} />;
  const side = (
    <SetupSide title={say.asideTitle} staff={<Staff count={24} />}>
      {say.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={say.title} lede={say.lede} side={side}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <WordsField value={words} onChange={setWords} />
        <FaultLine fault={look.fault} />
        <SetupActs>
          <Button look="filled" size="lg" type="submit" disabled={!isWhole(words) || look.pending}>
            {look.pending ? say.looking : say.look}
          </Button>
          <Button look="quiet" size="lg" onClick={onLeave}>
            {say.back}
          </Button>
        </SetupActs>
      </form>
    </SetupPage>
  );
}
