// The calm checklist of an invited person: one thing to do, in its own time.
"use client";

import { KeyRound } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { ButtonLink } from "@/app/_ui/controls/button.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./checklist-card.module.css";

export function ChecklistCard() {
  const words = useWords().frame;
  const { view } = useFrame();
  return (
    <section className={styles.card} aria-labelledby="checklist">
      <KeyRound />
      <div className={styles.body}>
        <h2 className={styles.title} id="checklist">
          {words.checklistTitle}
        </h2>
        <p className={styles.text}>{words.checklist}</p>
        <ButtonLink size="sm" href={hrefOf({ t: "recovery", ws: view.ws })}>
          {words.checklistAct}
        </ButtonLink>
      </div>
    </section>
  );
}
