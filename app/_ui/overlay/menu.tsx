// A menu of acts, opened by a control or by a right click (a long press on touch).
"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useOverlayHost } from "./host.ts";
import styles from "./menu.module.css";

/** One act. `checked` makes it a choice with a tick. Deleting looks like any other: its words say what goes. */
export interface MenuAct {
  kind?: "act" | undefined;
  label: string;
  icon?: ReactNode;
  shortcut?: string | undefined;
  sub?: string | undefined;
  disabled?: boolean | undefined;
  checked?: boolean | undefined;
  onSelect: () => void;
}

/** A hairline, or a small title over what follows. */
export interface MenuBreak {
  kind: "line" | "title";
  label?: string | undefined;
}

export type MenuEntry = MenuAct | MenuBreak;

function MenuRow({ entry }: { entry: MenuAct }) {
  return (
    <Base.Item className={styles.item} disabled={entry.disabled ?? false} onClick={entry.onSelect} label={entry.label}>
      {entry.icon && <span className={styles.icon}>{entry.icon}</span>}
      <span className={styles.words}>
        {entry.label}
        {entry.sub && <span className={styles.sub}>{entry.sub}</span>}
      </span>
      {entry.shortcut && <span className={styles.shortcut}>{entry.shortcut}</span>}
    </Base.Item>
  );
}

function CheckRow({ entry }: { entry: MenuAct }) {
  return (
    <Base.CheckboxItem
      className={styles.item}
      checked={entry.checked ?? false}
      disabled={entry.disabled ?? false}
      onCheckedChange={entry.onSelect}
      closeOnClick
      label={entry.label}
    >
      <span className={styles.icon}>{entry.checked && <Check />}</span>
      <span className={styles.words}>
        {entry.label}
        {entry.sub && <span className={styles.sub}>{entry.sub}</span>}
      </span>
      {entry.shortcut && <span className={styles.shortcut}>{entry.shortcut}</span>}
    </Base.CheckboxItem>
  );
}

function Entries({ items }: { items: readonly MenuEntry[] }) {
  return items.map((entry, at) => {
    const key = `${at}-${entry.label ?? entry.kind}`;
    if (entry.kind === "line") return <Base.Separator key={key} className={styles.line} />;
    if (!("onSelect" in entry))
      return (
        <div key={key} className={styles.title} role="presentation">
          {entry.label}
        </div>
      );
    return entry.checked === undefined ? <MenuRow key={key} entry={entry} /> : <CheckRow key={key} entry={entry} />;
  });
}

export interface MenuProps {
  /** What the acts are for, for screen readers. */
  label: string;
  /** A `Button`, or an `IconButton` with `bare`. */
  trigger: ReactElement<Record<string, unknown>>;
  items: readonly MenuEntry[];
  side?: "top" | "bottom" | "left" | "right" | undefined;
  align?: "start" | "center" | "end" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
}

export function Menu({ label, trigger, items, side = "bottom", align = "start", open, onOpenChange }: MenuProps) {
  const host = useOverlayHost();
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => {
        onOpenChange?.(next);
      }}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal container={host}>
        <Base.Positioner className={styles.positioner} side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={styles.popup} aria-label={label}>
            <Entries items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
