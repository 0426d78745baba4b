// Files that end at a bad moment: withdrawn too late, without a line or by a crash; nothing stays at the server unnamed (F1).
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import type { Transport } from "@/lib/client/ports.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

/** Calls that a test holds or hears of; all of them reach the server. */
class Line {
  /** resolves once the server answered so; the answer waits for `release` */
  finished: Promise<void> | null = null;
  release: () => void = () => undefined;
  #finish: () => void = () => undefined;
  #held: Promise<void> | null = null;
  dropped = 0;

  hold(): void {
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#held = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  readonly wrap = (inner: Transport): Transport => ({
    origin: inner.origin,
    call: async (procedure, ...rest) => {
      const answer = await inner.call(procedure, ...rest);
      if (procedure === "files.finish" && this.#held !== null) {
        this.#finish();
        await this.#held;
      }
      if (procedure === "files.drop") {
        this.dropped += 1;
      }
      return answer;
    },
    live: (handlers) => inner.live(handlers),
    getSegment: (...args) => inner.getSegment(...args),
    putSegment: (...args) => inner.putSegment(...args),
  });
}

type Ground = { world: World; ana: Actor; ben: Actor; line: Line; general: ChannelId };

async function ground(): Promise<Ground & AsyncDisposable> {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  const line = new Line();
  const ben = await world.invited(ana, "Ben", { wrap: line.wrap });
  const { id } = await ben.channel("general");
  return { world, ana, ben, line, general: id, [Symbol.asyncDispose]: () => world.stop() };
}

const bytes = new Uint8Array(randomBytes(50_000));

async function send(by: Actor, channel: ChannelId, text: string): Promise<EventId> {
  const file = { name: "film.bin", type: "", source: bytes, width: null, height: null, thumbnail: null };
  return (await by.engine.sendMessage({ ws: by.ws, channel, text, files: [file] })).id;
}

/** Segments that lie at the server. */
const stored = ({ server }: World) =>
  readdirSync(server.blobsPath, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
const kept = async (by: Actor) => (await by.account.vault.scan("upload", { limit: 10 })).length;
const bare = (text: string) => (item: MessageItem) => item.text === text && item.files.length === 0;

test("F1 a file withdrawn after the server had all of it, and before its event, leaves nothing there", async () => {
  await using g = await ground();
  const { world, ana, ben, line, general } = g;
  line.hold();
  const id = await send(ben, general, "too late");
  await line.finished;
  expect(stored(world)).toBe(1);
  await ben.engine.cancelUpload({ ws: ben.ws, channel: general, id: `${id}.0` });
  line.release();
  await ana.message(general, bare("too late"));
  expect([stored(world), line.dropped, await kept(ben)]).toEqual([0, 1, 0]);
});

test("F1 withdrawn without a line it is given back when there is one, also by a later engine", async () => {
  await using g = await ground();
  const { world, ana, ben, line, general } = g;
  line.hold();
  const id = await send(ben, general, "offline");
  await line.finished;
  await world.server.stop();
  await ben.until(`workspace:${ben.ws}`, (view) => view.connection !== "online");
  await ben.engine.cancelUpload({ ws: ben.ws, channel: general, id: `${id}.0` });
  line.release();
  expect([stored(world), await kept(ben)]).toEqual([1, 1]);
  await ben.reload();
  await world.restart();
  ben.engine.wake();
  await expect.poll(() => line.dropped, { timeout: 20_000 }).toBe(1);
  await ana.message(general, bare("offline"));
  expect(stored(world)).toBe(0);
});

/** Holds or ends what the vault of an engine writes. */
function onWrite(by: Actor, before: (ops: readonly VaultOp[]) => Promise<void>): void {
  const { vault } = by.account;
  const write = vault.write.bind(vault);
  vault.write = async (ops) => {
    await before(ops);
    await write(ops);
  };
}

test("F1 a crash as a message is sent leaves it and its files, or neither", async () => {
  await using g = await ground();
  const { ana, ben, general } = g;
  let told = () => {};
  const died = new Promise<void>((resolve) => {
    told = resolve;
  });
  let writes = 0;
  onWrite(ben, async (ops) => {
    writes += ops.some(({ table }) => table === "upload" || table === "outbox") || writes > 0 ? 1 : 0;
    if (writes < 2) return;
    // The engine got no further than its first write.
    told();
    await new Promise(() => undefined);
  });
  void send(ben, general, "as it ended").catch(() => undefined);
  await died;
  await ben.reload();
  const item = await ana.message(general, (one) => one.text === "as it ended" && one.files.length === 1);
  expect(item.files).toHaveLength(1);
  expect((await ben.message(general, (one) => one.text === "as it ended")).files).toHaveLength(1);
});

test("F1 a file whose event is being written is a file: ending it then neither takes its bytes nor says two things", async () => {
  await using g = await ground();
  const { world, ana, ben, line, general } = g;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let id: EventId | null = null;
  let second = () => {};
  const twice = new Promise<string>((resolve) => {
    second = () => resolve("said twice");
  });
  let times = 0;
  const naming = new Promise<void>((resolve) => {
    onWrite(ben, async (ops) => {
      const names = (op: VaultOp) => {
        if (op.table !== "outbox" || op.op !== "put") return false;
        const entry = op.value as { readonly id: string; readonly ch: string };
        return entry.ch === general && entry.id !== id;
      };
      if (id === null || !ops.some(names)) return;
      times += 1;
      if (times === 1) resolve();
      else second();
      await held;
    });
  });
  line.hold();
  id = await send(ben, general, "named");
  await line.finished;
  await ana.message(general, (item) => item.text === "named");
  line.release();
  await naming;
  const ended = ben.engine.cancelUpload({ ws: ben.ws, channel: general, id: `${id}.0` }).then(() => "ended");
  const first = await Promise.race([ended, twice]);
  release();
  expect(first).toBe("ended");
  const item = await ana.message(general, (one) => one.text === "named" && one.files[0]?.state === "ready");
  const { data } = await ana.engine.downloadFile({ ws: ana.ws, channel: general, id: item.files[0]?.id ?? "" });
  expect(Buffer.compare(data as Uint8Array, bytes)).toBe(0);
  expect([stored(world), line.dropped]).toEqual([1, 0]);
});
