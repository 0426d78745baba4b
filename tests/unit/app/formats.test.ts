// How the interface writes times, sizes and lists.
import { expect, it } from "vitest";
import { formatsOf } from "@/app/_words/formats.ts";

const at = (day: number, hour = 9, minute = 31) => new Date(2026, 10, day, hour, minute, 7).getTime();
const british = formatsOf("en-GB");

it("writes days as the score does: no comma, the year only when it is another", () => {
  expect(british.day(at(19), at(20))).toBe("Thursday 19 November");
  expect(british.day(at(19), new Date(2027, 0, 2).getTime())).toBe("Thursday 19 November 2026");
});

it("writes times by locale", () => {
  expect(british.time(at(19))).toBe("09:31");
  expect(formatsOf("en-US").time(at(19, 21))).toMatch(/^09:31\sPM$/u);
  expect(formatsOf("fr").day(at(19), at(20))).toBe("jeudi 19 novembre");
});

it("counts sizes in decimal units, with one digit where it says something", () => {
  expect(british.size(512)).toBe("512 bytes");
  expect(british.size(42_300)).toBe("42 kB");
  expect(british.size(8_400_000)).toBe("8.4 MB");
  expect(british.size(412_000_000)).toBe("412 MB");
});

it("tells relative days by the calendar, not by 24 hours", () => {
  expect(british.relative(at(18, 23, 0), at(19, 23, 30))).toBe("yesterday");
  expect(british.relative(at(19, 9, 28), at(19))).toBe("3 minutes ago");
  expect(british.sameDay(at(19, 0, 1), at(19, 23, 59))).toBe(true);
  expect(british.sameDay(at(19, 23, 59), at(20, 0, 1))).toBe(false);
});
