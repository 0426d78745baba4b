// A handful of seeds against one server, for the test run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "@/server/main.ts";
import { SIM_LIMITS } from "./limits.ts";
import { type Outcome, runSeed } from "./schedule.ts";

/** Runs seeds first..first+count−1 one after the other. */
export async function runBatch(first: number, count: number): Promise<Outcome[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "tacit-sim-"));
  const server = await startServer({ dataDir, limits: SIM_LIMITS });
  try {
    const outcomes: Outcome[] = [];
    for (let seed = first; seed < first + count; seed += 1) outcomes.push(await runSeed(server, seed));
    return outcomes;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
