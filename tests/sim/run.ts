// `npm run sim [-- 2000 1 | soak [operations] | seed <n> | mutants]`: plays seeds on all cores; prints operations, seeds, time, faults.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { addTo, emptySummary, playAll, type Summary, seedsFrom } from "./batch.ts";
import { judgeMutants } from "./mutants.ts";
import { OPERATIONS, playSeed } from "./play.ts";

const SEEDS = 2000;
const SOAK = 100_000;
/** Operations of one seed of the soak: people stay longer, and more comes together. */
const SOAK_LENGTH = 200;
/** Seeds that a process plays before it says what came of them. */
const SLICE = 10;

type Plan = { readonly first: number; readonly seeds: number; readonly operations: number };

/** In a process of its own: plays slices as they are told, and answers each with a line. */
async function work(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { first, seeds, operations } = JSON.parse(line) as Plan;
    const sum = await playAll(seedsFrom(first, seeds), { operations });
    process.stdout.write(`${JSON.stringify(sum)}\n`);
  }
}

/** Plays a plan on as many processes as there are cores. */
async function playPlan(plan: Plan): Promise<Summary> {
  const sum = emptySummary();
  const started = performance.now();
  let next = plan.first;
  const end = plan.first + plan.seeds;
  const me = fileURLToPath(import.meta.url);
  const tend = async (): Promise<void> => {
    const child = spawn(process.execPath, ["--import", "tsx", me, "worker"], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    while (next < end) {
      const slice = { ...plan, first: next, seeds: Math.min(SLICE, end - next) };
      next += slice.seeds;
      child.stdin.write(`${JSON.stringify(slice)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new TypeError(`a process ended over seeds from ${slice.first}`);
      tell(sum, JSON.parse(value) as Summary, plan, started);
    }
    child.stdin.end();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, tend));
  return sum;
}

function tell(sum: Summary, slice: Summary, { seeds, operations }: Plan, started: number): void {
  addTo(sum, slice);
  for (const { seed, kind, faults } of slice.failed) {
    console.info(`seed ${seed} (${kind}) failed: ${faults.slice(0, 4).join(" | ").slice(0, 900)}`);
    console.info(`  again: npm run sim -- seed ${seed}${operations === OPERATIONS ? "" : ` ${operations}`}`);
  }
  const passed = Math.floor(sum.seeds / 100) > Math.floor((sum.seeds - slice.seeds) / 100);
  if (passed) console.info(`${sum.seeds} of ${seeds} seeds, ${sum.failed.length} failed, ${secondsSince(started)} s`);
}

const secondsSince = (started: number) => Math.round((performance.now() - started) / 1000);

async function runPlan(plan: Plan): Promise<number> {
  const started = performance.now();
  const sum = await playPlan(plan);
  for (const [name, { tried, done }] of Object.entries(sum.tallies).sort((a, b) => b[1].tried - a[1].tried))
    console.info(`${name.padEnd(24)} ${String(tried).padStart(7)} tried ${String(done).padStart(7)} done`);
  const { seeds, operations, said, crashes, attacks } = sum;
  const counts = `${operations} operations, ${said} messages, ${crashes} crashes, ${attacks} attacks`;
  console.info(`sim: ${seeds} seeds, ${counts}, ${secondsSince(started)} s`);
  console.info(`${seeds - sum.failed.length} passed, ${sum.failed.length} failed`);
  return sum.failed.length === 0 ? 0 : 1;
}

/** One seed, line by line. */
async function show(seed: number, operations: number): Promise<number> {
  const { faults, trace, kind } = await playSeed(seed, { operations, print: (line) => console.info(line) });
  for (const fault of faults) console.info(`fault: ${fault}`);
  console.info(`seed ${seed} (${kind}), ${operations} operations: ${faults.length} faults, trace ${trace}`);
  return faults.length === 0 ? 0 : 1;
}

/** Plays seeds until one fails, and says what it showed. */
async function hunt(count: number): Promise<number> {
  for (const seed of seedsFrom(1, count)) {
    const { faults, kind } = await playSeed(seed);
    if (faults.length === 0) continue;
    console.info(`seed ${seed} (${kind}): ${faults[0]?.split("\n")[0]}`);
    return 1;
  }
  return 0;
}

async function main([what, ...more]: readonly string[]): Promise<number> {
  if (what === "worker") return await work().then(() => 0);
  if (what === "seed") return await show(Number(more[0]), Number(more[1] ?? OPERATIONS));
  if (what === "hunt") return await hunt(Number(more[0]));
  if (what === "mutants") return await judgeMutants(more);
  if (what === "soak") {
    const seeds = Math.ceil(Number(more[0] ?? SOAK) / SOAK_LENGTH);
    return await runPlan({ first: Number(more[1] ?? 1), seeds, operations: SOAK_LENGTH });
  }
  return await runPlan({ first: Number(more[0] ?? 1), seeds: Number(what ?? SEEDS), operations: OPERATIONS });
}

process.exitCode = await main(process.argv.slice(2));
