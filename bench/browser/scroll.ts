// Fast scrolling through a long channel in real Chromium while 50 messages a second arrive: frames dropped, rows in the page.
import { setTimeout as pause } from "node:timers/promises";
import { type Ask, brief, type Figures, percentile } from "@/bench/figures.ts";
import { message } from "@/tests/writers.ts";
import { joinAndRead, openBrowserPlace } from "./place.ts";

const SECONDS = 6;
const PER_SECOND = 50;

type Seen = { readonly frames: number[]; readonly rows: number; readonly travelled: number };

/** In the page: up and down the log as fast as frames come, for so many seconds. */
async function scrolled(seconds: number): Promise<Seen> {
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
}

/** A frame at 60 Hz has 16.7 ms; one that took longer dropped those that it stood for. */
function dropped({ frames }: Seen): number {
  const lost = frames.reduce((n, ms) => n + Math.max(0, Math.round(ms / (1000 / 60)) - 1), 0);
  return lost / (frames.length + lost);
}

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
  const seen = await page.evaluate(scrolled, SECONDS);
  writing = false;
  await write;
  // The floor: the same travel over as many lines of plain text, in the same browser on the same cores.
  const bare = await person.context.newPage();
  await bare.setContent(
    `<div role="log" style="height:700px;overflow:auto">${"<li>some plain words of one message</li>".repeat(2000)}</div>`,
  );
  const floor = await bare.evaluate(scrolled, SECONDS);
  await place.end();
  return {
    events,
    height_loaded_px: loaded,
    travelled_px: Math.round(seen.travelled),
    dropped: { share: brief(dropped(seen)), target: 0.02, floor: brief(dropped(floor)) },
    frame_ms: { p50: brief(percentile(seen.frames, 0.5)), p99: brief(percentile(seen.frames, 0.99)) },
    floor_frame_ms: { p50: brief(percentile(floor.frames, 0.5)), p99: brief(percentile(floor.frames, 0.99)) },
    frames_to_floor: brief(percentile(seen.frames, 0.5) / percentile(floor.frames, 0.5)),
    rows_in_page: { most: seen.rows, target: 150 },
  };
}
