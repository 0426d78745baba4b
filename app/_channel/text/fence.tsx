// A block of code: plain at once, in its inks as soon as its language is loaded.
"use client";

import { Check, Copy } from "lucide-react";
import { memo, type ReactNode, useEffect, useState } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { CodeBlock, CodeInk } from "@/app/_ui/message/code-block.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Run } from "./highlighter.ts";
import { languageOf, loadGrammar } from "./languages.ts";

/** Longer code stays plain: inking it would hold up scrolling. */
const MOST_LETTERS = 20_000;
const MOST_KEPT = 200;
const kept = new Map<string, readonly Run[]>();

async function inked(key: string, text: string, lang: string): Promise<readonly Run[] | undefined> {
  const language = languageOf(lang);
  if (language === undefined || text.length > MOST_LETTERS) return undefined;
  const [{ inkRuns }, grammar] = await Promise.all([import("./highlighter.ts"), loadGrammar(language)]);
  const runs = inkRuns(language, grammar, text);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  kept.set(key, runs);
  return runs;
}

function useInks(text: string, lang: string): readonly Run[] | undefined {
  const key = `${lang}\n${text}`;
  const [ready, setReady] = useState<string | null>(null);
  useEffect(() => {
    if (kept.has(key)) return;
    let gone = false;
    inked(key, text, lang)
      .then((runs) => {
        if (runs !== undefined && !gone) setReady(key);
      })
      // without its grammar the code is still readable
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [key, text, lang]);
  return ready === key || kept.has(key) ? kept.get(key) : undefined;
}

function draw(runs: readonly Run[]): ReactNode {
  return runs.map((run, at) => {
    const key = `${at} ${run.ink ?? ""}`;
    if (run.ink === undefined) return run.text;
    return (
      <CodeInk key={key} ink={run.ink}>
        {run.text}
      </CodeInk>
    );
  });
}

function CopyCode({ text }: { text: string }) {
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
  };
  return (
    <IconButton
      bare
      size="sm"
      label={copied ? words.copied : words.copy}
      icon={copied ? <Check /> : <Copy />}
      onClick={() => void copy()}
    />
  );
}

export const Fence = memo(function Fence({ text, lang }: { text: string; lang: string }) {
  const words = useWords().channel;
  const runs = useInks(text, lang);
  const start = text.trim().slice(0, 40);
  return (
    <CodeBlock label={words.code(lang, start)} act={<CopyCode text={text} />}>
      {runs === undefined ? text : draw(runs)}
    </CodeBlock>
  );
});
