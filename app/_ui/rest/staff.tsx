// The staff with a rest of many bars: on setup and empty screens, the one place where the rest is an ornament.
import styles from "./staff.module.css";

/** Fills the width of its place, in its colour. `count` stands over the bar: 24 words, 3 words. */
export function Staff({ count }: { count?: number | undefined }) {
  return (
    <svg width="100%" viewBox="0 -18 384 138" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M0 20h384M0 40h384M0 60h384M0 80h384M0 100h384" opacity="0.45" />
      <path d="M64 40v40M320 40v40" strokeWidth="3" />
      <path d="M64 52h256v16H64z" fill="currentColor" stroke="none" />
      {count !== undefined && (
        <text x="192" y="12" textAnchor="middle" fill="currentColor" stroke="none" className={styles.count}>
          {count}
        </text>
      )}
    </svg>
  );
}
