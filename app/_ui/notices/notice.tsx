// A notice in the timeline: a refused message, a changed key; and a message whose key is not here yet.
"use client";

import { TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { Rest } from "@/app/_ui/rest/rest.tsx";
import styles from "./notice.module.css";

export interface NoticeProps extends Omit<ComponentProps<"li">, "title"> {
  icon?: ReactNode;
  title: string;
  children: ReactNode;
  /** Small buttons. */
  acts?: ReactNode;
  /** A key changed where sending waits: the one red thing in the timeline. Brings its own sign. */
  alarm?: boolean | undefined;
}

/** An `li` of the log. */
export function Notice({ icon, title, children, acts, alarm, className, ...rest }: NoticeProps) {
  return (
    <li {...rest} className={cx(styles.notice, alarm && styles.alarm, className)}>
      <span className={styles.mark}>{alarm ? <TriangleAlert /> : icon}</span>
      <div className={styles.box} role={alarm ? "alert" : undefined}>
        <h2 className={styles.title}>{title}</h2>
        <p>{children}</p>
        {acts && <div className={styles.acts}>{acts}</div>}
      </div>
    </li>
  );
}

/** In the place of a message's text: it is here, its key isn't. Says who brings it. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className={styles.waiting}>
      <span className={styles.rest}>
        <Rest state="waiting" show="never" words="" />
      </span>
      <span>{children}</span>
    </p>
  );
}
