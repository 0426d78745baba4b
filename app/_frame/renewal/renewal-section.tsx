// In the settings: no recovery code any more, or one that leaked. A new root key is asked for, and waits for an admin (D7).
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { OwnRenewal } from "@/lib/client/api/renewal.ts";
import { Digits } from "./digits.tsx";
import styles from "./renewal.module.css";
import { useDeviceName } from "./use-device-name.ts";

type Why = "lost" | "leaked";

function ConfirmDialog({ why, alone, onClose }: { why: Why; alone: boolean; onClose: () => void }) {
  const words = useWords().renewal.section;
  const { view } = useFrame();
  const renew = useCommand("renewRoot");
  const act = async () => {
    const done = await renew.run({ ws: view.ws, leaked: why === "leaked" });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={alone ? words.confirmAlone : words.confirm}
      act={alone ? words.askAlone : words.ask}
      pending={renew.pending}
      fault={renew.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.confirmSays}</p>
      {why === "leaked" && <p>{words.leakedSays}</p>}
    </AskDialog>
  );
}

function Waiting({ mine }: { mine: OwnRenewal }) {
  const words = useWords().renewal.section;
  const formats = useFormats();
  const deviceName = useDeviceName();
  const when = `${formats.day(mine.at, Date.now())}, ${formats.time(mine.at)}`;
  return (
    <div role="status">
      <SettingRow
        label={words.waiting}
        sub={mine.here ? words.waitingSays(when) : words.elsewhere(deviceName(mine.device), when)}
      />
      <Digits label={words.digits} digits={mine.check} />
    </div>
  );
}

export function RenewalSection() {
  const words = useWords().renewal.section;
  const { view } = useFrame();
  const shown = useTopic(`renewals:${view.ws}`);
  const [why, setWhy] = useState<Why>("lost");
  const [asking, setAsking] = useState(false);
  if (shown === undefined) return null;
  const alone = shown.soleOwner;
  const options = [
    { value: "lost", label: words.lost, sub: words.lostSays },
    { value: "leaked", label: words.leaked, sub: words.leakedSays },
  ] as const;
  return (
    <SettingSection title={words.title} sentence={alone ? words.alone : words.sentence}>
      {shown.mine === null ? (
        <div className={styles.form}>
          <RadioGroup label={words.why} options={options} value={why} onChange={setWhy} />
          <Button onClick={() => setAsking(true)}>{alone ? words.askAlone : words.ask}</Button>
        </div>
      ) : (
        <Waiting mine={shown.mine} />
      )}
      {asking && <ConfirmDialog why={why} alone={alone} onClose={() => setAsking(false)} />}
    </SettingSection>
  );
}

/** While there is one owner alone, without a circle that works: nobody could give him his place back. */
export function SoleOwnerRow() {
  const words = useWords().renewal.sole;
  const { view } = useFrame();
  const shown = useTopic(`renewals:${view.ws}`);
  const circle = useTopic(`circle:${view.ws}`);
  if (shown === undefined || !shown.soleOwner || circle === undefined || circle.mine?.broken === false) return null;
  return (
    <SettingRow label={words.title} sub={shown.others ? words.says : words.alone}>
      {shown.others && (
        <ButtonLink href={hrefOf({ t: "settings", ws: view.ws, page: "people" })}>{words.act}</ButtonLink>
      )}
    </SettingRow>
  );
}
