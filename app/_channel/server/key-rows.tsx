// What the server stores of a channel's scope beside its events: links, seals and boxes, row by row, read live.
"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useEngine } from "@/app/_engine/provider.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { Seen } from "@/app/_ui/server/server-foot.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import styles from "./key-rows.module.css";
import { bytesOf, hexGroups } from "./row-facts.ts";

const TABLES = ["links", "seals", "boxes"] as const;
/** Columns of plain words; every other text is bytes. */
const PLAIN = new Set(["kind", "purpose", "to"]);
/** The one column that the server cannot read: what is sealed. */
const SEALED = "ct";
const HEAD_BYTES = 16;

type Read =
  | { readonly t: "reading" }
  | { readonly t: "read"; readonly rows: readonly StoredRow[]; readonly at: number }
  | { readonly t: "failed"; readonly code: FaultCode };

function useKeyRows(): Read {
  const engine = useEngine();
  const { ws, channel } = useChannel();
  const [read, setRead] = useState<Read>({ t: "reading" });
  useEffect(() => {
    let gone = false;
    engine
      .serverKeys({ ws, channel })
      .then((rows) => !gone && setRead({ t: "read", rows, at: Date.now() }))
      .catch((thrown: unknown) => !gone && setRead({ t: "failed", code: asFault(thrown).code }));
    return () => {
      gone = true;
    };
  }, [engine, ws, channel]);
  return read;
}

/** All but sealed bytes is what the server sees; longer bytes are shown by their first ones and their length. */
function Cell({ name, value }: { name: string; value: StoredRow["columns"][string] }): ReactNode {
  const words = useWords().channel.server;
  const formats = useFormats();
  if (typeof value === "number" || PLAIN.has(name)) return <Seen>{value}</Seen>;
  const bytes = bytesOf(value);
  if (bytes.length === 0) return "–";
  if (bytes.length <= HEAD_BYTES) return <Seen>{hexGroups(bytes)}</Seen>;
  const head = `${hexGroups(bytes.subarray(0, HEAD_BYTES))} … ${words.spokenBytes(formats.number(bytes.length))}`;
  return name === SEALED ? head : <Seen>{head}</Seen>;
}

function Table({ name, rows }: { name: (typeof TABLES)[number]; rows: readonly StoredRow[] }) {
  const words = useWords().channel.server.keys;
  return (
    <section className={styles.table}>
      <h3>{words.tables[name]}</h3>
      {rows.length === 0 && <p>{words.none}</p>}
      <ol>
        {rows.map(({ columns }) => (
          <li key={JSON.stringify(columns)}>
            <dl className={styles.row}>
              {Object.entries(columns).map(([column, value]) => (
                <div key={column}>
                  <dt>{column}</dt>
                  <dd>
                    <Cell name={column} value={value} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

function KeyRowsDialog({ onClose }: { onClose: () => void }) {
  const { channel, faults } = useWords();
  const formats = useFormats();
  const read = useKeyRows();
  const words = channel.server;
  const sentence =
    read.t === "read"
      ? words.keys.sentence(formats.exactTime(read.at))
      : read.t === "reading"
        ? words.reading
        : words.failed(faults[read.code]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.keys.title} sentence={sentence} size="xray">
      {read.t === "read" &&
        TABLES.map((name) => <Table key={name} name={name} rows={read.rows.filter(({ table }) => table === name)} />)}
    </Dialog>
  );
}

/** Opens them. */
export function KeyRows() {
  const words = useWords().channel.server.keys;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {open && <KeyRowsDialog onClose={() => setOpen(false)} />}
    </>
  );
}
