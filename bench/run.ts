// `npm run bench -- <name> [--full]`: one benchmark, or all; each prints one JSON line with ratios against its floor.
import type { Ask, Figures } from "./figures.ts";

const BENCHES: Readonly<Record<string, () => Promise<(ask: Ask) => Promise<Figures>>>> = {
  deliver: async () => (await import("./deliver.ts")).deliver,
  sustained: async () => (await import("./sustained.ts")).sustained,
  open: async () => (await import("./open.ts")).open,
  file: async () => (await import("./file.ts")).file,
  rekey: async () => (await import("./rekey.ts")).rekey,
  dbsize: async () => (await import("./dbsize.ts")).dbsize,
  search: async () => (await import("./search.ts")).search,
  team: async () => (await import("./team.ts")).team,
  catchup: async () => (await import("./catchup.ts")).catchup,
  coldstart: async () => (await import("./browser/coldstart.ts")).coldstart,
  switch: async () => (await import("./browser/switch.ts")).switching,
  scroll: async () => (await import("./browser/scroll.ts")).scroll,
};

const args = process.argv.slice(2);
const full = args.includes("--full");
const named = args.filter((arg) => !arg.startsWith("--"));
const unknown = named.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
for (const name of named.length > 0 ? named : Object.keys(BENCHES)) {
  const bench = await BENCHES[name]?.();
  const from = performance.now();
  const figures = await bench?.({ full });
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(JSON.stringify({ bench: name, full, ...figures, seconds }));
}
process.exit(0);
