// "/me waves": a message that reads as what its author does.
import type { MarkupNode } from "@/lib/client/markup.ts";

const SIGN = /^\/me\s+/;

/** The tree with the author's name in place of the sign; null for any other message. */
export function actionOf(text: string, nodes: readonly MarkupNode[], name: string): readonly MarkupNode[] | null {
  // By the text as it was written: a sign that was escaped reads the same in the tree.
  if (!SIGN.test(text)) return null;
  const [first, ...more] = nodes;
  if (first?.t !== "p") return null;
  const [head, ...kids] = first.kids;
  if (head?.t !== "text" || !SIGN.test(head.text)) return null;
  return [{ t: "p", kids: [{ t: "text", text: head.text.replace(SIGN, () => `${name} `) }, ...kids] }, ...more];
}
