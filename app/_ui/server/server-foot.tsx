// Where the composer was: three sentences on what the server has and has not.
import type { ReactNode } from "react";
import styles from "./server-foot.module.css";

export interface ServerFootProps {
  label: string;
  /** In the score's voice: "This is all there is to read, index, sell or train on." */
  lead: string;
  sees: { title: string; words: ReactNode };
  not: { title: string; words: ReactNode };
  /** What else there is to look at. */
  act?: ReactNode;
}

/** On phones only the lead. */
export function ServerFoot({ label, lead, sees, not, act }: ServerFootProps) {
  return (
    <section className={styles.foot} aria-label={label}>
      <div className={styles.score}>
        <h2 className={styles.lead}>{lead}</h2>
        {act}
      </div>
      <div className={styles.part}>
        <h3 className={styles.visible}>{sees.title}</h3>
        <p>{sees.words}</p>
      </div>
      <div className={styles.part}>
        <h3 className={styles.hidden}>{not.title}</h3>
        <p>{not.words}</p>
      </div>
    </section>
  );
}

/** A value that the server sees: yellow, and underlined so that colour is not alone. */
export function Seen({ children }: { children: ReactNode }) {
  return <span className={styles.seen}>{children}</span>;
}
