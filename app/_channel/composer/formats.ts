// What the formatting buttons do to the text: pure edits, given to the browser as typing so that undo works.

import type { Format } from "@/app/_ui/composer/composer-tools.tsx";

/** Replace from `start` to `end` by `text`, then select `selectStart` to `selectEnd`. */
export type TextEdit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly selectStart: number;
  readonly selectEnd: number;
};

const MARKS = { bold: "**", italic: "*", strike: "~~", code: "`" } as const;

function wrap(text: string, start: number, end: number, mark: string): TextEdit {
  const inner = text.slice(start, end);
  const size = mark.length;
  const outside = text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  // one * of a ** is no italic
  const doubled = mark === "*" && text[start - 2] === "*";
  if (outside && !doubled)
    return { start: start - size, end: end + size, text: inner, selectStart: start - size, selectEnd: end - size };
  return { start, end, text: `${mark}${inner}${mark}`, selectStart: start + size, selectEnd: end + size };
}

function fence(text: string, start: number, end: number): TextEdit {
  const before = start === 0 || text[start - 1] === "\n" ? "" : "\n";
  const after = end === text.length || text[end] === "\n" ? "" : "\n";
  const inner = text.slice(start, end);
  const from = start + before.length + 4;
  return {
    start,
    end,
    text: `${before}\`\`\`\n${inner}\n\`\`\`${after}`,
    selectStart: from,
    selectEnd: from + inner.length,
  };
}

function link(text: string, start: number, end: number): TextEdit {
  const inner = text.slice(start, end);
  const address = /^https?:\/\/\S+$/.test(inner);
  const made = address ? `[](${inner})` : `[${inner}](https://)`;
  const caret = address ? start + 1 : start + made.length - 1;
  return { start, end, text: made, selectStart: caret, selectEnd: caret };
}

/** Puts `sign` before each line that the selection touches, or takes it away when all have it. */
function lines(text: string, start: number, end: number, sign: string): TextEdit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const stop = text.indexOf("\n", end);
  const to = stop < 0 ? text.length : stop;
  const all = text.slice(from, to).split("\n");
  const has = all.every((one) => one.startsWith(sign));
  const made = all.map((one) => (has ? one.slice(sign.length) : sign + one)).join("\n");
  return { start: from, end: to, text: made, selectStart: from + made.length, selectEnd: from + made.length };
}

/** The edit that a format makes to the selection `start` to `end` of `text`. */
export function formatEdit(format: Format, text: string, start: number, end: number): TextEdit {
  if (format === "link") return link(text, start, end);
  if (format === "list") return lines(text, start, end, "- ");
  if (format === "quote") return lines(text, start, end, "> ");
  if (format === "code" && text.slice(start, end).includes("\n")) return fence(text, start, end);
  return wrap(text, start, end, MARKS[format]);
}

/** Gives the edit to the browser as if it were typed: Ctrl+Z takes it back. */
export function applyEdit(area: HTMLTextAreaElement, edit: TextEdit): void {
  area.focus();
  area.setSelectionRange(edit.start, edit.end);
  const typed =
    edit.text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, edit.text);
  if (!typed) {
    area.setRangeText(edit.text, edit.start, edit.end, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(edit.selectStart, edit.selectEnd);
}
