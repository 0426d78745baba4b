// The room: rail, sidebar, timeline, panel; one column on phones; the same room in the server's view.
"use client";

import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { PHONE, useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { OverlayOutlet } from "@/app/_ui/overlay/overlay-root.tsx";
import { useWords } from "@/app/_words/words.ts";
import { InMain } from "./in-main.ts";
import styles from "./shell.module.css";

export interface ShellProps {
  rail: ReactNode;
  sidebar: ReactNode;
  /** Header, log, composer: the timeline's column. */
  children: ReactNode;
  /** A `<Panel>`; up to 1180 px it takes the sidebar's place, on phones the whole screen. */
  panel?: ReactNode;
  /** A `<BottomBar>`, shown on phones while `home`. */
  bottom?: ReactNode;
  /** On phones: the sidebar is the screen, and the conversation is not mounted. No effect on wider ones. */
  home?: boolean | undefined;
  /** Whose eyes: the server's turn the whole room into its view. */
  seen?: "you" | "server" | undefined;
}

export function Shell({ rail, sidebar, children, panel, bottom, home, seen = "you" }: ShellProps) {
  const words = useWords().ui;
  const lists = useMediaQuery(PHONE) && home === true;
  const open = Boolean(panel) && !lists;
  return (
    <>
      <a className={styles.skip} href="#main">
        {words.skip}
      </a>
      <div
        className={cx(styles.shell, open && styles.withPanel, lists && styles.lists, seen === "server" && "tacet")}
        data-seen={seen}
      >
        <div className={styles.rail}>{rail}</div>
        {!lists && <div className={styles.side}>{sidebar}</div>}
        <main className={styles.main} id="main" tabIndex={-1}>
          <InMain value={lists}>
            <div className={styles.column}>{lists ? sidebar : children}</div>
          </InMain>
          <OverlayOutlet />
        </main>
        {open && <div className={styles.panel}>{panel}</div>}
        {bottom && lists && <div className={styles.bottom}>{bottom}</div>}
      </div>
    </>
  );
}
