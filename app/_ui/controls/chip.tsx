// A filter that is on or off, or a small act.
"use client";

import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./chip.module.css";

export interface ChipProps extends ComponentProps<"button"> {
  /** Chosen: viridian wash; says so to screen readers. */
  on?: boolean | undefined;
  icon?: ReactNode;
  /** Shows a cross after the words; the whole chip takes it away. */
  removable?: boolean | undefined;
}

export function Chip({ on, icon, removable, className, children, ...rest }: ChipProps) {
  return (
    <button type="button" aria-pressed={on} {...rest} className={cx(styles.chip, on && styles.on, className)}>
      {icon}
      {children}
      {removable && <X />}
    </button>
  );
}
