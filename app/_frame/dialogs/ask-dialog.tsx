// A question before something that is not easily undone: what happens, in a sentence, and a button that names it.
"use client";

import type { ReactNode } from "react";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Fault } from "@/lib/base/errors.ts";
import styles from "./dialogs.module.css";

export interface AskDialogProps {
  title: string;
  /** What happens. */
  children: ReactNode;
  act: string;
  pending: boolean;
  fault: Fault | null;
  onAct: () => void;
  onClose: () => void;
}

export function AskDialog({ title, children, act, pending, fault, onAct, onClose }: AskDialogProps) {
  const words = useWords().dialogs;
  return (
    <Dialog
      open
      modal
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button disabled={pending} onClick={onAct}>
            {act}
          </Button>
        </>
      }
    >
      <div className={styles.ask}>
        {children}
        <FaultLine fault={fault} />
      </div>
    </Dialog>
  );
}
