// One entry of the record to the byte: what it says, who signed it, what ties it to everything before.
"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { CopyButton } from "@/app/_ui/controls/copy-button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { LedgerEntry } from "@/lib/client/api/ledger.ts";
import styles from "./record.module.css";
import { deviceMark } from "./sentence.ts";
import { useSentence } from "./use-sentence.ts";

type Read = { readonly t: "reading" } | { readonly t: "failed"; readonly code: FaultCode } | EntryRead;
type EntryRead = { readonly t: "read"; readonly entry: LedgerEntry };

function useEntry(n: number): Read {
  const engine = useEngine();
  const { view } = useFrame();
  const { ws } = view;
  const [read, setRead] = useState<Read>({ t: "reading" });
  useEffect(() => {
    let gone = false;
    engine
      .ledgerEntry({ ws, n })
      .then((entry) => !gone && setRead({ t: "read", entry }))
      .catch((thrown: unknown) => !gone && setRead({ t: "failed", code: asFault(thrown).code }));
    return () => {
      gone = true;
    };
  }, [engine, ws, n]);
  return read;
}

function Field({ name, mono, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <dt>{name}</dt>
      <dd className={mono === true ? styles.bytes : undefined}>{children}</dd>
    </div>
  );
}

function Plain({ entry }: { entry: LedgerEntry }) {
  const words = useWords();
  const say = words.record.dialog;
  const formats = useFormats();
  const sentence = useSentence();
  const { nameOf } = useFrame();
  const { line } = entry;
  return (
    <dl className={styles.fields}>
      {line === null ? (
        <Field name={say.what}>{say.unseen}</Field>
      ) : (
        <>
          <Field name={say.what}>{sentence(line)}</Field>
          <Field name={say.counts}>{line.void === null ? say.yes : say.no(words.faults[line.void])}</Field>
          <Field name={say.who}>{nameOf(line.actor)}</Field>
          <Field name={say.device}>{line.device === null ? words.record.signedByCode : deviceMark(line.device)}</Field>
          <Field name={say.time}>{words.record.claimed(formats.full(line.at))}</Field>
        </>
      )}
      <Field name={say.position}>{formats.number(entry.n)}</Field>
      <Field name={say.hash} mono>
        {entry.hash}
      </Field>
      <Field name={say.head} mono>
        {entry.head}
      </Field>
    </dl>
  );
}

function Dump({ title, hex }: { title: string; hex: string }) {
  const words = useWords().record.dialog;
  const formats = useFormats();
  if (hex === "") return null;
  return (
    <>
      <h3 className={styles.title}>
        {title} · {words.size(formats.number(hex.length / 2))}
      </h3>
      <section className={`${styles.dump} ${styles.bytes}`} aria-label={title} tabIndex={-1}>
        {hex}
      </section>
    </>
  );
}

function Exact({ entry }: { entry: LedgerEntry }) {
  const words = useWords().record.dialog;
  if (entry.fields.length === 0) return null;
  return (
    <>
      <h3 className={styles.title}>{words.fields}</h3>
      <dl className={styles.fields}>
        {entry.fields.map(({ name, value }) => (
          <Field key={name} name={name} mono>
            {value}
          </Field>
        ))}
      </dl>
      <Dump title={words.bytes} hex={entry.bytes} />
      <Dump title={words.sig} hex={entry.sig} />
      <Dump title={words.extra} hex={entry.extra} />
      <p className={styles.copy}>
        <CopyButton text={entry.bytes} label={words.copy} />
      </p>
    </>
  );
}

export function EntryDialog({ n, onClose }: { n: number; onClose: () => void }) {
  const words = useWords();
  const formats = useFormats();
  const read = useEntry(n);
  const says = read.t === "failed" ? words.faults[read.code] : words.record.dialog.sentence;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.record.entry(formats.number(n))}
      sentence={says}
      size="verify"
    >
      {read.t === "read" && (
        <>
          <Plain entry={read.entry} />
          <Exact entry={read.entry} />
        </>
      )}
    </Dialog>
  );
}
