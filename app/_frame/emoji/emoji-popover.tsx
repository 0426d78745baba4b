// The emoji picker behind a control: for reactions, the writing field, a status. Its code and list come when first opened.
"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useOverlayHost } from "@/app/_ui/overlay/host.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./emoji-popover.module.css";

const Picker = lazy(() => import("./picker.tsx"));

export interface EmojiPopoverProps {
  /** An `IconButton` with `bare`, or a `Button`. */
  trigger: ReactElement<Record<string, unknown>>;
  /** A character, or ":name:" of the workspace's own. The popover closes by itself. */
  onPick: (emoji: string) => void;
  side?: "top" | "bottom" | undefined;
  align?: "start" | "center" | "end" | undefined;
  /** Where something else opens it, as a shortcut does. */
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Where the focus goes after a pick; left out: back to the trigger. */
  finalFocus?: (() => HTMLElement | null) | undefined;
}

export function EmojiPopover(props: EmojiPopoverProps) {
  const { trigger, onPick, side = "top", align = "end", finalFocus } = props;
  const words = useWords().emoji;
  const host = useOverlayHost();
  const [own, setOwn] = useState(false);
  const open = props.open ?? own;
  const change = (next: boolean) => {
    setOwn(next);
    props.onOpenChange?.(next);
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => change(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={host}>
        <Base.Positioner className={styles.positioner} side={side} align={align} sideOffset={6} collisionPadding={12}>
          <Base.Popup
            className={styles.popup}
            aria-label={words.pick}
            {...(finalFocus ? { finalFocus: () => finalFocus() ?? true } : {})}
          >
            <Suspense fallback={<p className={styles.wait}>{words.loading}</p>}>
              <Picker
                onPick={(emoji) => {
                  change(false);
                  onPick(emoji);
                }}
              />
            </Suspense>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
