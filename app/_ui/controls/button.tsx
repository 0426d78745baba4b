// Buttons: one filled on a surface; deleting is a plain one whose words say what goes.
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./button.module.css";

interface Look {
  /** `filled`: the one main act of a surface. `plain`: any other. `quiet`: beside another, without a box. */
  look?: "filled" | "plain" | "quiet" | undefined;
  /** 28, 34 or 44 px high; at least 40 on a phone. */
  size?: "sm" | "md" | "lg" | undefined;
  /** A Lucide icon before the words. */
  icon?: ReactNode;
  /** As wide as its place. */
  wide?: boolean | undefined;
}

export type ButtonProps = ComponentProps<"button"> & Look;
export type ButtonLinkProps = ComponentProps<"a"> & Look;

function classOf({ look = "plain", size = "md", wide }: Look, className: string | undefined) {
  return cx(styles.button, styles[look], styles[size], wide && styles.wide, className);
}

/** A button that does something here. Its words name the result. */
export function Button({ look, size, icon, wide, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={classOf({ look, size, wide }, className)}>
      {icon}
      {children}
    </button>
  );
}

/** The same, for something that leads elsewhere. */
export function ButtonLink({ look, size, icon, wide, className, children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} className={classOf({ look, size, wide }, className)}>
      {icon}
      {children}
    </a>
  );
}
