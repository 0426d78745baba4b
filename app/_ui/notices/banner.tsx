// The state of the place, under the header: offline, an export running, a recovery drill due.
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./banner.module.css";

export interface BannerProps {
  icon?: ReactNode;
  children: ReactNode;
  /** A small button or two. */
  act?: ReactNode;
  /** A forked ledger, and nothing else: full width, in `alarm`. */
  alarm?: boolean | undefined;
}

export function Banner({ icon, children, act, alarm }: BannerProps) {
  return (
    <div className={cx(styles.banner, alarm && styles.alarm)} role={alarm ? "alert" : "status"}>
      {icon}
      <span className={styles.words}>{children}</span>
      {act}
    </div>
  );
}
