// Commands behind a slash, and times as people write them.
import { expect, test } from "vitest";
import { parseSlash, parseStatus } from "@/app/_channel/slash/parse.ts";
import { parseRemind, timeOf } from "@/app/_channel/slash/remind-time.ts";
import { actionOf } from "@/app/_channel/text/action.ts";
import { parseLook } from "@/app/_frame/daily/synced-look.ts";
import { fromInput, presetTime, toInput } from "@/app/_frame/daily/times.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";

/** Thursday 19 November 2026, 10:30. */
const NOW = new Date(2026, 10, 19, 10, 30).getTime();
const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

test("a known command is one, an unknown one is named, and what only begins with a slash is text", () => {
  expect(parseSlash("/shrug why not")).toEqual({ t: "command", name: "shrug", rest: "why not" });
  expect(parseSlash("  /HELP ")).toEqual({ t: "command", name: "help", rest: "" });
  expect(parseSlash("/me\twaves\nand goes")).toEqual({ t: "command", name: "me", rest: "waves\nand goes" });
  expect(parseSlash("/shruggg x")).toEqual({ t: "unknown", name: "shruggg" });
  for (const text of ["/usr/bin/env", "/", "/ me", "hello /me", "/2", "/é"])
    expect(parseSlash(text)).toEqual({ t: "text", text });
  expect(parseSlash("//shrug")).toEqual({ t: "text", text: "/shrug" });
  expect(parseSlash("//")).toEqual({ t: "text", text: "/" });
  // a name of every object is no command
  expect(parseSlash("/constructor")).toEqual({ t: "unknown", name: "constructor" });
});

test("an action reads as what its author does, and two slashes do not make one", () => {
  const { parse } = markdownMarkup();
  const spoken = (text: string) => JSON.stringify(actionOf(text, parse(text), "Ana"));
  expect(spoken("/me waves *twice*")).toContain('"Ana waves "');
  for (const text of ["/meow", "say /me x", "/me", "`/me x`", "> /me x"]) expect(spoken(text), text).toBe("null");
  const escaped = parseSlash("//me waves");
  expect(escaped.t === "text" && spoken(escaped.text)).toBe("null");
  expect(JSON.stringify(parse(escaped.t === "text" ? escaped.text : ""))).toContain("/");
});

test.each([
  ["me call Ben in 20 minutes", "call Ben", NOW + 20 * 60_000],
  ["to call Ben in 2h", "call Ben", NOW + 2 * 3_600_000],
  ["me to stretch in an hour", "stretch", NOW + 3_600_000],
  ["appeler Ben dans 15 min", "appeler Ben", NOW + 15 * 60_000],
  ["d’appeler Ben demain à 14h30", "appeler Ben", local(20, 14, 30)],
  ["ship it tomorrow", "ship it", local(20, 9)],
  ["ship it tomorrow at 5pm", "ship it", local(20, 17)],
  ["ship it at 11:15 tomorrow", "ship it", local(20, 11, 15)],
  ["stand-up at 9", "stand-up", local(20, 9)],
  ["stand-up at 11:45", "stand-up", local(19, 11, 45)],
  ["monday at 10: plan the week", "plan the week", local(23, 10)],
  ["plan on thursday", "plan", local(26, 9)],
  ["lundi relire", "relire", local(23, 9)],
  ["report 2026-11-30 at 8:00", "report", local(30, 8)],
  ["midnight snack at 12am", "midnight snack", local(20, 0)],
])("%s", (written, text, at) => {
  expect(parseRemind(written, NOW)).toEqual({ ok: true, text, at });
});

test("what has no time or no words is said, and a day that is over is taken as it is", () => {
  for (const written of ["", "me", "in 5 minutes", "tomorrow at 9"])
    expect(parseRemind(written, NOW), written).toEqual({ ok: false, why: "text" });
  for (const written of [
    "call Ben",
    "call Ben at 25:00",
    "call Ben at 9:75",
    "x in 5 parsecs",
    "x in 9999 weeks",
    "x at 13pm",
  ])
    expect(parseRemind(written, NOW), written).toEqual({ ok: false, why: "time" });
  expect(parseRemind("was this 2026-11-18 at 9", NOW)).toEqual({ ok: true, text: "was this", at: local(18, 9) });
  expect(timeOf("in 90 minutes", NOW)).toBe(NOW + 90 * 60_000);
});

test("a status is an emoji and words, one of them, or cleared", () => {
  expect(parseStatus("🥐 at lunch")).toEqual({ emoji: "🥐", text: "at lunch" });
  expect(parseStatus(":party_parrot: shipping")).toEqual({ emoji: ":party_parrot:", text: "shipping" });
  expect(parseStatus("👩🏽‍💻 deep in it")).toEqual({ emoji: "👩🏽‍💻", text: "deep in it" });
  expect(parseStatus("🇫🇷")).toEqual({ emoji: "🇫🇷", text: "" });
  expect(parseStatus("in a meeting")).toEqual({ emoji: "", text: "in a meeting" });
  expect(parseStatus("clear")).toEqual({ emoji: "", text: "" });
});

test("times that are offered are to come, whatever the day and hour", () => {
  for (let hour = 0; hour < 24 * 14; hour += 1) {
    const now = NOW + hour * 3_600_000;
    for (const preset of ["soon", "hour", "hours", "tomorrow", "monday"] as const)
      expect(presetTime(preset, now)).toBeGreaterThan(now);
    expect(new Date(presetTime("monday", now)).getDay()).toBe(1);
    expect(presetTime("monday", now) - now).toBeLessThan(8 * 24 * 3_600_000);
  }
  expect(fromInput(toInput(NOW))).toBe(NOW);
  expect(fromInput("soon")).toBeUndefined();
});

test("a look that another device wrote is taken as far as it makes sense", () => {
  const look = { theme: "dark", density: "compact", motion: "still", text: 18 };
  expect(parseLook(JSON.stringify(look))).toEqual(look);
  expect(parseLook(JSON.stringify({ ...look, theme: "pink", text: 99, more: 1 }))).toEqual({
    density: "compact",
    motion: "still",
  });
  for (const bad of ["", "null", "[]", "{", "7"]) expect(parseLook(bad)).toEqual({});
});
