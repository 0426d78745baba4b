// The X-ray: one message as this device opened it beside the row that the server stores, fetched live.
"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useEngine } from "@/app/_engine/provider.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { XrayView } from "@/lib/client/api.ts";
import { pairsOf } from "./fields.ts";
import { usePairCells } from "./pair-cells.tsx";
import styles from "./xray.module.css";

type Read =
  | { readonly t: "reading" }
  | { readonly t: "read"; readonly view: XrayView; readonly at: number }
  | { readonly t: "failed"; readonly code: FaultCode };

function useXray(id: EventId): { read: Read; again: () => void } {
  const engine = useEngine();
  const { ws, channel } = useChannel();
  const [read, setRead] = useState<Read>({ t: "reading" });
  const look = useCallback(() => {
    let gone = false;
    setRead({ t: "reading" });
    engine
      .inspectEvent({ ws, channel, id })
      .then((view) => !gone && setRead({ t: "read", view, at: Date.now() }))
      .catch((thrown: unknown) => !gone && setRead({ t: "failed", code: asFault(thrown).code }));
    return () => {
      gone = true;
    };
  }, [engine, ws, channel, id]);
  useEffect(look, [look]);
  return { read, again: look };
}

interface SideProps {
  title: string;
  says: string;
  server?: boolean;
  lines: number;
  children: ReactNode;
}

function Side({ title, says, server, lines, children }: SideProps) {
  return (
    <section
      className={cx(styles.side, server && "tacet", server && styles.server)}
      style={{ gridRow: `span ${lines + 1}` }}
    >
      <h3 className={styles.label}>
        <b>{title}</b> {says}
      </h3>
      <dl className={styles.fields}>{children}</dl>
    </section>
  );
}

function Both({ view }: { view: XrayView }) {
  const words = useWords().xray;
  const cellsOf = usePairCells(view);
  const lines = pairsOf(view).map((pair) => ({
    key: pair.t === "field" || pair.t === "column" ? `${pair.t} ${pair.name}` : pair.t,
    ...cellsOf(pair),
  }));
  const says = words.states[view.state];
  return (
    <div className={styles.grid}>
      <Side title={words.you} says={says} lines={lines.length}>
        {lines.map((line) => (
          <div key={line.key} className={cx(styles.line, line.tall && styles.tall)}>
            <dt>{line.label}</dt>
            <dd>{line.left}</dd>
          </div>
        ))}
      </Side>
      <Side title={words.server} says={words.serverSays} server lines={lines.length}>
        {lines.map((line) => (
          <div key={line.key} className={cx(styles.line, line.tall && styles.tall)}>
            <dt>{line.column}</dt>
            <dd>{line.right}</dd>
          </div>
        ))}
      </Side>
    </div>
  );
}

/** What is left of a row that was emptied or refused, said plainly. */
function Left({ view }: { view: XrayView }) {
  const words = useWords();
  const { state, code } = view;
  if (state === "gone") return <p className={styles.left}>{words.xray.gone}</p>;
  if (state !== "refused" || code === null) return null;
  return <p className={styles.left}>{words.xray.refused(words.faults[code])}</p>;
}

function Visible() {
  const words = useWords().xray;
  return (
    <div className={styles.visible}>
      <div>
        <h3>{words.visible}</h3>
        <p>{words.visibleSays}</p>
      </div>
      <ul>
        {words.visibleList.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** What is looked at, as soon as that is known: nothing but this device can tell a message from a read mark. */
function useTitle(read: Read): string {
  const { title, titleOf, kinds } = useWords().xray;
  const kind = read.t === "read" ? read.view.opened?.kind : undefined;
  return kind === undefined ? title : titleOf((kinds as Record<string, string>)[kind] ?? kinds.other);
}

export function XrayDialog({ id, onClose }: { id: EventId; onClose: () => void }) {
  const words = useWords();
  const formats = useFormats();
  const { read, again } = useXray(id);
  const title = useTitle(read);
  const sentence =
    read.t === "read"
      ? words.xray.sentence(formats.exactTime(read.at))
      : read.t === "reading"
        ? words.xray.reading
        : words.xray.failed(words.faults[read.code]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} sentence={sentence} size="xray" flush>
      {read.t === "read" && <Left view={read.view} />}
      {read.t === "read" && <Both view={read.view} />}
      {read.t === "failed" && (
        <div className={styles.again}>
          <Button onClick={again}>{words.xray.again}</Button>
        </div>
      )}
      {read.t === "reading" && <div className={styles.room} />}
      <Visible />
    </Dialog>
  );
}
