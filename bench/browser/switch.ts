// Switching between 200 channels with 100,000 messages in real Chromium: from the click to the channel's newest message drawn.
import { type Ask, brief, type Figures, median, percentile } from "@/bench/figures.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Person } from "@/tests/e2e/kit.ts";
import { joinAndRead, openBrowserPlace, readable } from "./place.ts";

const ROUNDS = 3;

type Stop = { readonly channel: ChannelId; readonly newest: string };

/** Clicks through the channels inside the page, so that nothing of the driver is measured; ms for each. */
async function clickThrough({ page }: Person, stops: readonly Stop[]): Promise<number[]> {
  return await page.evaluate(async (all) => {
    const log = () => document.querySelector('[role="log"]')?.textContent ?? "";
    const times: number[] = [];
    for (const { channel, newest } of all) {
      const link = document.querySelector<HTMLAnchorElement>(`a[href$="/c/${channel}"]`);
      if (link === null) throw new TypeError(`no link to ${channel} in the sidebar`);
      const from = performance.now();
      link.click();
      times.push(
        await new Promise<number>((resolve, reject) => {
          const look = () => {
            if (log().includes(newest)) return done(performance.now() - from);
            if (performance.now() - from > 20_000) reject(new TypeError(`${channel} never showed`));
          };
          const watch = new MutationObserver(look);
          const done = (ms: number) => {
            watch.disconnect();
            resolve(ms);
          };
          watch.observe(document.body, { childList: true, subtree: true, characterData: true });
          look();
        }),
      );
      // The frame that shows it, before the next click.
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    }
    return times;
  }, stops);
}

async function measure(channels: number, events: number): Promise<{ first: number[]; later: number[] }> {
  const place = await openBrowserPlace({ engines: 1, writers: 20, channels, events, burst: 20 });
  try {
    const newest = (i: number) => place.texts.get(place.channels[i] as never)?.at(-1) ?? "";
    const stops = place.channels.map((channel, i) => ({ channel, newest: newest(i) }));
    const { person, link } = await place.newcomer();
    await person.page.goto(link);
    await joinAndRead(person, newest(0));
    // Everything that a newcomer fetches by himself is here before the first click.
    await person.page.waitForFunction(() => navigator.onLine);
    await place.engines[0]?.online();
    await clickThrough(person, stops);
    await person.page.reload();
    await readable(person, stops.at(-1)?.newest ?? "");
    const rounds: number[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await clickThrough(person, stops));
    return { first: rounds[0] ?? [], later: rounds.slice(1).flat() };
  } finally {
    await place.end();
  }
}

export async function switching({ full }: Ask): Promise<Figures> {
  const [channels, events] = full ? [200, 100_000] : [40, 4_000];
  const many = await measure(channels, events);
  // Two are the fewest that one can switch between.
  const few = await measure(2, 1_000);
  const all = [...many.first, ...many.later];
  return {
    channels,
    events,
    switch_ms: { p50: brief(median(all)), p99: brief(percentile(all, 0.99)), target_p50: 50, target_p99: 100 },
    first_after_start_ms: { p50: brief(median(many.first)), p99: brief(percentile(many.first, 0.99)) },
    two_channels_ms: { p50: brief(median([...few.first, ...few.later])) },
    ratio_to_two_channels: brief(median(all) / median([...few.first, ...few.later])),
    target_ratio: 1.2,
  };
}
