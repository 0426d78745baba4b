// A file sealed and uploaded by the engine to the real server, beside the slower of bare sealing and bare PUTs.
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import sodium from "libsodium-wrappers";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Spool } from "@/lib/client/ports.ts";
import { segmentsOf } from "@/lib/crypto/file.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { putPieces } from "@/lib/platform/node/put.ts";
import { nodeSource } from "@/lib/platform/node/source.ts";
import { folderSpool } from "@/lib/platform/node/spool.ts";
import { chunkBytes, padmeSize } from "@/lib/protocol/file.ts";
import type { Actor } from "@/tests/world.ts";
import { type Ask, brief, type Figures, median, ratioOf, timed } from "./figures.ts";
import { Child, startPlace } from "./place.ts";

const MB = 1_000_000;
const SEGMENT = 8 * 1024 * 1024;
const SAMPLE_MS = 5;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
/** The first frees, the second has the freed counted: buffers are swept later than their heap. */
function collect(): void {
  gc();
  gc();
}

const block = new Uint8Array(SEGMENT).map((_, i) => (i * 131) ^ (i >> 8));

/** A file of this size on disk. */
async function makeFile(path: string, size: number): Promise<void> {
  const file = await open(path, "w");
  for (let at = 0; at < size; at += SEGMENT) await file.write(block, 0, Math.min(SEGMENT, size - at));
  await file.close();
}

/** Secretstream, then BLAKE2b, of the same bytes: nothing sent, nothing kept. */
function sealBare(bytes: number): void {
  const key = sodium.crypto_secretstream_xchacha20poly1305_keygen();
  const chunk = chunkBytes(padmeSize(bytes));
  const sealed = new Uint8Array(SEGMENT + 17 * (SEGMENT / chunk));
  for (const { plainBytes } of segmentsOf(bytes)) {
    const { state } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
    let at = 0;
    for (let from = 0; from < plainBytes; from += chunk) {
      const piece = block.subarray(from, Math.min(from + chunk, plainBytes));
      const out = sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, null, 0);
      sealed.set(out, at);
      at += out.length;
    }
    sodium.crypto_generichash(32, sealed.subarray(0, at), null);
  }
}

/** The same bytes in the same pieces, sent as the engine's transport in Node does, to a server that only keeps them. */
async function putBare(url: string, bytes: number): Promise<void> {
  for (const { plainBytes } of segmentsOf(bytes)) {
    const { signal } = new AbortController();
    const answer = await putPieces(url, { headers: {}, body: block.subarray(0, plainBytes), signal }, () => undefined);
    await answer.arrayBuffer();
    if (answer.status !== 204) throw new TypeError(`${answer.status}`);
  }
}

/** Bytes that this process holds: its heap, and what lies outside of it in buffers. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs `work`; the most bytes held meanwhile, above what was held before. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  collect();
  const idle = held();
  let most = idle;
  const look = setInterval(() => {
    most = Math.max(most, held());
  }, SAMPLE_MS);
  await work();
  clearInterval(look);
  return most - idle;
}

/** From the wish to send until the message shows its file. */
async function upload(actor: Actor, channel: ChannelId, path: string, name: string): Promise<void> {
  const bare = { name, type: "application/octet-stream", width: null, height: null, thumbnail: null };
  const files = [{ ...bare, source: nodeSource(path) }];
  const there = new Promise<void>((resolve, reject) => {
    const end = actor.engine.subscribe(`timeline:${actor.ws}:${channel}`, ({ items }) => {
      const found = items.flatMap((item) => (item.t === "message" ? item.files : [])).find((one) => one.name === name);
      if (found === undefined || found.state === "uploading" || found.state === "queued") return;
      queueMicrotask(() => end());
      if (found.state === "ready") resolve();
      else reject(new TypeError(found.state));
    });
  });
  await actor.engine.sendMessage({ ws: actor.ws, channel, text: "", files });
  await there;
}

type Ground = { readonly actor: Actor; readonly channel: ChannelId; readonly url: string; readonly path: string };

async function measure(ground: Ground, bytes: number, rounds: number): Promise<Figures> {
  const { actor, channel, url, path } = ground;
  await makeFile(path, bytes);
  const rates = { seal: [] as number[], put: [] as number[], floor: [] as number[], product: [] as number[] };
  const peaks: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const rate = (ms: number) => (bytes * 1000) / ms / MB;
    const seal = rate(await timed(() => sealBare(bytes)));
    const put = rate(await timed(() => putBare(url, bytes)));
    let ms = 0;
    const peak = await peakOf(async () => {
      ms = await timed(() => upload(actor, channel, path, `${bytes}-${round}.bin`));
    });
    // The first round only warms up.
    if (round === 0) continue;
    rates.seal.push(seal);
    rates.put.push(put);
    rates.floor.push(Math.min(seal, put));
    rates.product.push(rate(ms));
    peaks.push(peak);
  }
  return {
    mb: bytes / MB,
    rounds,
    ratio: ratioOf(rates.product, rates.floor),
    target: 0.8,
    mb_per_s: brief(median(rates.product)),
    seal_mb_per_s: brief(median(rates.seal)),
    put_mb_per_s: brief(median(rates.put)),
    peak_mib: brief(Math.max(...peaks) / 1024 ** 2),
    target_peak_mib: 64,
  };
}

export async function file({ full }: Ask): Promise<Figures> {
  await cryptoReady();
  const folder = mkdtempSync(join(tmpdir(), "tacit-put-"));
  const bare = new Child("./store-child.ts", [join(folder, "body")]);
  const { url } = await bare.hear<{ t: "ready"; url: string }>("ready");
  const { world } = await startPlace();
  // As in Node a file is kept for an upload by its path: nothing of it is copied.
  const path = join(folder, "file");
  const disk = folderSpool(join(folder, "uploads"));
  const spool: Spool = { ...disk, keep: (name, secret, _given, signal) => disk.keep(name, secret, path, signal) };
  const actor = await world.founder("Ana", { spool });
  const { id: channel } = await actor.channel("general");
  const ground = { actor, channel, url, path };
  const sizes: Figures[] = [];
  sizes.push(await measure(ground, MB, full ? 20 : 5));
  sizes.push(await measure(ground, 100 * MB, full ? 4 : 1));
  if (full) sizes.push(await measure(ground, 1024 * MB, 2));
  await world.stop();
  await bare.stop();
  rmSync(folder, { recursive: true, force: true });
  return { sizes };
}
