// What the formatting buttons do to a selection.
import { describe, expect, it } from "vitest";
import { formatEdit, type TextEdit } from "@/app/_channel/composer/formats.ts";

/** The text after an edit, with the selection between brackets. */
function after(text: string, edit: TextEdit): string {
  const made = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return `${made.slice(0, edit.selectStart)}[${made.slice(edit.selectStart, edit.selectEnd)}]${made.slice(edit.selectEnd)}`;
}

function press(format: Parameters<typeof formatEdit>[0], marked: string): string {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const text = marked.replace("[", "").replace("]", "");
  return after(text, formatEdit(format, text, start, end));
}

describe("formatEdit", () => {
  it("wraps the selection and keeps it selected", () => {
    expect(press("bold", "a [b] c")).toBe("a **[b]** c");
    expect(press("italic", "a [b] c")).toBe("a *[b]* c");
    expect(press("strike", "[]")).toBe("~~[]~~");
    expect(press("code", "a [b] c")).toBe("a `[b]` c");
  });

  it("takes a format away again", () => {
    expect(press("bold", "a **[b]** c")).toBe("a [b] c");
    expect(press("italic", "a *[b]* c")).toBe("a [b] c");
  });

  it("makes bold words italic as well, instead of taking half of the bold", () => {
    expect(press("italic", "**[b]**")).toBe("***[b]***");
  });

  it("makes a fence of several lines, on lines of its own", () => {
    expect(press("code", "x [a\nb] y")).toBe("x \n```\n[a\nb]\n```\n y");
  });

  it("marks every line that is touched, and unmarks them", () => {
    expect(press("list", "one\nt[wo\nthr]ee\nfour")).toBe("one\n- two\n- three[]\nfour");
    expect(press("list", "- t[wo\n- thr]ee")).toBe("two\nthree[]");
    expect(press("quote", "[]word")).toBe("> word[]");
  });

  it("asks for the address of a word, and for the words of an address", () => {
    expect(press("link", "see [plan]")).toBe("see [plan](https://[])");
    const text = "https://example.org";
    const edit = formatEdit("link", text, 0, text.length);
    expect(edit.text).toBe("[](https://example.org)");
    expect(edit.selectStart).toBe(1);
  });
});
