// The last way on: this browser forgets what it keeps and begins anew, after one more question.
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import styles from "@/app/_enter/enter.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SetupActs } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";

export function StartOver() {
  const say = useWords().lock.over;
  const forget = useCommand("forgetProfile");
  const [asked, setAsked] = useState(false);
  return (
    <section className={styles.verified} aria-labelledby="start-over">
      <h2 id="start-over">{say.title}</h2>
      <p className={styles.page}>{asked ? say.sure : say.says}</p>
      <FaultLine fault={forget.fault} />
      <SetupActs>
        {asked ? (
          <>
            <Button size="lg" disabled={forget.pending} onClick={() => void forget.run({})}>
              {say.yes}
            </Button>
            <Button look="quiet" size="lg" onClick={() => setAsked(false)}>
              {say.no}
            </Button>
          </>
        ) : (
          <Button look="quiet" size="lg" onClick={() => setAsked(true)}>
            {say.act}
          </Button>
        )}
      </SetupActs>
    </section>
  );
}
