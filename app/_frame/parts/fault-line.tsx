// One sentence that says why something was refused and what to do; in ink, never in red.
"use client";

import { CircleAlert } from "lucide-react";
import { useWords } from "@/app/_words/words.ts";
import type { Fault } from "@/lib/base/errors.ts";
import styles from "./fault-line.module.css";

/** Takes its place even while there is no fault, so that screen readers hear it when it comes. */
export function FaultLine({ fault }: { fault: Pick<Fault, "code"> | null }) {
  const says = useWords().faults;
  return (
    <div role="status" className={styles.place}>
      {fault !== null && (
        <p className={styles.line}>
          <CircleAlert />
          {says[fault.code]}
        </p>
      )}
    </div>
  );
}
