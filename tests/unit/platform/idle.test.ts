// When tabs lock by themselves: after the minutes chosen, by a touch in any of them, and after a sleep.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchIdle } from "@/lib/platform/browser/guard/idle.ts";
import { wireHub } from "@/tests/fixtures/wires.ts";

const MINUTE = 60_000;
let hub = wireHub();

beforeEach(() => {
  vi.useFakeTimers();
  hub = wireHub();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A tab with a window of its own. */
function tab(minutes: number) {
  const here = { window: new EventTarget(), document: new EventTarget() };
  vi.stubGlobal("window", here.window);
  vi.stubGlobal("document", here.document);
  let locks = 0;
  const stop = watchIdle({
    minutes,
    open: hub.party().open,
    lock: () => {
      locks += 1;
    },
  });
  return {
    stop: () => {
      vi.stubGlobal("window", here.window);
      vi.stubGlobal("document", here.document);
      stop();
    },
    touch: (kind = "keydown") => here.window.dispatchEvent(new Event(kind)),
    look: () => here.document.dispatchEvent(new Event("visibilitychange")),
    locked: () => locks > 0,
  };
}

test("A5 it locks after the minutes chosen and not before; a touch begins them anew", async () => {
  const one = tab(5);
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  one.touch("pointermove");
  await vi.advanceTimersByTimeAsync(4.9 * MINUTE);
  expect(one.locked()).toBe(false);
  await vi.advanceTimersByTimeAsync(0.2 * MINUTE);
  expect(one.locked()).toBe(true);
  one.stop();
});

test("A5 a touch in one tab keeps the others open", async () => {
  const one = tab(5);
  const two = tab(5);
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  two.touch();
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  expect([one.locked(), two.locked()]).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect([one.locked(), two.locked()]).toEqual([true, true]);
  one.stop();
  two.stop();
});

test("A5 a machine that slept wakes up locked, whoever touches it first; a clock set back keeps nothing open", () => {
  const touched = tab(5);
  const seen = tab(5);
  vi.setSystemTime(Date.now() + 6 * MINUTE);
  touched.touch();
  seen.look();
  expect([touched.locked(), seen.locked()]).toEqual([true, true]);
  touched.stop();
  seen.stop();
  const back = tab(5);
  vi.setSystemTime(Date.now() - 600 * MINUTE);
  vi.advanceTimersByTime(5.2 * MINUTE);
  expect(back.locked()).toBe(true);
  back.stop();
});
