// Text that was parsed, so that drawing it again costs nothing.
import type { MarkupNode } from "@/lib/client/markup.ts";
import type { Markup } from "@/lib/client/ports.ts";

const MOST = 2_000;

export class MarkupCache {
  readonly #markup: Markup;
  readonly #known = new Map<string, readonly MarkupNode[]>();

  constructor(markup: Markup) {
    this.#markup = markup;
  }

  of(text: string): readonly MarkupNode[] {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size > MOST) this.#known.clear();
    const parsed = this.#markup.parse(text);
    this.#known.set(text, parsed);
    return parsed;
  }
}
