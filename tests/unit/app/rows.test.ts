// The lines of the log: days, the New line, groups, and which message of mine keeps its sign.
import { describe, expect, it } from "vitest";
import { isFarApart } from "@/app/_channel/message/far-apart.ts";
import { guessHeight, placedAt, type Row, rowsOf } from "@/app/_channel/timeline/rows.ts";
import { stepFrom } from "@/app/_channel/timeline/use-stop.ts";
import { sameValue } from "@/lib/base/same.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { ANA, at, LUC, MIRELA, message, RIVER_ITEMS } from "@/tests/fixtures/riverbend.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const shape = (rows: readonly Row[]) =>
  rows.map((row) => (row.t === "item" ? `${row.grouped ? "+" : ""}${row.item.t}${row.last ? "*" : ""}` : row.t));

describe("rowsOf", () => {
  it("draws no day and no row for an empty channel", () => {
    expect(rowsOf([], null)).toEqual({ firstDay: null, rows: [] });
  });

  it("groups the same person within five minutes and nobody else", () => {
    const items = [
      message(MIRELA, at(9, 0), "one"),
      message(MIRELA, at(9, 4), "two"),
      message(MIRELA, at(9, 10), "three"),
      message(LUC, at(9, 11), "four"),
    ];
    expect(shape(rowsOf(items, null).rows)).toEqual(["message", "+message", "message", "message"]);
  });

  it("breaks a group at the New line, at a day, and at a late message", () => {
    const late = message(MIRELA, at(9, 3), "late", { late: true });
    const midnight = at(23, 59) + 30_000;
    const items = [
      message(MIRELA, at(9, 0), "one"),
      message(MIRELA, at(9, 1), "new"),
      late,
      message(MIRELA, midnight, "evening"),
      message(MIRELA, midnight + MINUTE, "morning"),
    ];
    const made = shape(rowsOf(items, items[1]?.id ?? null).rows);
    expect(made).toEqual(["message", "new", "message", "message", "message", "day", "message"]);
  });

  it("M12 a message whose author's clock is five minutes off the server's stands alone, with both times", () => {
    const off = (minutes: number) =>
      message(MIRELA, at(9, 1) - minutes * MINUTE, "by another clock", { receivedAt: at(9, 1) });
    expect([-400, -5, 0, 4, 5].map((minutes) => isFarApart(off(minutes)))).toEqual([true, true, false, false, true]);
    expect(isFarApart({ sentAt: at(9, 0), receivedAt: null })).toBe(false);
    const first = message(MIRELA, at(9, 0), "one");
    expect(shape(rowsOf([first, off(4)], null).rows)).toEqual(["message", "+message"]);
    expect(shape(rowsOf([first, off(5)], null).rows)).toEqual(["message", "message"]);
  });

  it("keeps the first day out of the rows, so that older rows can come in below its line", () => {
    const list = rowsOf([message(MIRELA, at(9, 0), "one"), message(MIRELA, at(9, 0) + DAY, "two")], null);
    expect(list.firstDay).toBe(at(9, 0) + 140);
    expect(shape(list.rows)).toEqual(["message", "day", "message"]);
  });

  it("follows the server's order: a sender's clock moves no day", () => {
    const wrong = message(LUC, at(9, 1) + 400 * DAY, "from the future", { receivedAt: at(9, 1) });
    const list = rowsOf([message(MIRELA, at(9, 0), "one"), wrong, message(MIRELA, at(9, 2), "two")], null);
    expect(shape(list.rows)).toEqual(["message", "message", "message"]);
    expect(placedAt(wrong)).toBe(at(9, 1));
  });

  it("marks only my newest message that is not deleted", () => {
    const items = [
      message(ANA, at(9, 0), "one"),
      message(ANA, at(9, 30), "two"),
      message(ANA, at(9, 50), "gone", { deleted: true }),
      message(LUC, at(10, 0), "three"),
    ];
    expect(shape(rowsOf(items, null).rows)).toEqual(["message", "message*", "message", "message"]);
  });

  it("gives every row a key of its own", () => {
    const keys = rowsOf(RIVER_ITEMS, null).rows.map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("takes 10,000 items in less than 300 ms", () => {
    const items = Array.from({ length: 10_000 }, (_, i) =>
      message(i % 3 === 0 ? ANA : LUC, at(0, 0) + i * MINUTE, "x"),
    );
    const start = performance.now();
    rowsOf(items, null);
    expect(performance.now() - start).toBeLessThan(300);
  });
});

describe("guessHeight", () => {
  it("grows with the text and is less for a grouped row", () => {
    const row = (text: string, grouped: boolean): Row => ({
      t: "item",
      key: "k",
      item: message(LUC, at(9, 0), text),
      grouped,
      last: false,
    });
    expect(guessHeight(row("x".repeat(500), false), 90)).toBeGreaterThan(guessHeight(row("x", false), 90));
    expect(guessHeight(row("x", true), 90)).toBeLessThan(guessHeight(row("x", false), 90));
  });
});

describe("stepFrom", () => {
  const { rows } = rowsOf(RIVER_ITEMS, RIVER_ITEMS[6]?.id as MessageItem["id"]);
  const line = rows.findIndex((row) => row.t === "new");

  it("skips the New line in both directions", () => {
    expect(stepFrom(rows, line - 1, "ArrowDown")).toBe(line + 1);
    expect(stepFrom(rows, line + 1, "ArrowUp")).toBe(line - 1);
  });

  it("stays inside, and leaves other keys alone", () => {
    expect(stepFrom(rows, 0, "ArrowUp")).toBeUndefined();
    expect(stepFrom(rows, rows.length - 1, "ArrowDown")).toBeUndefined();
    expect(stepFrom(rows, 3, "Home")).toBe(0);
    expect(stepFrom(rows, 3, "End")).toBe(rows.length - 1);
    expect(stepFrom(rows, 3, "e")).toBeUndefined();
  });
});

describe("sameValue", () => {
  it("holds for copies and not for changes", () => {
    const item = message(LUC, at(9, 0), "one", {
      files: [],
      markup: [{ t: "p", kids: [{ t: "text", text: "one" }] }],
    });
    expect(sameValue(item, structuredClone(item))).toBe(true);
    expect(sameValue(item, { ...structuredClone(item), state: "sealed" })).toBe(false);
    expect(sameValue({ a: [1, 2] }, { a: [1, 2, 3] })).toBe(false);
    expect(sameValue({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameValue([], {})).toBe(false);
  });

  it("compares bytes", () => {
    expect(sameValue(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
    expect(sameValue(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
    expect(sameValue(new Uint8Array([1, 2]), new Uint8Array([1]))).toBe(false);
  });
});
