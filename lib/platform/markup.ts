// Text as people write it → a tree of nodes, by markdown-it's tokens; no HTML anywhere, hostile text included (MS-25).
import MarkdownIt, { type StateInline, type Token } from "markdown-it";
import { parseId } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import type { Markup } from "@/lib/client/ports.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** Beyond these a message is shown as it was written: what no person writes must not cost a reader's time. */
const BOUNDS = { nesting: 40, nodes: 10_000, inlineChars: 10_000, tableChars: 20_000 };
const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s]/i;
/** Two-letter endings such as .md, .rs or .py are file names far more often than hosts, so bare hosts need one of these. */
const BARE_ENDINGS = "com org net edu gov int info io dev app ai co eu de at ch fr nl be uk us ca au jp".split(" ");
/** Overrides turn the order of letters round, and with it what a reader sees. */
const OVERRIDES = /[\u202d\u202e]/g;
const ALL_BIDI = /[\u202a-\u202e\u2066-\u2069]/g;
const HOST = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/?#@]*@)?((?:[^\s/?#@:.]+\.)+[^\s/?#@:.]{2,})(?=$|[\s/?#:])/iu;

function readMention(state: StateInline, silent: boolean): boolean {
  const found = /^<@([A-Za-z0-9_-]{22})>/.exec(state.src.slice(state.pos, state.pos + 25));
  const user = parseId<"user">(found?.[1]);
  if (user === undefined) return false;
  if (!silent) state.push("mention", "", 0).content = user;
  state.pos += 25;
  return true;
}

/** `:party:`, not inside a word, a time of day or an address. */
function readEmoji(state: StateInline, silent: boolean): boolean {
  const found = /^:([a-z0-9][a-z0-9_-]{0,31}):(?![\p{L}\p{N}])/u.exec(state.src.slice(state.pos, state.pos + 36));
  const name = found?.[1];
  if (name === undefined || /[\p{L}\p{N}/]$/u.test(state.src.slice(Math.max(0, state.pos - 2), state.pos)))
    return false;
  if (!silent) state.push("emoji", "", 0).content = name;
  state.pos += name.length + 2;
  return true;
}

function readCall(state: StateInline, silent: boolean): boolean {
  const found = /^<!(here|channel)>/.exec(state.src.slice(state.pos, state.pos + 10));
  if (found === null) return false;
  if (!silent) state.push("call", "", 0).content = found[1] ?? "";
  state.pos += found[0].length;
  return true;
}

function readPlace(state: StateInline, silent: boolean): boolean {
  const found = /^<#([A-Za-z0-9_-]{22})>/.exec(state.src.slice(state.pos, state.pos + 25));
  const channel = parseId<"channel">(found?.[1]);
  if (channel === undefined) return false;
  if (!silent) state.push("place", "", 0).content = channel;
  state.pos += 25;
  return true;
}

function makeReader(tables: boolean): InstanceType<typeof MarkdownIt> {
  const reader = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: BOUNDS.nesting });
  // An image would be fetched on a reader's behalf; reference definitions and underlined headings make text vanish or grow.
  reader.disable(["image", "reference", "lheading"]);
  if (!tables) reader.disable("table");
  reader.validateLink = (url) => SAFE_LINK.test(url);
  reader.normalizeLinkText = (url) => url;
  reader.linkify.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false }).add("ftp:", null).add("//", null);
  reader.linkify.tlds(BARE_ENDINGS);
  reader.inline.ruler.before("autolink", "mention", readMention);
  reader.inline.ruler.before("autolink", "call", readCall);
  reader.inline.ruler.before("autolink", "place", readPlace);
  reader.inline.ruler.before("linkify", "emoji", readEmoji);
  reader.core.ruler.before("inline", "long-inline", (state) => {
    for (const token of state.tokens) {
      if (token.type !== "inline" || token.content.length <= BOUNDS.inlineChars) continue;
      token.type = "plain";
    }
  });
  return reader;
}

type Kids = MarkupNode[];
type Open = { readonly kids: Kids; readonly close: ((kids: Kids) => MarkupNode) | null };

const BOXES: Readonly<Record<string, Extract<MarkupNode, { kids: unknown }>["t"]>> = {
  em_open: "em",
  strong_open: "strong",
  s_open: "strike",
  paragraph_open: "p",
  blockquote_open: "quote",
  list_item_open: "item",
  bullet_list_open: "ul",
  table_open: "table",
  tr_open: "row",
  td_open: "cell",
  th_open: "headcell",
  heading_open: "heading",
};

/** The text of a link, for comparing with where it leads. */
function spoken(nodes: readonly MarkupNode[]): string {
  return nodes.map((node) => ("text" in node ? node.text : "kids" in node ? spoken(node.kids) : "")).join("");
}

