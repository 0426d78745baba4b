// The sidebar: the workspace, the way to anything, channels and people, and oneself.
"use client";

import { ChevronDown, Search } from "lucide-react";
import { type ReactElement, type ReactNode, useContext } from "react";
import { InMain } from "@/app/_ui/layout/in-main.ts";
import { Kbd } from "@/app/_ui/signs/pill.tsx";
import styles from "./sidebar.module.css";

export interface SidebarProps {
  /** Name of the landmark. */
  label: string;
  /** A `SidebarHead`. */
  head: ReactNode;
  /** A `JumpBox`. */
  jump?: ReactNode;
  /** `SidebarItem`s and `SidebarSection`s. */
  children: ReactNode;
  /** A `SidebarFoot`; phones leave it out. */
  foot?: ReactNode;
}

export function Sidebar({ label, head, jump, children, foot }: SidebarProps) {
  const inMain = useContext(InMain);
  const inside = (
    <>
      {head}
      {jump}
      <div className={styles.scroll}>{children}</div>
      {!inMain && foot}
    </>
  );
  if (inMain) return <div className={styles.sidebar}>{inside}</div>;
  return (
    <aside className={styles.sidebar} aria-label={label}>
      {inside}
    </aside>
  );
}

export interface SidebarHeadProps {
  name: string;
  /** Wraps the name: `(trigger) => <Menu trigger={trigger} …/>`; without it the name is plain text. */
  menu?: ((trigger: ReactElement<Record<string, unknown>>) => ReactNode) | undefined;
  /** `IconButton`s at the right: new message. */
  actions?: ReactNode;
}

export function SidebarHead({ name, menu, actions }: SidebarHeadProps) {
  const heading = useContext(InMain);
  const plain = <span className={styles.nameWords}>{name}</span>;
  const inside = menu
    ? menu(
        <button type="button" className={styles.name}>
          {plain}
          <ChevronDown />
        </button>,
      )
    : plain;
  return (
    <div className={styles.head}>
      {heading ? <h1 className={styles.nameBox}>{inside}</h1> : <div className={styles.nameBox}>{inside}</div>}
      {actions}
    </div>
  );
}

/** Looks like a field, opens the switcher. */
export function JumpBox({ label, shortcut, onOpen }: { label: string; shortcut?: string; onOpen: () => void }) {
  return (
    <button type="button" className={styles.jump} onClick={onOpen}>
      <Search />
      <span className={styles.jumpWords}>{label}</span>
      {shortcut && (
        <span className={styles.jumpKey}>
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </button>
  );
}

export interface SidebarFootProps {
  /** An `Avatar` of 32 with a corner `Presence`. */
  face: ReactNode;
  name: string;
  status?: ReactNode;
  /** Opens one's own profile and status. */
  onOpen?: (() => void) | undefined;
  actions?: ReactNode;
}

export function SidebarFoot({ face, name, status, onOpen, actions }: SidebarFootProps) {
  const who = (
    <>
      {face}
      <span className={styles.who}>
        <b className={styles.clip}>{name}</b>
        {status && <span className={styles.status}>{status}</span>}
      </span>
    </>
  );
  return (
    <div className={styles.foot}>
      {onOpen ? (
        <button type="button" className={styles.me} onClick={onOpen}>
          {who}
        </button>
      ) : (
        <span className={styles.me}>{who}</span>
      )}
      {actions}
    </div>
  );
}
