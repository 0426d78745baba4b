// SRV-19: kill -9 in mid-write, again and again: every acknowledged event is there, none twice, and order holds.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { EventId, SessionId } from "@/lib/base/ids.ts";
import type { SealedEvent } from "@/lib/protocol/event.ts";
import { freshId, ServerWorld } from "@/tests/server-kit.ts";

const TRIALS = Number(process.env.TACIT_CRASH_TRIALS ?? 50);
const WRITERS = 6;
const CHILD = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

type Child = { process: ChildProcess; died: Promise<void>; serve: () => Promise<{ port: number; publicUrl: string }> };

/** Loads a server's code already; `serve` starts it. So the next one gets ready while this one is being killed. */
function warmUp(dataDir: string, at: number): Child {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, dataDir, String(at)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const died = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve) => lines.once("line", resolve));
  return {
    process: child,
    died,
    serve: async () => {
      child.stdin.write("serve\n");
      return JSON.parse(await first) as { port: number; publicUrl: string };
    },
  };
}

type Flight = { id: EventId; event: SealedEvent };

/** One writer of a session of its own: sends what it has, in order, and repeats what was not acknowledged. */
class Writer {
  readonly acknowledged: EventId[] = [];
  private waiting: Flight[] = [];
  private seq = 0;
  private readonly session = freshId<"session">() as SessionId;
  private readonly world: ServerWorld;
  private readonly channel: Parameters<ServerWorld["read"]>[1];

  constructor(world: ServerWorld, channel: Parameters<ServerWorld["read"]>[1]) {
    this.world = world;
    this.channel = channel;
  }

  /** Resolves when the server went away. */
  async run(): Promise<void> {
    const { world, channel } = this;
    for (;;) {
      while (this.waiting.length < 3) {
        const header = { session: this.session, seq: this.seq };
        this.seq += 1;
        const event = world.event(world.book.founder, channel, { header });
        this.waiting.push({ id: event.id, event });
      }
      try {
        const answer = await world.send(
          world.book.founder,
          channel,
          this.waiting.map((one) => one.event),
        );
        if (answer.fault !== null || answer.data.refused !== null)
          throw new Error(`refused: ${answer.fault ?? answer.data.refused?.code}`);
        for (const { id } of answer.data.accepted) this.acknowledged.push(id);
        this.waiting = [];
      } catch (thrown) {
        if (thrown instanceof Error && thrown.message.startsWith("refused")) throw thrown;
        return;
      }
    }
  }
}

async function rowsOf(world: ServerWorld, channel: Parameters<ServerWorld["read"]>[1]) {
  const rows: { id: string; pos: number }[] = [];
  const token = await world.login(world.book.founder);
  for (;;) {
    const after = rows.at(-1)?.pos ?? 0;
    const page = await world.call("events.read", { channel, after, before: null, limit: 500 }, token);
    if (page.data.rows.length === 0) return rows;
    rows.push(...page.data.rows.map(({ id, pos }) => ({ id, pos })));
  }
}

test(`SRV-19 ${TRIALS} times kill -9 in mid-write: no acknowledged event lost, none doubled`, async () => {
  const world = await ServerWorld.founded();
  onTestFinished(() => world.stop());
  const channels = [await world.channel(), await world.channel()];
  await world.server.stop();
  const own = world.server;
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(world, channels[i % 2] ?? channels[0]!));
  let next = warmUp(world.dataDir, world.clock.at);
  onTestFinished(() => void next.process.kill("SIGKILL"));
  const serve = async (child: Child): Promise<void> => {
    const { port, publicUrl } = await child.serve();
    Object.assign(world, { server: { ...own, url: `http://127.0.0.1:${port}`, port, publicUrl } });
    world.forget(world.book.founder.device);
  };
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const child = next;
    next = warmUp(world.dataDir, world.clock.at);
    await serve(child);
    await world.login(world.book.founder);
    const before = writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0);
    const done = Promise.all(writers.map((writer) => writer.run()));
    // The moment is drawn over more than one commit: before, within and after it.
    while (writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0) < before + 12)
      await new Promise((resolve) => setImmediate(resolve));
    for (let turns = Math.floor(Math.random() * 60); turns > 0; turns -= 1)
      await new Promise((resolve) => setImmediate(resolve));
    child.process.kill("SIGKILL");
    await child.died;
    await done;
  }
  await serve(next);
  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  const stored: string[] = [];
  for (const channel of channels) {
    const rows = await rowsOf(world, channel);
    expect(rows.map((row) => row.pos)).toEqual(rows.map((_, i) => i + 1));
    stored.push(...rows.map((row) => row.id));
  }
  const there = new Set(stored);
  const lost = acknowledged.filter((id) => !there.has(id));
  console.info(
    `crashes ${TRIALS}, acknowledged ${acknowledged.length}, lost ${lost.length}, doubled ${stored.length - there.size}`,
  );
  expect(lost).toEqual([]);
  expect(stored).toHaveLength(there.size);
}, 300_000);
