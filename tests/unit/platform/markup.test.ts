// Formatted text: what people write, and what people write to harm (MS-25).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";

const { parse } = markdownMarkup();
const flat = (nodes: readonly MarkupNode[]): MarkupNode[] =>
  nodes.flatMap((node) => [node, ...("kids" in node ? flat(node.kids) : [])]);
const spoken = (nodes: readonly MarkupNode[]): string =>
  flat(nodes)
    .map((node) => ("text" in node ? node.text : ""))
    .join("");
const hrefs = (text: string) => flat(parse(text)).flatMap((node) => (node.t === "link" ? [node.href] : []));
const p = (...kids: MarkupNode[]): MarkupNode => ({ t: "p", kids });
const t = (text: string): MarkupNode => ({ t: "text", text });

describe("what people write", () => {
  test("inline formatting, breaks and code", () => {
    expect(parse("a *b* **c** ~~d~~ `e`\nf")).toEqual([
      p(
        t("a "),
        { t: "em", kids: [t("b")] },
        t(" "),
        { t: "strong", kids: [t("c")] },
        t(" "),
        { t: "strike", kids: [t("d")] },
        t(" "),
        { t: "code", text: "e" },
        { t: "break" },
        t("f"),
      ),
    ]);
  });

  test("everybody is called, and channels are named, by signs of their own", () => {
    const channel = mintId<"channel">(new Uint8Array(16).fill(7));
    expect(parse(`<!here> and <!channel> in <#${channel}>`)).toEqual([
      p({ t: "call", who: "here" }, t(" and "), { t: "call", who: "channel" }, t(" in "), { t: "place", channel }),
    ]);
    expect(spoken(parse("<!everyone> <#short> `<!here>`"))).toBe("<!everyone> <#short> <!here>");
  });

  test("blocks", () => {
    expect(parse("# h\n\n> q\n\n- a\n- b\n\n3. c\n\n---\n\n```ts\nx < y\n```")).toEqual([
      { t: "heading", kids: [t("h")] },
      { t: "quote", kids: [p(t("q"))] },
      {
        t: "ul",
        kids: [
          { t: "item", kids: [t("a")] },
          { t: "item", kids: [t("b")] },
        ],
      },
      { t: "ol", start: 3, kids: [{ t: "item", kids: [t("c")] }] },
      { t: "rule" },
      { t: "fence", text: "x < y", lang: "ts" },
    ]);
  });

  test("tables", () => {
    expect(parse("a|b\n-|-\n1|2")).toEqual([
      {
        t: "table",
        kids: [
          {
            t: "row",
            kids: [
              { t: "headcell", kids: [t("a")] },
              { t: "headcell", kids: [t("b")] },
            ],
          },
          {
            t: "row",
            kids: [
              { t: "cell", kids: [t("1")] },
              { t: "cell", kids: [t("2")] },
            ],
          },
        ],
      },
    ]);
  });

  test("links: written, bare, by mail", () => {
    expect(hrefs("[a](https://x.org/y) http://b.org c.com/d <https://e.org> me@f.org")).toEqual([
      "https://x.org/y",
      "http://b.org",
      expect.stringMatching(/^https?:\/\/c\.com\/d$/),
      "https://e.org",
      "mailto:me@f.org",
    ]);
    expect(hrefs("README.md lib.rs run.py a.sh 10.0.0.1")).toEqual([]);
  });

  test("a mention is the id in its brackets, and nothing else is one", () => {
    const user = mintId<"user">(new Uint8Array(16).fill(7));
    expect(parse(`hi <@${user}>!`)).toEqual([p(t("hi "), { t: "mention", user }, t("!"))]);
    for (const text of [
      `<@${user.slice(1)}>`,
      `<@${user}x>`,
      `<@ ${user}>`,
      `\`<@${user}>\``,
      `\\<@${user}>`,
      "<@!!>",
    ]) {
      expect(
        flat(parse(text)).some((node) => node.t === "mention"),
        text,
      ).toBe(false);
    }
    expect(spoken(parse("<@not-an-id>"))).toBe("<@not-an-id>");
  });

  test("definitions and underlines stay visible text", () => {
    expect(spoken(parse("[a]: https://x.org\n[a]"))).toContain("[a]: ");
    expect(parse("what\n---")[0]).toEqual(p(t("what")));
  });
});

