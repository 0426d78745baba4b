// A page that only says something: not found, stopped, opening. Server-renderable, without hooks.
import type { ReactNode } from "react";
import { Wordmark } from "@/app/_ui/signs/wordmark.tsx";
import styles from "./message-page.module.css";

export interface MessagePageProps {
  title?: string | undefined;
  sentence?: ReactNode;
  children?: ReactNode;
}

export function MessagePage({ title, sentence, children }: MessagePageProps) {
  return (
    <main className={styles.page} id="main">
      <Wordmark />
      <div className={styles.body}>
        {title && <h1 className={styles.title}>{title}</h1>}
        {sentence && <p className={styles.sentence}>{sentence}</p>}
        {children}
      </div>
    </main>
  );
}
