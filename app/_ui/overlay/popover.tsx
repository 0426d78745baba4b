// A small surface beside what opened it.
"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { useOverlayHost } from "./host.ts";
import styles from "./popover.module.css";

export interface PopoverProps {
  /** What it is, for screen readers. */
  label: string;
  /** The control that opens it: a `Button` or a `bare` `IconButton`. */
  trigger: ReactElement<Record<string, unknown>>;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  align?: "start" | "center" | "end" | undefined;
  /** No padding of its own. */
  flush?: boolean | undefined;
  children: ReactNode;
}

export function Popover(props: PopoverProps) {
  const { label, trigger, open, onOpenChange, side = "bottom", align = "start", flush, children } = props;
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
        <Base.Positioner className={styles.positioner} side={side} align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={flush ? `${styles.popup} ${styles.flush}` : styles.popup} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
