// The highlighter proper, loaded when the first code block of a known language comes into sight.

import { createLowlight } from "lowlight";
import { type Ink, inkOf } from "@/app/_ui/message/code-block.tsx";

/** A language's rules, as a grammar file exports them. */
export type Grammar = NonNullable<Parameters<typeof createLowlight>[0]>[string];

/** A run of code in one ink; undefined is plain. */
export type Run = { readonly ink: Ink | undefined; readonly text: string };

type Node = { type: string; value?: unknown; properties?: Record<string, unknown>; children?: readonly unknown[] };

const lowlight = createLowlight();

function collect(node: Node, ink: Ink | undefined, runs: Run[]): void {
  if (node.type === "text") {
    runs.push({ ink, text: String(node.value ?? "") });
    return;
  }
  const names = node.properties?.className;
  const own = Array.isArray(names) ? inkOf(names.map(String)) : undefined;
  for (const kid of node.children ?? []) collect(kid as Node, own ?? ink, runs);
}

/** Splits code into runs. The grammar is kept for the next block. */
export function inkRuns(language: string, grammar: Grammar, text: string): readonly Run[] {
  if (!lowlight.registered(language)) lowlight.register(language, grammar);
  const runs: Run[] = [];
  collect(lowlight.highlight(language, text) as Node, undefined, runs);
  return runs;
}
