// Whether somebody is there, by shape as well as by colour: filled here, a ring away, a ring with a bar not to be disturbed.
import { cx } from "@/app/_ui/cx.ts";
import styles from "./presence.module.css";

export type PresenceSign = "here" | "away" | "quiet";

export interface PresenceProps {
  sign: PresenceSign;
  /** On the corner of an `Avatar`, which is hidden from screen readers: there the words stand elsewhere. */
  corner?: boolean | undefined;
}

export function Presence({ sign, corner }: PresenceProps) {
  return <span className={cx(styles.dot, styles[sign], corner && styles.corner)} aria-hidden="true" />;
}
