// The place of toasts: bottom left above the composer, one act, six seconds, stops on hover and focus.
"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import styles from "./toast.module.css";
import { dismissToast, followToasts, shownToasts, type Toast } from "./toast-store.ts";

const SHOWN_MS = 6000;
const AGAIN_MS = 1500;

function ToastCard({ one }: { one: Toast }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer = setTimeout(leave, SHOWN_MS);
    function leave() {
      if (card.current?.matches(":hover, :focus-within")) timer = setTimeout(leave, AGAIN_MS);
      else dismissToast(one.id);
    }
    return () => clearTimeout(timer);
  }, [one.id]);
  const act = one.act;
  return (
    <div ref={card} className={styles.toast}>
      <span>{one.text}</span>
      {act && (
        <button
          type="button"
          className={styles.act}
          onClick={() => {
            act.onSelect();
            dismissToast(one.id);
          }}
        >
          {act.label}
        </button>
      )}
    </div>
  );
}

/** Comes along with `OverlayOutlet`; show a toast with `toast(text, act)` from `app/_ui/notices/toast-store.ts`. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(followToasts, shownToasts, shownToasts);
  return (
    <div className={styles.region} role="status">
      {toasts.map((one) => (
        <ToastCard key={one.id} one={one} />
      ))}
    </div>
  );
}
