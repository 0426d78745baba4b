// `npm run sim [-- seeds [first]]`: seeded interleavings against one real server; prints operations, seeds, time, faults.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "@/server/main.ts";
import { SIM_LIMITS } from "./limits.ts";
import { runSeed } from "./schedule.ts";

const seeds = Number(process.argv[2] ?? 1000);
const first = Number(process.argv[3] ?? 1);
const dataDir = mkdtempSync(join(tmpdir(), "tacit-sim-"));
const server = await startServer({ dataDir, limits: SIM_LIMITS });
const started = performance.now();
const total = { operations: 0, sent: 0, crashes: 0, failed: 0 };
for (let seed = first; seed < first + seeds; seed += 1) {
  const outcome = await runSeed(server, seed);
  total.operations += outcome.operations;
  total.sent += outcome.sent;
  total.crashes += outcome.crashes;
  if (outcome.faults.length > 0) {
    total.failed += 1;
    console.log(`seed ${seed}: ${outcome.faults.slice(0, 6).join(" | ")}`);
  }
  if ((seed - first + 1) % 100 === 0)
    console.log(
      `${seed - first + 1} seeds, ${total.failed} failed, ${Math.round((performance.now() - started) / 1000)} s`,
    );
}
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
console.log(
  `sim: ${seeds} seeds, ${total.operations} operations, ${total.sent} messages, ${total.crashes} crashes, ${Math.round((performance.now() - started) / 1000)} s`,
);
console.log(`${seeds - total.failed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
