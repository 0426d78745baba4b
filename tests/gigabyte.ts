// npm run gigabyte [-- megabytes]: one great file up and down, over a killed server and a reload; bytes and memory in figures.
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import { nodePorts } from "@/lib/platform/node/ports.ts";

const MIB = 1024 ** 2;
const megabytes = Number(process.argv[2] ?? 1024);
const size = megabytes * MIB + 12_345;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
/** The first frees, the second has the freed counted: buffers are swept later than their heap. */
function collect(): void {
  gc();
  gc();
}

const folder = mkdtempSync(join(tmpdir(), "tacit-gigabyte-"));
const path = join(folder, "great.bin");

function makeFile(): void {
  const block = Buffer.alloc(MIB);
  const file = openSync(path, "w");
  for (let at = 0; at < size; at += MIB) writeSync(file, randomFillSync(block), 0, Math.min(MIB, size - at));
  closeSync(file);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file, { highWaterMark: MIB })) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Heap, and the buffers outside of it. */
const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
let idle = 0;
let most = 0;
const look = setInterval(() => {
  most = Math.max(most, held());
}, 5);

type At = { readonly ws: WorkspaceId; readonly channel: ChannelId };

/** Resolves when the one file of the channel is as asked. */
function until(engine: Engine, { ws, channel }: At, is: (file: FileItem) => boolean): Promise<FileItem> {
  return new Promise((resolve, reject) => {
    const end = engine.subscribe(`timeline:${ws}:${channel}`, ({ items }) => {
      const file = items.flatMap((item) => (item.t === "message" ? item.files : []))[0];
      if (file === undefined || (file.state !== "failed" && !is(file))) return;
      queueMicrotask(() => end());
      if (file.state === "failed") reject(new TypeError(file.fault ?? "failed"));
      else resolve(file);
    });
  });
}

type Started = { readonly port: number; readonly publicUrl: string; readonly setupLink: string | null };
const program = fileURLToPath(new URL("fixtures/server-child.ts", import.meta.url));

function serve(port: number): Promise<Started & { child: ChildProcess }> {
  const child = fork(program, [join(folder, "data"), String(port)], { execArgv: ["--import", "tsx"] });
  return new Promise((resolve) => child.once("message", (told) => resolve({ ...(told as Started), child })));
}

function kill(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  return ended;
}

let server = await serve(0);
const open = () =>
  createEngine(
    nodePorts({ folder: join(folder, "profile"), origin: server.publicUrl, downloads: join(folder, "down") }),
  );

makeFile();
let engine = await open();
const { ws } = await engine.createWorkspace({
  fragment: `#${(server.setupLink ?? "").split("#")[1]}`,
  workspace: "Riverbend",
  name: "Ana",
});
const channel = await new Promise<ChannelId>((resolve) => {
  const end = engine.subscribe(`workspace:${ws}`, (view) => {
    const found = view.channels.find((one) => one.name === "general");
    if (found === undefined || view.connection !== "online") return;
    queueMicrotask(() => end());
    resolve(found.id);
  });
});
const at: At = { ws, channel };
collect();
idle = held();
most = idle;

const began = performance.now();
const bare = { name: "great.bin", type: "application/octet-stream", width: null, height: null, thumbnail: null };
await engine.sendMessage({ ws, channel, text: "great", files: [{ ...bare, source: path }] });
await until(engine, at, (file) => file.progress > 0.3);
// The server dies in the middle of a segment, and comes back over what it had.
await kill(server.child);
server = await serve(server.port);
engine.wake();
await until(engine, at, (file) => file.progress > 0.6);
// The engine ends where it is; another one goes on from what is kept.
await engine.stop();
engine = await open();
const resumed = await until(engine, at, (file) => file.progress > 0);
const { id } = await until(engine, at, (file) => file.state === "ready");
const up = performance.now() - began;
const peakUp = (most - idle) / MIB;
collect();
most = held();
const started = performance.now();
const { data } = await engine.downloadFile({ ws, channel, id });
const down = performance.now() - started;
const peakDown = (most - idle) / MIB;
clearInterval(look);
const same = (await hashOf(String(data))) === (await hashOf(path));
await engine.stop();
await kill(server.child);
rmSync(folder, { recursive: true });

const rate = (ms: number) => Math.round(size / 1000 / ms);
const figures = {
  mib: megabytes,
  identical: same,
  resumed_at: Number(resumed.progress.toFixed(2)),
  up_mb_per_s: rate(up),
  down_mb_per_s: rate(down),
  peak_up_mib: Math.round(peakUp),
  peak_down_mib: Math.round(peakDown),
  target_peak_mib: 64,
};
console.info(JSON.stringify(figures));
process.exitCode = same && Math.max(peakUp, peakDown) <= 64 && resumed.progress > 0.5 ? 0 : 1;
