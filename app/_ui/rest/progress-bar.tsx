// Progress as a rest that fills: sealing, uploading, indexing.
import styles from "./progress-bar.module.css";

export interface ProgressBarProps {
  /** What progresses, for screen readers. */
  label: string;
  /** From 0 to 1; undefined while it cannot be told. */
  share: number | undefined;
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  const known = share === undefined ? undefined : Math.max(0, Math.min(1, share));
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known === undefined ? undefined : Math.round(known * 100)}
    >
      <svg className={styles.track} viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.filled} x="0" y="0" width={Math.round((known ?? 0) * 1000)} height="1" />
      </svg>
    </div>
  );
}
