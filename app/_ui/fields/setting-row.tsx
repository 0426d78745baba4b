// A row of the settings: what it is, what it means, and its control at the right.
import type { ReactNode } from "react";
import styles from "./setting-row.module.css";

export interface SettingRowProps {
  label: ReactNode;
  sub?: ReactNode;
  /** The control or controls at the right; give them the label's words as their own name. */
  children?: ReactNode;
  /** A 36 px sign at the left, for devices. */
  sign?: ReactNode;
}

export function SettingRow({ label, sub, children, sign }: SettingRowProps) {
  return (
    <div className={styles.row}>
      {sign && <span className={styles.sign}>{sign}</span>}
      <div className={styles.words}>
        <div className={styles.label}>{label}</div>
        {sub && <div className={styles.sub}>{sub}</div>}
      </div>
      {children && <div className={styles.controls}>{children}</div>}
    </div>
  );
}

export interface SettingSectionProps {
  title: string;
  sentence?: ReactNode;
  children: ReactNode;
}

/** A titled group of rows. */
export function SettingSection({ title, sentence, children }: SettingSectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {children}
    </section>
  );
}
