// The two cells of one line of the comparison: what this device opened, and what the server stores.
"use client";

import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { bytesOf, hexGroups, idText, numberIn, utc } from "@/app/_channel/server/row-facts.ts";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Seen } from "@/app/_ui/server/server-foot.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { XrayView } from "@/lib/client/api.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import type { Pair } from "./fields.ts";
import styles from "./xray.module.css";

export type Cells = {
  readonly label: string;
  readonly left: ReactNode;
  readonly column: string;
  readonly right: ReactNode;
  readonly tall?: boolean;
};

const EMPTY = new Set(["", "null", "[]", "0"]);
const TALL_BYTES = 80;
const SHORT_BYTES = 24;

function None({ children }: { children: ReactNode }) {
  return <span className={styles.none}>{children}</span>;
}

/** Bytes as they lie there, as many as fit, and how many more there are. */
function Hex({ bytes, most }: { bytes: Uint8Array; most: number }) {
  const words = useWords().xray;
  const formats = useFormats();
  const more = bytes.length - most;
  return (
    <span className={styles.hex}>
      <span aria-hidden="true">{hexGroups(bytes.subarray(0, most))}</span>
      <span className="sr">{words.bytes(formats.number(bytes.length))}</span>
      {more > 0 && <span className={styles.more}>{words.more(formats.number(more))}</span>}
    </span>
  );
}

function useNames() {
  const { people } = useChannel();
  return (value: string): string => {
    try {
      const ids: unknown = JSON.parse(value);
      if (Array.isArray(ids)) return ids.map((id) => people.nameOf(String(id) as UserId)).join(", ");
    } catch {
      return value; // shown as it is
    }
    return value;
  };
}

type Side = (pair: Pair) => { label: string; value: ReactNode };

function useTrusts(): Readonly<Record<string, string>> {
  const { you, invite, link, inPerson, changed } = useWords().trust;
  return { self: you, invite, link, person: inPerson, changed };
}

/** The paper side. */
function useOpened({ stored, opened }: XrayView): Side {
  const { people, place } = useChannel();
  const { view } = useFrame();
  const words = useWords();
  const formats = useFormats();
  const names = useNames();
  const named = useNamed();
  const { fields, none, nothing } = words.xray;
  const unread = <None>{words.xray.unread}</None>;
  // opened, but of a kind that has no text
  const absent = opened === null ? unread : <None>{none}</None>;
  const trusts = useTrusts();
  const author = opened === null ? undefined : people.get(opened.author);
  const beside = (value: string, soft: string | undefined) => (
    <>
      {value}
      {soft !== undefined && <span className={styles.soft}> · {soft}</span>}
    </>
  );
  return (pair) => {
    switch (pair.t) {
      case "text":
        return {
          label: fields.text,
          value: pair.text === null ? absent : named(pair.text) || <None>{none}</None>,
        };
      case "from":
        return {
          label: fields.from,
          value: opened === null ? unread : beside(people.nameOf(opened.author), trusts[author?.trust ?? ""]),
        };
      case "device":
        return {
          label: fields.device,
          value:
            opened === null ? unread : beside(words.xray.deviceOf(people.shortOf(opened.author)), words.xray.holds),
        };
      case "channel":
        return { label: fields.channel, value: place };
      case "kind": {
        const kinds: Record<string, string> = words.xray.kinds;
        return { label: fields.kind, value: pair.kind === null ? unread : (kinds[pair.kind] ?? pair.kind) };
      }
      case "field": {
        const labels: Record<string, string> = fields;
        const value = EMPTY.has(pair.value) ? <None>{none}</None> : names(pair.value);
        return { label: labels[pair.name] ?? pair.name, value };
      }
      case "known":
        return { label: fields.known, value: words.xray.ledger(formats.number(pair.position)) };
      case "written": {
        const at = pair.sentAt;
        return {
          label: fields.written,
          value: at === null ? unread : `${formats.day(at, Date.now())}, ${formats.exactTime(at)}`,
        };
      }
      case "length":
        return {
          label: fields.length,
          value: pair.letters === null ? absent : words.xray.letters(formats.number(pair.letters), pair.letters === 1),
        };
      case "place":
        return { label: fields.place, value: words.xray.place(formats.number(numberIn(stored, "pos"))) };
      case "id":
        return { label: fields.id, value: <None>{words.xray.random}</None> };
      case "nonce":
        return { label: fields.nonce, value: <None>{words.xray.onlyBytes}</None> };
      case "workspace":
        return { label: fields.workspace, value: view.name };
      case "column":
        return { label: pair.name, value: <None>{nothing}</None> };
    }
  };
}

