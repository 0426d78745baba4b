// The new device: shows its code, says whose account it would join, and asks.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { guessDevice } from "@/app/_enter/device-name.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { QrCode } from "@/app/_ui/qr/qr-code.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { JoiningView } from "@/lib/client/api/devices.ts";
import styles from "./link-screen.module.css";

const SECOND = 1000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function minutes(ms: number): string {
  const left = Math.max(0, Math.ceil(ms / SECOND));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function Code({ joining }: { joining: JoiningView }) {
  const words = useWords().devices.joining;
  const now = useNow();
  const groups = joining.code.split(" ").map((group, at) => ({ group, number: at + 1 }));
  return (
    <div className={styles.grid}>
      <div className={styles.picture}>
        <QrCode value={joining.qr} label={words.qr} />
      </div>
      <div className={styles.or}>
        <p className={styles.label}>{words.or}</p>
        <p className={styles.code} data-code>
          {groups.map(({ group, number }) => (
            <span key={number}>{group} </span>
          ))}
        </p>
        <p className={styles.help}>{words.valid(minutes(joining.expires - now))}</p>
        <p className={styles.help}>{words.key(joining.fingerprint)}</p>
      </div>
    </div>
  );
}

type Acts = { readonly again: () => void; readonly back: () => void };

function Stage({ joining, again, back }: Acts & { joining: JoiningView | null }) {
  const all = useWords();
  const words = all.devices.joining;
  const confirm = useCommand("confirmLink");
  if (joining === null) return <p className={styles.says}>{words.making}</p>;
  if (joining.phase === "failed")
    return (
      <>
        <p className={styles.says} role="alert">
          {all.faults[joining.fault ?? "bug/unexpected"]}
        </p>
        <SetupActs>
          <Button look="filled" size="lg" onClick={again}>
            {words.again}
          </Button>
          <Button look="quiet" size="lg" onClick={back}>
            {words.back}
          </Button>
        </SetupActs>
      </>
    );
  if (joining.phase === "asked")
    return (
      <>
        <p className={styles.says}>
          {words.askedSays(joining.account?.person || words.someone, joining.account?.workspace || words.somewhere)}
        </p>
        <SetupActs>
          <Button look="filled" size="lg" disabled={confirm.pending} onClick={() => void confirm.run({})}>
            {words.yes}
          </Button>
          <Button look="quiet" size="lg" onClick={back}>
            {words.no}
          </Button>
        </SetupActs>
      </>
    );
  if (joining.phase !== "showing") return <p className={styles.says}>{words.waitingSays}</p>;
  return (
    <>
      <Code joining={joining} />
      <SetupActs>
        <Button look="quiet" size="lg" onClick={back}>
          {words.back}
        </Button>
      </SetupActs>
    </>
  );
}

export function LinkScreen({ onBack }: { onBack: () => void }) {
  const all = useWords();
  const words = all.devices.joining;
  const joining = useTopic("link")?.joining ?? null;
  const start = useCommand("startLink");
  const cancel = useCommand("cancelLink");
  const begun = useRef(false);
  const { guess } = all.devices;
  const again = useCallback(() => {
    const device = guessDevice(navigator.userAgent);
    void start.run({ name: device === undefined ? "" : guess(device.browser, device.system) });
  }, [start.run, guess]);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    again();
  }, [again]);
  const back = () => {
    void cancel.run({});
    onBack();
  };
  const phase = start.fault === null ? (joining?.phase ?? "showing") : "failed";
  const titles: Readonly<Record<JoiningView["phase"], string>> = {
    showing: words.title,
    asked: words.asked,
    waiting: words.waiting,
    done: words.waiting,
    failed: words.failed,
  };
  return (
    <SetupPage
      title={titles[phase]}
      lede={phase === "showing" ? words.lede : undefined}
      side={
        <SetupSide title={words.asideTitle} staff={<Staff />}>
          {words.aside}
        </SetupSide>
      }
    >
      {start.fault === null ? (
        <Stage joining={joining} again={again} back={back} />
      ) : (
        <>
          <p className={styles.says} role="alert">
            {all.faults[start.fault.code]}
          </p>
          <SetupActs>
            <Button look="filled" size="lg" onClick={again}>
              {words.again}
            </Button>
            <Button look="quiet" size="lg" onClick={back}>
              {words.back}
            </Button>
          </SetupActs>
        </>
      )}
    </SetupPage>
  );
}
