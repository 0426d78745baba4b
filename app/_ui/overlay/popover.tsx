// A small surface beside a control that may go meanwhile: opened and closed from outside, it gives the focus back.
"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { type ReactNode, useMemo } from "react";
import { useOverlayHost } from "./host.ts";
import styles from "./popover.module.css";

/** Where it was asked for, and who has the focus afterwards. */
export type Anchor = { readonly box: DOMRect; readonly back: HTMLElement };

/** Gives the focus back once the popover is gone: with its popup goes the element that had it. */
export function giveBack({ back }: Anchor): void {
  requestAnimationFrame(() => requestAnimationFrame(() => back.focus({ preventScroll: true })));
}

export interface PopoverProps {
  /** What it is for, for screen readers. */
  label: string;
  anchor: Anchor;
  onClose: () => void;
  side?: "top" | "bottom" | undefined;
  align?: "start" | "center" | "end" | undefined;
  children: ReactNode;
}

/** Mounted while it is open. */
export function Popover({ label, anchor, onClose, side = "bottom", align = "end", children }: PopoverProps) {
  const host = useOverlayHost();
  const { box } = anchor;
  const place = useMemo(() => ({ getBoundingClientRect: () => box }), [box]);
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason }) => {
        if (open) return;
        onClose();
        // a press elsewhere has put the focus where it belongs
        if (reason === "escape-key") giveBack(anchor);
      }}
    >
      <Base.Portal container={host}>
        <Base.Positioner
          className={styles.positioner}
          anchor={place}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className={styles.popup} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
