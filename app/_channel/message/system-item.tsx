// What happened to the channel or its people: one line in the score's voice.
"use client";

import {
  Archive,
  Hash,
  History,
  KeyRound,
  LogIn,
  LogOut,
  MonitorSmartphone,
  Pencil,
  Pin,
  UserMinus,
  UserPlus,
} from "lucide-react";
import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import type { LineAttributes } from "@/app/_channel/timeline/line.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { SystemLine } from "@/app/_ui/message/log-lines.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { type EventId, parseId } from "@/lib/base/ids.ts";
import type { SystemItem, SystemWhat } from "@/lib/client/api.ts";
import { KeyNotice, useWaiting } from "./key-notice.tsx";
import styles from "./system-item.module.css";

const ICONS: Record<SystemWhat, ReactNode> = {
  created: <Hash />,
  joined: <LogIn />,
  added: <UserPlus />,
  removed: <UserMinus />,
  left: <LogOut />,
  renamed: <Pencil />,
  archived: <Archive />,
  pinned: <Pin />,
  "device-added": <MonitorSmartphone />,
  "device-removed": <MonitorSmartphone />,
  "key-changed": <KeyRound />,
  readmitted: <UserPlus />,
  "history-cut": <History />,
};

/** How a person came in, told once, where it happened: "· verified by invite". */
function useTrustWords() {
  const { people } = useChannel();
  const words = useWords().trust;
  return (item: SystemItem): string | null => {
    const trust = item.subject === null ? undefined : people.get(item.subject)?.trust;
    if ((item.what !== "added" && item.what !== "joined") || trust === undefined) return null;
    if (trust === "invite") return words.invite;
    return trust === "link" ? words.link : trust === "person" ? words.inPerson : null;
  };
}

function useSentence(item: SystemItem): ReactNode {
  const { people } = useChannel();
  const formats = useFormats();
  const words = useWords().channel.system;
  const trust = useTrustWords()(item);
  const actor = <b>{people.shortOf(item.actor)}</b>;
  const subject = item.subject === null ? null : <b>{people.shortOf(item.subject)}</b>;
  const other = subject !== null && item.subject !== item.actor;
  const mark = trust === null ? null : <> · {trust}</>;
  const alone = (says: string) => (
    <>
      {actor} {says}
    </>
  );
  switch (item.what) {
    case "created":
      return alone(words.created);
    case "joined":
      return (
        <>
          {subject ?? actor} {words.joined}
          {mark}
        </>
      );
    case "added":
    case "removed":
    case "readmitted":
      return (
        <>
          {actor} {words[item.what][0]} {subject ?? actor}
          {words[item.what][1]}
          {mark}
        </>
      );
    case "left":
      return alone(words.left);
    case "renamed":
      return alone(item.text === "" ? words.renamedPlain : words.renamed(item.text));
    case "archived":
    case "pinned":
      return alone(words[item.what]);
    case "device-added":
      return alone(words.deviceAdded);
    case "device-removed":
      return alone(words.deviceRemoved);
    case "key-changed":
      return other ? (
        <>
          {actor} {words.keyChangedBy[0]} {subject} {words.keyChangedBy[1]}
          {item.text === "rekey" ? words.lostEverything : words.askedFor}
        </>
      ) : (
        alone(words.keyChanged)
      );
    case "history-cut":
      return words.historyCut(formats.date(item.at));
  }
}

/** The message that a line about a pin is about. */
function pinnedOf({ id }: SystemItem): EventId | undefined {
  return id.startsWith("pin.") ? parseId<"event">(id.slice(4)) : undefined;
}

/** The entry of the record behind a line; undefined for lines that no entry made. */
function entryOf({ id }: SystemItem): number | undefined {
  const n = /^n(\d+)$/.exec(id)?.[1];
  return n === undefined ? undefined : Number(n);
}

export function SystemRow({ line, item }: { line: LineAttributes; item: SystemItem }) {
  const formats = useFormats();
  const words = useWords().channel.system;
  const { open } = useFrame();
  const { acts } = useChannel();
  const sentence = useSentence(item);
  const waiting = useWaiting(item);
  if (waiting !== undefined) return <KeyNotice line={line} item={item} person={waiting} />;
  const entry = entryOf(item);
  const pinned = pinnedOf(item);
  const opens = entry === undefined ? pinned && (() => acts.show(pinned)) : () => open({ t: "entry", n: entry });
  const time = { iso: new Date(item.at).toISOString(), short: formats.time(item.at) };
  return (
    <SystemLine {...line} icon={ICONS[item.what]} time={item.what === "history-cut" ? undefined : time}>
      {opens === undefined ? (
        sentence
      ) : (
        <button
          type="button"
          className={styles.entry}
          title={pinned === undefined ? words.openEntry : words.showPinned}
          onClick={opens}
        >
          {sentence}
        </button>
      )}
    </SystemLine>
  );
}
