// Digits that two people compare by telephone, in groups.
import styles from "./renewal.module.css";

export function Digits({ label, digits }: { label: string; digits: string }) {
  return (
    <p className={styles.digits}>
      <span className="sr">{label}: </span>
      {digits}
    </p>
  );
}
