// What stands where a file would be, while it is opened or when it can't be shown.

import styles from "./gallery.module.css";

export function Says({ children }: { children: string }) {
  return (
    <div className={styles.stage}>
      <p className={styles.says} role="status">
        {children}
      </p>
    </div>
  );
}
