// The rail at the left: workspaces, the four views, settings; and the same views as a bottom bar on phones.
import type { ReactNode } from "react";
import { Mark } from "@/app/_ui/signs/mark.tsx";
import { Pill } from "@/app/_ui/signs/pill.tsx";
import styles from "./rail.module.css";

export interface RailItemProps {
  href: string;
  /** Its words; hidden with `iconOnly`, but always its name. */
  label: string;
  icon: ReactNode;
  current?: boolean | undefined;
  count?: number | undefined;
  /** What screen readers say for the count: "1 unread". */
  countLabel?: string | undefined;
  iconOnly?: boolean | undefined;
}

export function RailItem({ href, label, icon, current, count, countLabel, iconOnly }: RailItemProps) {
  return (
    <a className={styles.item} href={href} aria-current={current ? "page" : undefined}>
      {icon}
      <span className={iconOnly ? "sr" : undefined}>{label}</span>
      {count !== undefined && count > 0 && (
        <span className={styles.pill}>
          <Pill count={count} label={countLabel ?? String(count)} />
        </span>
      )}
    </a>
  );
}

export interface WorkspaceTileProps {
  href: string;
  name: string;
  /** The open one carries the mark; others their first letter. */
  current?: boolean | undefined;
  /** Another sign than the mark, in the server's view. */
  sign?: ReactNode;
}

export function WorkspaceTile({ href, name, current, sign }: WorkspaceTileProps) {
  return (
    <a
      className={current ? styles.tile : `${styles.tile} ${styles.other}`}
      href={href}
      aria-label={name}
      aria-current={current ? "true" : undefined}
    >
      {sign ?? (current ? <Mark /> : [...name][0]?.toLocaleUpperCase())}
    </a>
  );
}

export interface RailProps {
  /** Name of the landmark. */
  label: string;
  /** `WorkspaceTile`s. */
  workspaces: ReactNode;
  /** `RailItem`s: Home, DMs, Activity, Later. */
  children: ReactNode;
  /** At the bottom: settings, add a workspace. */
  foot?: ReactNode;
}

export function Rail({ label, workspaces, children, foot }: RailProps) {
  return (
    <nav className={styles.rail} aria-label={label}>
      {workspaces}
      <span className={styles.line} />
      {children}
      <span className={styles.grow} />
      {foot}
    </nav>
  );
}

/** The four `RailItem`s along the bottom of a phone's list screens. */
export function BottomBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.bottom} aria-label={label}>
      {children}
    </nav>
  );
}
