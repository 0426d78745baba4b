// Opening messages in a worker, there and back included, beside a bare loop of libsodium's decrypt and verify.
import { Worker } from "node:worker_threads";
import { workspaceScope } from "@/lib/base/ids.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import { gatherCrowd } from "@/tests/team.ts";
import { Crowd, message } from "@/tests/writers.ts";
import { type Ask, brief, type Figures, inRounds, median, ratioOf, timed } from "./figures.ts";
import type { OpenAnswer, OpenAsk, OpenSetup } from "./open-worker.ts";
import { startPlace } from "./place.ts";

const PEOPLE = 20;
const PAGE = 500;
const ROUNDS = 3;

type Stock = { readonly setup: OpenSetup; readonly pages: readonly string[] };

/** Rows of one channel as a server would give them, by many people, in pages. */
async function stock(count: number): Promise<Stock> {
  const { world } = await startPlace();
  const founder = await world.founder("Ana");
  const { id: channel } = await founder.channel("general");
  const crowd = new Crowd(nodeTransport(world.origin));
  await gatherCrowd(founder, crowd, PEOPLE);
  const scope = workspaceScope(founder.ws);
  const key = await founder.account.rooms.find(scope, 1);
  const kc = founder.account.rooms.commitment(scope, 1);
  if (key === undefined || kc === undefined) throw new TypeError("no key");
  const rows: RowJson[] = [];
  for (let i = 0; i < count; i += 1) {
    const writer = crowd.writers[i % PEOPLE];
    if (writer === undefined) throw new TypeError("nobody");
    const event = writer.seal(channel, message(`message ${i} with a few words more, as people write them`));
    const { h, n, c } = toEventJson(event);
    const place = { id: event.id, channel, pos: i + 1, epoch: 1, device: writer.me.device.id, receivedAt: Date.now() };
    rows.push({ ...place, header: h, nonce: n, ciphertext: c });
  }
  const setup = { ledger: crowd.state, channel, scope, me: founder.account.me, key: exposeSecret(key), kc };
  await world.stop();
  const pages: string[] = [];
  for (let i = 0; i < rows.length; i += PAGE) pages.push(JSON.stringify(rows.slice(i, i + PAGE)));
  return { setup, pages };
}

function answerOf<T extends OpenAnswer["t"]>(worker: Worker, t: T): Promise<OpenAnswer & { t: T }> {
  return new Promise((resolve, reject) => {
    const ended = (fault: Error) => reject(fault);
    worker.once("error", ended);
    worker.once("message", (told: OpenAnswer) => {
      worker.off("error", ended);
      if (told.t === t) resolve(told as OpenAnswer & { t: T });
      else reject(new TypeError(told.t));
    });
  });
}

function post(worker: Worker, ask: OpenAsk): void {
  worker.postMessage(ask, "page" in ask ? [ask.page.buffer as ArrayBuffer] : []);
}

export async function open({ full }: Ask): Promise<Figures> {
  const messages = full ? 10_000 : 3_000;
  const { setup, pages } = await stock(messages);
  const worker = new Worker(new URL("./open-worker.mjs", import.meta.url), {
    workerData: setup,
  });
  const bytes = (page: string) => new TextEncoder().encode(page);
  for (const page of pages) post(worker, { t: "load", page: bytes(page) });
  const { floor, product } = await inRounds(
    ROUNDS,
    () =>
      timed(async () => {
        post(worker, { t: "raw" });
        if ((await answerOf(worker, "done")).good !== messages) throw new TypeError("a bare event did not verify");
      }),
    () =>
      timed(async () => {
        post(worker, { t: "begin" });
        let opened = 0;
        for (const page of pages) {
          post(worker, { t: "open", page: bytes(page) });
          opened += (await answerOf(worker, "opened")).records.length;
        }
        if (opened !== messages) throw new TypeError("not every message opened");
      }),
  );
  await worker.terminate();
  return {
    messages,
    ratio: ratioOf(product, floor),
    target: 1.5,
    us_each: brief((median(product) * 1000) / messages),
    floor_us_each: brief((median(floor) * 1000) / messages),
  };
}
