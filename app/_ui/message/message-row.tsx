// One message of the timeline: face, name, time, text, and what hangs below it; or only the text, when grouped.
"use client";

import { type ComponentProps, type FocusEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./message-row.module.css";

export interface MessageRowProps extends Omit<ComponentProps<"li">, "title"> {
  /** "Ana, 10:42, text, 2 reactions, 3 replies": what screen readers say for the row. */
  label: string;
  /** An `Avatar` of 36 with `flexible`. */
  face: ReactNode;
  name: string;
  /** Opens the profile. */
  onName?: (() => void) | undefined;
  /** ISO form, what is shown (09:31), and all of it for the title. */
  time: { iso: string; short: string; full?: string | undefined };
  /** Beside the name: what its bearer is at. */
  sign?: ReactNode;
  /** After the name in the score's voice: "bot", "only you can see this". */
  note?: ReactNode;
  /** Follows the same person within 5 minutes: no face and head; the time shows on hover and focus. */
  grouped?: boolean | undefined;
  /** A grouped row whose time always shows (code, files). */
  timed?: boolean | undefined;
  /** Names me: saffron edge. */
  mention?: boolean | undefined;
  /** Just jumped to, or its menu is open: keeps the ground and toolbar. */
  lit?: boolean | undefined;
  /** The `HoverToolbar`; built only while the row is near (pointer, focus, `lit`). */
  toolbar?: (() => ReactNode) | undefined;
  /** Long press on touch. */
  onHold?: (() => void) | undefined;
  /** The text (`MessageText`), then in this order: code, pictures, files, reactions, thread. */
  children: ReactNode;
}

const HOLD_MS = 450;

/** Hover, focus and long press of a row, as state and handlers. */
function useNear(onHold: (() => void) | undefined) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  return {
    near: hovered || focused,
    handlers: {
      onPointerEnter: (event: PointerEvent) => event.pointerType === "mouse" && setHovered(true),
      onPointerLeave: () => {
        setHovered(false);
        stop();
      },
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType !== "touch" || !onHold) return;
        stop();
        timer.current = setTimeout(onHold, HOLD_MS);
      },
      onPointerMove: stop,
      onPointerUp: stop,
      onPointerCancel: stop,
      // a click leaves no toolbar behind; keys do, and so does a menu that was opened from it
      onFocus: (event: FocusEvent) =>
        setFocused(!event.currentTarget.contains(event.target) || event.target.matches(":focus-visible")),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}

function Head({ name, sign, onName, time, note }: Pick<MessageRowProps, "name" | "sign" | "onName" | "time" | "note">) {
  return (
    <div className={styles.head}>
      {onName ? (
        <button type="button" className={styles.name} onClick={onName} tabIndex={-1}>
          {name}
        </button>
      ) : (
        <span className={styles.name}>{name}</span>
      )}
      {sign}
      <time className={styles.time} dateTime={time.iso} title={time.full}>
        {time.short}
      </time>
      {note && <span className={styles.note}>{note}</span>}
    </div>
  );
}

/** An `li` of the log; takes `ref`, `tabIndex`, `data-*` and key handlers, for lists with roving focus. */
export function MessageRow(props: MessageRowProps) {
  const { label, face, name, sign, onName, time, note, grouped, timed, mention, lit, toolbar, onHold, ...rest } = props;
  const { children, className, ...row } = rest;
  const { near, handlers } = useNear(onHold);
  return (
    <li
      {...row}
      {...handlers}
      aria-label={label}
      className={cx(styles.row, grouped && styles.grouped, mention && styles.mention, lit && styles.lit, className)}
    >
      {grouped ? (
        <time className={cx(styles.gutterTime, timed && styles.timed)} dateTime={time.iso} title={time.full}>
          {time.short}
        </time>
      ) : (
        face
      )}
      <div className={styles.content}>
        {!grouped && <Head name={name} sign={sign} onName={onName} time={time} note={note} />}
        {children}
      </div>
      {toolbar && (near || lit) && <div className={styles.toolbar}>{toolbar()}</div>}
    </li>
  );
}
