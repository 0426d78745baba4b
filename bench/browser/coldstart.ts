// From nothing to readable, and from a shut tab to readable, in a workspace of 200 channels and 100,000 messages.
import { type Ask, brief, type Figures, median, ratioOf } from "@/bench/figures.ts";
import { joinAndRead, openBrowserPlace, readable } from "./place.ts";

type Bytes = { readonly code: number; readonly fonts: number };

/** Packed bytes, without headers, of everything that the page itself fetched for its first screen, by kind. */
function weighed(all: readonly { name: string; bytes: number }[]): Bytes {
  const sum = (is: (name: string) => boolean) =>
    all.filter(({ name }) => is(name)).reduce((n, { bytes }) => n + bytes, 0);
  const font = (name: string) => name.endsWith(".woff2");
  return { fonts: sum(font), code: sum((name) => /^\/(?:join)?$|\.(?:html|js|css)$/.test(name)) };
}

export async function coldstart({ full }: Ask): Promise<Figures> {
  const [channels, events, rounds] = full ? [200, 100_000, 5] : [40, 4_000, 3];
  const place = await openBrowserPlace({ engines: 1, writers: 20, channels, events, burst: 20 });
  const newest = place.texts.get(place.channels[0] as never)?.at(-1) ?? "";
  const cold: number[] = [];
  const joined: number[] = [];
  const warm: number[] = [];
  let bytes: Bytes = { code: 0, fonts: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { person, link } = await place.newcomer();
    const { page } = person;
    const from = Date.now();
    await page.goto(link);
    await page.getByLabel("Your name").waitFor();
    const loaded = Date.now() - from;
    const entries = await page.evaluate(() =>
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        // What comes after this mark is fetched because nothing else is to be done.
        .filter(({ startTime }) => startTime < (performance.getEntriesByName("tacit-rest")[0]?.startTime ?? Infinity))
        .map((one) => ({
          name: new URL(one.name).pathname,
          bytes: (one as PerformanceResourceTiming).encodedBodySize,
        })),
    );
    bytes = weighed(entries);
    const join = await joinAndRead(person, newest);
    joined.push(join);
    cold.push(loaded + join);
    // The first start after joining still fetches; the ones after it are what every morning is like.
    await page.reload();
    await readable(person, newest);
    const again = Date.now();
    await page.reload();
    await readable(person, newest);
    warm.push(Date.now() - again);
    await person.close();
  }
  await place.end();
  return {
    channels,
    events,
    cold_ms: brief(median(cold)),
    join_to_readable_ms: brief(median(joined)),
    warm_ms: brief(median(warm)),
    warm_to_cold: ratioOf(warm, cold),
    target_ratio: 0.35,
    first_load_kb: { code: brief(bytes.code / 1000), target: 170, fonts: brief(bytes.fonts / 1000), target_fonts: 120 },
  };
}