/** Where the text of a link names another host than its target, the true one is written behind it. */
function closeLink(href: string, kids: Kids): MarkupNode {
  const clean = kids.map((kid) => (kid.t === "text" ? { ...kid, text: kid.text.replace(ALL_BIDI, "\ufffd") } : kid));
  const target = HOST.exec(href)?.[1]?.toLowerCase();
  const said = HOST.exec(spoken(clean).trim())?.[1]?.toLowerCase();
  const matches = said === undefined || target === undefined || said === target || `www.${said}` === target;
  if (matches || href.startsWith("mailto:")) return { t: "link", href, kids: clean };
  return { t: "link", href, kids: [...clean, { t: "text", text: ` (${target})` }] };
}

function opening(token: Token): Open["close"] | undefined {
  const box = BOXES[token.type];
  // Tight lists hide their paragraphs; thead and tbody say nothing that rows do not.
  if (token.hidden || box === undefined) {
    if (token.type === "link_open") {
      const href = String(token.attrGet("href") ?? "");
      return SAFE_LINK.test(href) ? (kids) => closeLink(href, kids) : null;
    }
    if (token.type === "ordered_list_open") {
      const start = Number(token.attrGet("start") ?? 1);
      return (kids) => ({ t: "ol", start, kids });
    }
    return token.nesting === 1 ? null : undefined;
  }
  return (kids) => ({ t: box, kids }) as MarkupNode;
}

function leaf(token: Token): MarkupNode | undefined {
  switch (token.type) {
    case "text":
    case "text_special":
      return token.content === "" ? undefined : { t: "text", text: token.content.replace(OVERRIDES, "\ufffd") };
    case "plain":
      return { t: "text", text: token.content.replace(OVERRIDES, "\ufffd") };
    case "softbreak":
    case "hardbreak":
      return { t: "break" };
    case "code_inline":
      return { t: "code", text: token.content.replace(ALL_BIDI, "\ufffd") };
    case "fence":
    case "code_block": {
      const lang = /^[\w+#.-]{1,40}/.exec(token.info.trim())?.[0] ?? "";
      return { t: "fence", text: token.content.replace(/\n$/, "").replace(ALL_BIDI, "\ufffd"), lang };
    }
    case "hr":
      return { t: "rule" };
    case "emoji":
      return { t: "emoji", name: token.content };
    case "call":
      return { t: "call", who: token.content === "here" ? "here" : "channel" };
    case "place":
      return { t: "place", channel: token.content };
    case "mention":
      return { t: "mention", user: token.content };
    default:
      return undefined;
  }
}

/** Tokens → tree, by a stack of our own; undefined when a bound is passed. */
function buildTree(tokens: readonly Token[]): readonly MarkupNode[] | undefined {
  const stack: Open[] = [{ kids: [], close: null }];
  let count = 0;
  const add = (node: MarkupNode) => {
    count += 1;
    stack.at(-1)?.kids.push(node);
  };
  const walk = (token: Token): boolean => {
    // The parser drops what lies deeper, and nothing that was written may vanish.
    if (count > BOUNDS.nodes || stack.length >= BOUNDS.nesting) return false;
    if (token.type === "inline") return (token.children ?? []).every(walk);
    if (token.nesting === 1) stack.push({ kids: [], close: opening(token) ?? null });
    else if (token.nesting === -1) {
      const done = stack.pop();
      if (done === undefined || stack.length === 0) return false;
      if (done.close !== null) add(done.close(done.kids));
      else stack.at(-1)?.kids.push(...done.kids);
    } else {
      const node = leaf(token);
      if (node !== undefined) add(node);
    }
    return true;
  };
  return tokens.every(walk) && stack.length === 1 ? stack[0]?.kids : undefined;
}

/** The text as it was written, in one node. */
function verbatim(text: string): readonly MarkupNode[] {
  return [{ t: "fence", text: text.slice(0, LIMITS.messageChars).replace(ALL_BIDI, "\ufffd"), lang: "" }];
}

/** The markup port. Links are http, https or mailto; everything else stays the text that it is. */
export function markdownMarkup(): Markup {
  const withTables = makeReader(true);
  const plain = makeReader(false);
  return {
    parse(text) {
      if (text === "") return [];
      if (text.length > LIMITS.messageChars) return verbatim(text);
      try {
        const reader = text.length > BOUNDS.tableChars ? plain : withTables;
        const tokens = reader.parse(text, {});
        if (tokens.some((token) => token.level >= BOUNDS.nesting - 2)) return verbatim(text);
        return buildTree(tokens) ?? verbatim(text);
      } catch {
        return verbatim(text);
      }
    },
  };
}
