// Getting back in by the recovery code: the words, what they open, what to do with the other devices (D2, D3, D5).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
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
import { CircleScreen } from "./circle-screen.tsx";
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
  /** They came out of a recovery circle, and are on no paper. */
  unwritten: boolean;
  onDone: (ws: WorkspaceId, unwritten: boolean) => void;
  onBack: () => void;
}

function Opened({ preview, words, unwritten, onDone, onBack }: StepProps & { preview: RecoveryPreview }) {
  const say = useWords().enter.recover;
  const format = useFormats();
  const recover = useCommand("recoverAccount");
  const forget = useCommand("endAsks");
  const [others, setOthers] = useState("keep");
  const act = async () => {
    if (recover.pending) return;
    const input = { words: words.join(" "), ws: preview.ws, signOutOthers: others === "out", unwritten };
    const done = await recover.run(input);
    if (!done.ok) return;
    if (unwritten) await forget.run({});
    onDone(done.value.ws, unwritten);
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
  onDone: (ws: WorkspaceId, unwritten: boolean) => void;
  onLeave: () => void;
}

export function RecoverScreen({ onDone, onLeave }: RecoverScreenProps) {
  const all = useWords();
  const say = all.enter.recover;
  const look = useCommand("inspectRecovery");
  const asks = useTopic("regaining")?.asks;
  const [words, setWords] = useState(NO_WORDS);
  const [previews, setPreviews] = useState<readonly RecoveryPreview[]>([]);
  /** Null until somebody chose: who has asked already comes back to that. */
  const [wanted, setWanted] = useState<"words" | "circle" | null>(null);
  const [preview] = previews;
  const circle = wanted === null ? (asks?.length ?? 0) > 0 : wanted === "circle";
  const inspect = async (found: readonly string[]) => {
    if (!isWhole(found) || look.pending) return;
    setWords(found);
    const answer = await look.run({ words: found.join(" ") });
    if (answer.ok) setPreviews(answer.value);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void inspect(words);
  };
  if (asks === undefined) return null;
  if (preview !== undefined)
    return <Opened preview={preview} words={words} unwritten={circle} onDone={onDone} onBack={() => setPreviews([])} />;
  if (circle)
    return (
      <CircleScreen
        fault={look.fault}
        onOpened={(found) => {
          setWanted("circle");
          void inspect(found.split(" "));
        }}
        onBack={() => {
          setWords(NO_WORDS);
          setWanted("words");
        }}
      />
    );
  const side = (
    <SetupSide title={say.asideTitle} staff={<Staff count={24} />}>
      {say.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={say.title} lede={say.lede} side={side}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <WordsField value={words} onChange={setWords} />
        <FaultLine fault={look.fault} />
        <SetupActs>
          <Button look="filled" size="lg" type="submit" disabled={!isWhole(words) || look.pending}>
            {look.pending ? say.looking : say.look}
          </Button>
          <Button look="quiet" size="lg" onClick={() => setWanted("circle")}>
            {all.circle.back.door}
          </Button>
          <Button look="quiet" size="lg" onClick={onLeave}>
            {say.back}
          </Button>
        </SetupActs>
      </form>
    </SetupPage>
  );
}
