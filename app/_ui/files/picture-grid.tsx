// Pictures in a message: a row of equal ones, or one alone and larger.
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./picture-grid.module.css";

/** A row of `Picture`s; scrolls sideways inside itself on phones. */
export function PictureGrid({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

export interface PictureProps {
  /** A blob or same-origin URL; undefined while it is being opened: an empty box of the right size. */
  src: string | undefined;
  /** What it shows, or its file's name. */
  alt: string;
  /** Its own size in pixels; one picture alone keeps its shape, up to 420 by 320. */
  width?: number | undefined;
  height?: number | undefined;
  alone?: boolean | undefined;
  /** On it: that it plays. */
  badge?: ReactNode;
  onOpen: () => void;
}

export function Picture({ src, alt, width, height, alone, badge, onOpen }: PictureProps) {
  return (
    <button
      type="button"
      className={cx(styles.picture, alone && styles.alone)}
      onClick={onOpen}
      aria-label={src ? undefined : alt}
    >
      {src && <img src={src} alt={alt} width={width} height={height} loading="lazy" decoding="async" />}
      {badge !== undefined && (
        <span className={styles.badge} aria-hidden="true">
          {badge}
        </span>
      )}
    </button>
  );
}
