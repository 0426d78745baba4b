// A button that is only an icon, named by its tooltip.
"use client";

import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { Tooltip } from "@/app/_ui/overlay/tooltip.tsx";
import styles from "./icon-button.module.css";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** Its name: the tooltip, and what screen readers say. */
  label: string;
  /** A Lucide icon. */
  icon: ReactNode;
  /** Shown beside the name in the tooltip. */
  shortcut?: string | undefined;
  /** Something is switched on or open: says so to screen readers as well. */
  on?: boolean | undefined;
  /** 30 px, or 26 inside chips; at least 40 on a phone. */
  size?: "sm" | "md" | undefined;
  /** No tooltip where the name stands beside it, or inside a menu's trigger. */
  bare?: boolean | undefined;
}

/** 30 px square; viridian while `on`. */
export function IconButton({ label, icon, shortcut, on, size = "md", bare, className, ...rest }: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-pressed={on}
      {...rest}
      aria-label={label}
      className={cx(styles.button, styles[size], on && styles.on, className)}
    >
      {icon}
    </button>
  );
  if (bare) return button;
  return (
    <Tooltip label={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  );
}
