// One who lost everything asks his helpers: a code to read to each, what came of it, and the way on when parts suffice (D6).
"use client";

import { useEffect, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import styles from "@/app/_enter/enter.module.css";
import link from "@/app/_enter/link/link-screen.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SettingRow } from "@/app/_ui/fields/setting-row.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Fault } from "@/lib/base/errors.ts";
import type { AskItem } from "@/lib/client/api/circle.ts";

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

function Code({ item }: { item: AskItem }) {
  const words = useWords().circle.back;
  const now = useNow();
  const groups = item.code.split(" ").map((group, at) => ({ group, number: at + 1 }));
  return (
    <section className={link.or} aria-label={words.code}>
      <p className={link.label}>{words.code}</p>
      <p className={link.code} data-code>
        {groups.map(({ group, number }) => (
          <span key={number}>{group} </span>
        ))}
      </p>
      <p className={link.help}>{words.valid(minutes(item.expires - now))}</p>
    </section>
  );
}

function Asked({ item }: { item: AskItem }) {
  const all = useWords();
  const words = all.circle.back;
  const formats = useFormats();
  const drop = useCommand("dropAsk");
  const name = item.helper || words.someone;
  const says = () => {
    if (item.phase === "given") return words.given(name);
    if (item.phase === "refused") return words.refused[item.why ?? "helper"](name);
    if (item.phase === "failed") return words.failed(item.helper, all.faults[item.fault ?? "bug/unexpected"]);
    return words.waiting(name, formats.full(item.due));
  };
  return (
    <SettingRow label={says()}>
      {(item.phase === "refused" || item.phase === "failed") && (
        <Button disabled={drop.pending} aria-label={words.dropOf(name)} onClick={() => void drop.run({ id: item.id })}>
          {words.drop}
        </Button>
      )}
    </SettingRow>
  );
}

export interface CircleScreenProps {
  /** The words that the parts opened. */
  onOpened: (words: string) => void;
  onBack: () => void;
  /** Why what they opened led nowhere. */
  fault: Fault | null;
}

export function CircleScreen({ onOpened, onBack, fault }: CircleScreenProps) {
  const words = useWords().circle.back;
  const formats = useFormats();
  const shown = useTopic("regaining");
  const start = useCommand("startAsk");
  const open = useCommand("openCircle");
  const asks = shown?.asks ?? [];
  const showing = asks.findLast(({ phase }) => phase === "showing");
  const rest = asks.filter(({ phase }) => phase !== "showing");
  const told = rest.find(({ person }) => person !== "");
  const have = shown?.have ?? 0;
  const need = shown?.need ?? 0;
  const enough = need > 0 && have >= need;
  const act = async () => {
    if (open.pending) return;
    const done = await open.run({});
    if (done.ok) onOpened(done.value.words);
  };
  return (
    <SetupPage
      title={words.title}
      lede={words.lede}
      side={
        <SetupSide title={words.asideTitle} staff={<Staff />}>
          {words.aside}
        </SetupSide>
      }
    >
      <div className={styles.form}>
        {showing !== undefined && <Code item={showing} />}
        <section className={styles.verified} aria-label={words.list} role="status">
          <p className={link.says}>{words.progress(have, need)}</p>
          {told !== undefined && <p className={link.help}>{words.whose(told.person, told.workspace)}</p>}
          {told !== undefined && <p className={link.help}>{words.circle(formats.list(shown?.helpers ?? []))}</p>}
          {rest.map((item) => (
            <Asked key={item.id} item={item} />
          ))}
        </section>
        <FaultLine fault={start.fault ?? open.fault ?? fault} />
        <SetupActs>
          {enough && (
            <Button look="filled" size="lg" disabled={open.pending} onClick={() => void act()}>
              {open.pending ? words.opening : words.open}
            </Button>
          )}
          {showing === undefined && (
            <Button
              look={enough ? "quiet" : "filled"}
              size="lg"
              disabled={start.pending}
              onClick={() => void start.run({})}
            >
              {rest.length === 0 ? words.start : words.another}
            </Button>
          )}
          <Button look="quiet" size="lg" onClick={onBack}>
            {words.back}
          </Button>
        </SetupActs>
      </div>
    </SetupPage>
  );
}
