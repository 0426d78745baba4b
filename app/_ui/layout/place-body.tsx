// What stands in the timeline's column below the header when it is no conversation: lists, search, activity.
import type { ReactNode } from "react";
import styles from "./place-body.module.css";

/** A scrolling body with the gutter at both sides; `bottom` keeps a short content at the bottom (empty channels). */
export function PlaceBody({ children, bottom }: { children: ReactNode; bottom?: boolean | undefined }) {
  return <div className={bottom ? `${styles.body} ${styles.bottom}` : styles.body}>{children}</div>;
}
