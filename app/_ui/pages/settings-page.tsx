// A page of settings: its sections at the left, one of them at the right; a list, then a page, on phones.
"use client";

import { ChevronLeft } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useScrollStop } from "@/app/_ui/hooks/use-scroll-stop.ts";
import { OverlayOutlet } from "@/app/_ui/overlay/overlay-root.tsx";
import { Wordmark } from "@/app/_ui/signs/wordmark.tsx";
import styles from "./settings-page.module.css";

export interface SettingsPageProps {
  /** Name of the navigation. */
  navLabel: string;
  /** `SidebarSection`s of `SidebarItem`s. */
  nav: ReactNode;
  /** Under the wordmark: the version. */
  version?: ReactNode;
  title: string;
  sentence?: ReactNode;
  /** Main act of the page, at the right of the title. */
  act?: ReactNode;
  /** 1000 px instead of 820, for tables. */
  wide?: boolean | undefined;
  /** On phones: the way back to the list of sections. */
  back?: { href: string; label: string } | undefined;
  /** On phones: show the list, not the page. */
  list?: boolean | undefined;
  children: ReactNode;
}

export function SettingsPage(props: SettingsPageProps) {
  const stop = useScrollStop(useRef<HTMLDivElement>(null));
  const { navLabel, nav, version, title, sentence, act, wide, back, list, children } = props;
  return (
    <div className={cx(styles.settings, list && styles.list)}>
      <nav className={styles.nav} aria-label={navLabel}>
        <div className={styles.scroll}>{nav}</div>
        <div className={styles.brand}>
          <span className={styles.wordmark}>
            <Wordmark height={20} />
          </span>
          {version && <span>{version}</span>}
        </div>
      </nav>
      <main className={styles.main} id="main">
        <div className={styles.page} ref={stop} data-scroll>
          <div className={cx(styles.column, wide && styles.wide)}>
            {back && (
              <a className={styles.back} href={back.href}>
                <ChevronLeft />
                {back.label}
              </a>
            )}
            <div className={styles.head}>
              <div className={styles.words}>
                <h1 className={styles.title}>{title}</h1>
                {sentence && <p className={styles.sentence}>{sentence}</p>}
              </div>
              {act}
            </div>
            {children}
          </div>
        </div>
        <OverlayOutlet />
      </main>
    </div>
  );
}