/** A column as it lies there: ids and numbers are what the server sees, bytes are what it cannot read. */
function cell(row: StoredRow, column: string): ReactNode {
  const value = row.columns[column];
  if (typeof value === "number") return <Seen>{value}</Seen>;
  const bytes = bytesOf(value);
  return bytes.length > 0 ? <Hex bytes={bytes} most={SHORT_BYTES} /> : <Seen>{String(value ?? "")}</Seen>;
}

/** The petrol side. */
function useStored({ stored, opened }: XrayView): (pair: Pair) => { column: string; value: ReactNode } {
  const words = useWords().xray;
  const formats = useFormats();
  const { columns } = stored;
  const ciphertext = bytesOf(columns.ciphertext);
  const header = bytesOf(columns.header);
  const missing = <None>– {words.noColumn}</None>;
  const when = utc(numberIn(stored, "received_at"));
  return (pair) => {
    switch (pair.t) {
      case "text":
        return { column: "ciphertext", value: <Hex bytes={ciphertext} most={TALL_BYTES} /> };
      case "from":
        return {
          column: "header",
          value:
            opened === null ? (
              <Hex bytes={header} most={SHORT_BYTES} />
            ) : (
              <>
                <Seen>{idText("usr", opened.author)}</Seen> · {words.bytes(formats.number(header.length))}
              </>
            ),
        };
      case "device":
        return { column: "device", value: <Seen>{idText("dev", columns.device)}</Seen> };
      case "channel":
        return {
          column: "channel, epoch",
          value: (
            <>
              <Seen>{idText("chn", columns.channel)}</Seen> · <Seen>{numberIn(stored, "epoch")}</Seen>
            </>
          ),
        };
      case "kind":
        return { column: "kind", value: missing };
      case "field":
        return { column: pair.name, value: missing };
      case "known":
        return { column: "ledger", value: missing };
      case "written":
        return {
          column: "received_at",
          value: (
            <Seen>
              {when.day} {when.time}
            </Seen>
          ),
        };
      case "length":
        return {
          column: "size",
          value: (
            <>
              <Seen>{words.bytes(formats.number(ciphertext.length))}</Seen>, {words.padded}
            </>
          ),
        };
      case "place":
        return { column: "pos", value: <Seen>{numberIn(stored, "pos")}</Seen> };
      case "id":
        return { column: "id", value: <Seen>{idText("evt", columns.id)}</Seen> };
      case "nonce":
        return { column: "nonce", value: <Hex bytes={bytesOf(columns.nonce)} most={SHORT_BYTES} /> };
      case "workspace": {
        const value = columns[pair.column];
        return {
          column: pair.column,
          value: <Seen>{typeof value === "string" ? idText("wsp", value) : String(value)}</Seen>,
        };
      }
      case "column":
        return { column: pair.name, value: cell(stored, pair.name) };
    }
  };
}

/** Both cells of a line. */
export function usePairCells(view: XrayView): (pair: Pair) => Cells {
  const opened = useOpened(view);
  const stored = useStored(view);
  return (pair) => {
    const { label, value } = opened(pair);
    const { column, value: right } = stored(pair);
    return { label, left: value, column, right, tall: pair.t === "text" };
  };
}
