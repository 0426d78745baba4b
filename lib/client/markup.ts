// The tree that formatted text is parsed to: nodes for React to draw, never HTML.

/** A node of formatted text. `href` is http(s) or mailto only; `code` carries its language as written. */
export type MarkupNode =
  | { readonly t: "text"; readonly text: string }
  | { readonly t: "break" }
  | { readonly t: "code"; readonly text: string }
  | { readonly t: "fence"; readonly text: string; readonly lang: string }
  | { readonly t: "link"; readonly href: string; readonly kids: readonly MarkupNode[] }
  | { readonly t: "mention"; readonly user: string }
  /** everybody who is here, or in the channel */
  | { readonly t: "call"; readonly who: "here" | "channel" }
  /** a channel by its id: its name shows to whoever may read it */
  | { readonly t: "place"; readonly channel: string }
  /** an emoji of the workspace’s own by its name, which need not exist */
  | { readonly t: "emoji"; readonly name: string }
  | { readonly t: "rule" }
  | {
      readonly t:
        | "em"
        | "strong"
        | "strike"
        | "p"
        | "quote"
        | "item"
        | "ul"
        | "table"
        | "row"
        | "cell"
        | "headcell"
        | "heading";
      readonly kids: readonly MarkupNode[];
    }
  | { readonly t: "ol"; readonly start: number; readonly kids: readonly MarkupNode[] };
