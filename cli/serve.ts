// tacit serve: runs the server until it is told to stop.
import { Fault } from "@/lib/base/errors.ts";
import { describeSettings, readSettings } from "@/server/env.ts";
import type { LogLine } from "@/server/log.ts";
import { logTo } from "@/server/log.ts";
import { startServer } from "@/server/main.ts";
import { takeFlag } from "./say.ts";

const LOGS = ["off", "faults", "all"];

/** faults: starts, stops and what went wrong inside. all: every request and socket too. */
function isWanted(level: string, line: LogLine): boolean {
  if (level === "all") return true;
  return level === "faults" && !["request", "socket-open", "socket-close"].includes(line.what);
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGINT", ask);
    process.on("SIGTERM", ask);
  });
}

export async function run(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(
      `tacit serve\n\n${describeSettings()}\n  --log                off, faults or all (default: faults)\n`,
    );
    return 0;
  }
  const { value, rest } = takeFlag(args, "--log");
  const level = value ?? (process.env.TACIT_LOG || "faults");
  if (!LOGS.includes(level)) {
    const name = value === undefined ? "TACIT_LOG" : "--log";
    throw new Fault("start/bad-setting", { detail: `${name}: give off, faults or all` });
  }
  const settings = readSettings(rest, process.env);
  const write = logTo((text) => process.stderr.write(text), Date.now);
  const stopped = stopSignal();
  const server = await startServer({ ...settings, log: (line) => (isWanted(level, line) ? write(line) : undefined) });
  process.stdout.write(`Tacit listens on ${server.url}\n`);
  if (server.setupLink === null) process.stdout.write(`Open ${server.publicUrl}\n`);
  else process.stdout.write(`Open this link to set up your workspace. It serves once:\n\n  ${server.setupLink}\n\n`);
  await stopped;
  await server.stop();
  return 0;
}
