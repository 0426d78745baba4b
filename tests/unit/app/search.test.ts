// The search field: filters leave it once they are finished, and dates mean days of this device's calendar.
import { expect, test } from "vitest";
import { datesIn } from "@/app/_frame/search/dates.ts";
import { queryOf, typed } from "@/app/_frame/search/state.ts";

const nothing = { text: "", filters: [] };
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();

test("a filter becomes a chip when a space ends it, once, and the query keeps it", () => {
  expect(typed(nothing, "from:ana")).toEqual({ text: "from:ana", filters: [] });
  expect(typed(nothing, "from:ana ")).toEqual({ text: "", filters: ["from:ana"] });
  expect(typed({ text: "", filters: ["from:ana"] }, "has:file from:ana plan")).toEqual({
    text: "plan",
    filters: ["from:ana", "has:file"],
  });
  expect(typed(nothing, 'in:"river story" x').filters).toEqual(['in:"river story"']);
  expect(typed(nothing, "http://a.b ").text).toBe("http://a.b ");
  expect(queryOf({ text: " plan", filters: ["from:ana"] })).toBe("from:ana  plan");
});

test("dates as they are written cover what they name", () => {
  const now = new Date(2026, 10, 30, 15).getTime();
  const span = (value: string) => datesIn(`x before:${value} y`, now)[value];
  expect(span("2026-11-03")).toEqual({ since: at(2026, 11, 3), until: at(2026, 11, 4) });
  expect(span("2026-02")).toEqual({ since: at(2026, 2, 1), until: at(2026, 3, 1) });
  expect(span("2025")).toEqual({ since: at(2025, 1, 1), until: at(2026, 1, 1) });
  expect(span("today")).toEqual({ since: at(2026, 11, 30), until: at(2026, 12, 1) });
  expect(span("Yesterday")).toEqual({ since: at(2026, 11, 29), until: at(2026, 11, 30) });
  expect(span("7d")).toEqual({ since: at(2026, 11, 23), until: at(2026, 11, 24) });
  for (const wrong of ["2026-02-30", "2026-13", "soon", "2026-1-1-1"]) expect(span(wrong)).toBeUndefined();
});
