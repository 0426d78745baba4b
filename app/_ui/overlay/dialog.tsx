// A dialog: title in the score's voice, one sentence under it, close at the right; a sheet from below on phones.
"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useScrollStop } from "@/app/_ui/hooks/use-scroll-stop.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./dialog.module.css";
import { useOverlayHost } from "./host.ts";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  sentence?: ReactNode;
  /** 480, 620 (jump; 108 from the top), 880 (verify) or 1180 px (X-ray). */
  size?: "sm" | "jump" | "verify" | "xray" | undefined;
  /** Buttons at the bottom, above a hairline. */
  footer?: ReactNode;
  /** Title and close button are only for screen readers; the body has no padding (the switcher). */
  headless?: boolean | undefined;
  /** The body has no padding of its own (verify, X-ray). */
  flush?: boolean | undefined;
  /** A question that has to be answered: a click outside does not close it. */
  modal?: boolean | undefined;
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Where the focus goes afterwards; null: back to where it came from, as without it. */
  finalFocus?: (() => HTMLElement | null) | undefined;
  children: ReactNode;
}

const FIELDS = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled)";

function DialogHead({ title, sentence, headless }: Pick<DialogProps, "title" | "sentence" | "headless">) {
  const words = useWords().ui;
  if (headless) return <Base.Title className="sr">{title}</Base.Title>;
  return (
    <div className={styles.head}>
      <div className={styles.headWords}>
        <Base.Title className={styles.title}>{title}</Base.Title>
        {sentence && <Base.Description className={styles.sentence}>{sentence}</Base.Description>}
      </div>
      <Base.Close render={<IconButton label={words.close} icon={<X />} bare />} />
    </div>
  );
}

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, sentence, size = "sm", footer, headless, flush, modal, initialFocus } = props;
  const leave = props.finalFocus;
  const host = useOverlayHost();
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const stop = useScrollStop(body);
  // the first field, else the dialog itself, so that its title is read; on touch no keyboard jumps up
  const focus = (by: string) => {
    if (initialFocus?.current) return initialFocus.current;
    const field = by === "touch" ? null : body.current?.querySelector<HTMLElement>(FIELDS);
    return field ?? popup.current;
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={modal ?? false}>
      <Base.Portal container={host}>
        <Base.Backdrop className={styles.scrim} />
        <Base.Viewport className={cx(styles.place, size === "jump" && styles.high)}>
          <Base.Popup
            ref={popup}
            className={cx(styles.dialog, styles[size])}
            initialFocus={focus}
            {...(leave ? { finalFocus: () => leave() ?? true } : {})}
          >
            <DialogHead title={title} sentence={sentence} headless={headless} />
            <div ref={stop} className={cx(styles.body, (headless || flush) && styles.flush)}>
              {props.children}
            </div>
            {footer && <div className={styles.foot}>{footer}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