describe("MS-25 what people write to harm", () => {
  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\u0000script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\tjavascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x.org/1)",
    "[x](//evil.org)",
    "[x](/relative)",
    "[x](#/w/abc)",
    "ftp://evil.org",
    "javascript://x.org/%0aalert(1)",
  ])("no link from %s", (text) => {
    expect(hrefs(text).filter((href) => !/^(https?:\/\/|mailto:)/.test(href))).toEqual([]);
    expect(hrefs(text).join()).not.toMatch(/alert|script|svg/i);
    expect(spoken(parse(text))).not.toBe("");
  });

  test("raw HTML stays text, letter for letter", () => {
    const text = "<script>alert(1)</script><img src=x onerror=alert(1)><!-- c --><b>b</b>";
    expect(parse(text)).toEqual([p(t(text))]);
    expect(spoken(parse(`<div>\n\n${text}\n\n</div>`))).toContain(text);
  });

  test("images are never fetched: they become links", () => {
    expect(flat(parse("![pixel](https://evil.org/p.gif)")).map((node) => node.t)).toEqual([
      "p",
      "text",
      "link",
      "text",
    ]);
  });

  test("a link whose words name another host says the true one", () => {
    expect(spoken(parse("[https://bank.com](https://evil.org/x)"))).toBe("https://bank.com (evil.org)");
    expect(spoken(parse("[bank.com/login](https://bank.com.evil.org)"))).toBe("bank.com/login (bank.com.evil.org)");
    expect(spoken(parse("[https://bank.com](https://bank.com@evil.org)"))).toContain("(evil.org)");
    expect(spoken(parse("[https://bank.com/a](https://bank.com/b)"))).toBe("https://bank.com/a");
    expect(spoken(parse("[our docs](https://x.org)"))).toBe("our docs");
    // Cyrillic а: the address shows its punycode
    expect(hrefs("https://b\u0430nk.com")).toEqual(["https://xn--bnk-6cd.com"]);
    expect(spoken(parse("[https://bank.com](https://b\u0430nk.com)"))).toContain("(xn--");
  });

  test("bidi overrides are shown as what they are", () => {
    expect(spoken(parse("abc\u202edef \u202dx"))).toBe("abc\ufffddef \ufffdx");
    expect(spoken(parse("`a\u2066b\u202e`"))).toBe("a\ufffdb\ufffd");
    expect(spoken(parse("[\u2067gro\u202b](https://x.org)"))).toBe("\ufffdgro\ufffd");
    expect(spoken(parse("\u05e9\u05dc\u05d5\u05dd \u200fabc"))).toBe("\u05e9\u05dc\u05d5\u05dd \u200fabc");
  });

  const n = 100_000;
  const floods: Record<string, string> = {
    quotes: ">".repeat(10_000),
    "quotes over lines": ">\n".repeat(n / 2),
    lists: "- ".repeat(10_000),
    numbers: "1. ".repeat(10_000),
    brackets: "[".repeat(n),
    images: "![".repeat(n / 2),
    links: "[a](".repeat(n / 4),
    stars: "*".repeat(n),
    mixed: "*_".repeat(n / 2),
    strong: "**x** ".repeat(n / 6),
    strikes: "~~a".repeat(n / 3),
    angles: "<".repeat(n),
    mentions: "<@".repeat(n / 2),
    "whole mentions": "<@AAAAAAAAAAAAAAAAAAAAAA>".repeat(n / 25),
    ticks: Array.from({ length: 446 }, (_, i) => "`".repeat(i)).join(" "),
    addresses: "http://a.com ".repeat(n / 13),
    mails: "a@".repeat(n / 2),
    hosts: "a.".repeat(n / 2),
    slashes: "http://".repeat(n / 7),
    escapes: "\\*".repeat(n / 2),
    entities: "&amp;".repeat(n / 5),
    lines: "a\n".repeat(n / 2),
    paragraphs: "a\n\n".repeat(n / 3),
    cells: `${"|a".repeat(100)}\n${"|-".repeat(100)}\n${"|x\n".repeat(n)}`.slice(0, n),
    "cells, shorter": `${"|a".repeat(100)}\n${"|-".repeat(100)}\n${"|x\n".repeat(n)}`.slice(0, 19_999),
    fences: "```\n".repeat(n / 4),
    headings: "# a\n".repeat(n / 4),
    emphasis: "*a **b ".repeat(n / 7),
    "deep emphasis": `${"*a ".repeat(10_000)}${"b* ".repeat(10_000)}`,
    spaces: `${" ".repeat(n - 1)}a`,
    combining: "a\u0301".repeat(n / 2),
    surrogates: "\ud83d".repeat(n),
    nul: "\u0000".repeat(n),
    "too long": "x".repeat(n * 5),
  };
  test.each(Object.keys(floods))("a flood of %s costs less than a second, and is bounded", (name) => {
    // CPU time of this process, not the clock: other work on the machine does not count.
    const started = process.cpuUsage();
    const tree = parse(floods[name]!);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
    expect(flat(tree).length).toBeLessThanOrEqual(25_000);
    const depth = (nodes: readonly MarkupNode[]): number =>
      nodes.reduce((most, node) => Math.max(most, 1 + ("kids" in node ? depth(node.kids) : 0)), 0);
    expect(depth(tree)).toBeLessThanOrEqual(42);
    expect(tree.length).toBeGreaterThan(0);
  });

  test("what is nested too deep is shown as it was written, not dropped", () => {
    const text = `${">".repeat(60)} secret`;
    expect(spoken(parse(text))).toBe(text);
    expect(spoken(parse(`${"- ".repeat(60)}secret`))).toContain("secret");
  });

  test("never throws, and survives structuredClone, whatever comes", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "*",
        "_",
        "`",
        "~~",
        "[",
        "](",
        ")",
        "<",
        ">",
        "<@",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "|",
        "#",
        "```",
        "http://",
        "javascript:",
        "\\",
        "&",
        "\u202e",
        "\ud83d",
      ),
      fc.string({ maxLength: 4, unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const tree = parse(pieces.join(""));
        structuredClone(tree);
        for (const node of flat(tree)) if (node.t === "link") expect(node.href).toMatch(/^(https?:\/\/|mailto:)/i);
      }),
      { numRuns: 500 },
    );
  });
});

test("a name between colons is an emoji of the workspace's own, except in words, times, addresses and code", () => {
  expect(parse("so :party: it is")).toEqual([p(t("so "), { t: "emoji", name: "party" }, t(" it is"))]);
  expect(parse(":a::b-2:")).toEqual([p({ t: "emoji", name: "a" }, { t: "emoji", name: "b-2" })]);
  for (const text of [
    "at 10:30:45",
    "`:party:`",
    "no:way:here",
    ":Big:",
    ":two words:",
    "https://a.example/:x:y",
    ":x:y",
  ])
    expect(
      flat(parse(text)).some((node) => node.t === "emoji"),
      text,
    ).toBe(false);
});
