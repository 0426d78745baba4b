// The name of a control and its shortcut, after a moment of rest; never the only home of a fact.
"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { useOverlayHost } from "./host.ts";
import styles from "./tooltip.module.css";

export interface TooltipProps {
  label: string;
  shortcut?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The control, which has the same name as its own `aria-label`. */
  children: ReactElement<Record<string, unknown>>;
}

export function Tooltip({ label, shortcut, side = "top", children }: TooltipProps) {
  const host = useOverlayHost();
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal container={host}>
        <Base.Positioner side={side} sideOffset={8} collisionPadding={8} className={styles.positioner}>
          <Base.Popup className={styles.tip} aria-hidden="true">
            {label}
            {shortcut && <span className={styles.shortcut}>{shortcut}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
