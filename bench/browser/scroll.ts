// Fast scrolling through a long channel in real Chromium while 50 messages a second arrive: frames dropped, rows in the page.
import { setTimeout as pause } from "node:timers/promises";
import { type Ask, brief, type Figures, percentile } from "@/bench/figures.ts";
import { message } from "@/tests/writers.ts";
import { joinAndRead, openBrowserPlace } from "./place.ts";

const SECONDS = 6;
const PER_SECOND = 50;

type Seen = { readonly frames: number[]; readonly rows: number; readonly travelled: number };

export async function scroll({ full }: Ask): Promise<Figures> {
  const events = full ? 100_000 : 5_000;
  const place = await openBrowserPlace({ engines: 1, writers: 10, channels: 1, events, burst: 100 });
  const [general] = place.channels;
  const { person, link } = await place.newcomer();
  const { page } = person;
  await page.goto(link);
  await joinAndRead(person, place.texts.get(general as never)?.at(-1) ?? "");
  // Back through history, as far as is loaded in the time that a person would hold the key.
  const loaded = await page.evaluate(async (most) => {
    const log = document.querySelector('[role="log"]');
    const box = [log, ...(log?.querySelectorAll("*") ?? []), log?.parentElement].find(
      (one) => one instanceof HTMLElement && one.scrollHeight > one.clientHeight + 10,
    ) as HTMLElement;
    const until = performance.now() + most;
    let height = 0;
    while (performance.now() < until) {
      box.scrollTop = 0;
      await new Promise((next) => requestAnimationFrame(next));
      height = Math.max(height, box.scrollHeight);
    }
    return height;
  }, 15_000);
  let writing = true;
  const write = (async () => {
    for (let i = 0; writing; i += 1) {
      await place.crowd.writers[i % 10]?.send(general as never, [message(`while scrolling ${i}`)]);
      await pause(1000 / PER_SECOND);
    }
  })();
  const seen = await page.evaluate(async (seconds): Promise<Seen> => {
    const log = document.querySelector('[role="log"]');
    const box = [log, ...(log?.querySelectorAll("*") ?? []), log?.parentElement].find(
      (one) => one instanceof HTMLElement && one.scrollHeight > one.clientHeight + 10,
    ) as HTMLElement;
    const frames: number[] = [];
    let rows = 0;
    let travelled = 0;
    let down = false;
    let last = performance.now();
    const until = last + seconds * 1000;
    while (performance.now() < until) {
      const now = await new Promise<number>((next) => requestAnimationFrame(next));
      frames.push(now - last);
      last = now;
      const before = box.scrollTop;
      box.scrollTop += down ? 1200 : -1200;
      travelled += Math.abs(box.scrollTop - before);
      if (box.scrollTop <= 0 || box.scrollTop + box.clientHeight >= box.scrollHeight - 2) down = !down;
      rows = Math.max(rows, document.querySelectorAll('[role="log"] li, [role="log"] [role="listitem"]').length);
    }
    return { frames: frames.slice(1), rows, travelled };
  }, SECONDS);
  writing = false;
  await write;
  await place.end();
  // A frame at 60 Hz has 16.7 ms; one that took longer dropped those that it stood for.
  const dropped = seen.frames.reduce((n, ms) => n + Math.max(0, Math.round(ms / (1000 / 60)) - 1), 0);
  const due = seen.frames.length + dropped;
  return {
    events,
    height_loaded_px: loaded,
    travelled_px: Math.round(seen.travelled),
    frames: due,
    dropped: { share: brief(dropped / due), target: 0.02 },
    frame_ms: { p50: brief(percentile(seen.frames, 0.5)), p99: brief(percentile(seen.frames, 0.99)) },
    rows_in_page: { most: seen.rows, target: 150 },
  };
}
