// Copies a text and says so in its own words for two seconds.
"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useWords } from "@/app/_words/words.ts";
import { Button } from "./button.tsx";

export interface CopyButtonProps {
  text: string;
  /** Other words than "Copy": "Copy link". */
  label?: string | undefined;
  look?: "filled" | "plain" | "quiet" | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  onCopied?: (() => void) | undefined;
}

export function CopyButton({ text, label, look, size, onCopied }: CopyButtonProps) {
  const words = useWords().ui;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    onCopied?.();
  };
  return (
    <Button look={look} size={size} icon={copied ? <Check /> : <Copy />} onClick={() => void copy()}>
      <span aria-live="polite">{copied ? words.copied : (label ?? words.copy)}</span>
    </Button>
  );
}
