// A5: a profile folder that was stolen, or written to, while the app lock was on: nothing opens without the passphrase.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { enc } from "@/lib/base/encoding.ts";
import { createEngine } from "@/lib/client/engine.ts";
import type { Ports, Storage } from "@/lib/client/ports.ts";
import { passphraseKey } from "@/lib/crypto/lock/passphrase.ts";
import { openBox } from "@/lib/crypto/seal.ts";
import { nodePorts } from "@/lib/platform/node/ports.ts";
import { LOCK_COSTS, type LockRecord, lockStructure } from "@/lib/protocol/lock/record.ts";
import { confirmed } from "@/tests/recovery-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const PASS = "four quiet rivers meet";
const SECRET = "behind the third stone";
type Row = { readonly ad: Uint8Array; readonly value: Uint8Array };

async function allRows(storage: Storage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const table of await storage.tables())
    for (const { key, value } of await storage.scan(table, { limit: 100_000 }))
      rows.push({ ad: enc("vault", table, key), value });
  return rows;
}

/** How many of these rows open with some 32 bytes that stand anywhere in `bytes`. */
function opened(rows: readonly Row[], bytes: Uint8Array): number {
  const keys = Array.from({ length: Math.max(0, bytes.length - 31) }, (_, at) => bytes.slice(at, at + 32));
  return rows.filter(({ ad, value }) => keys.some((key) => openBox(key, ad, value) !== null)).length;
}

async function told(ports: Ports, ask: (engine: Awaited<ReturnType<typeof createEngine>>) => Promise<void>) {
  const engine = await createEngine(ports);
  try {
    await ask(engine);
  } finally {
    await engine.stop();
  }
}

test("A5 a stolen profile folder opens nothing: no text in it, no key in it, and no key of before fits", async () => {
  await using world = await startWorld();
  const folder = mkdtempSync(join(tmpdir(), "tacit-stolen-"));
  const open = () => nodePorts({ folder, origin: world.origin, downloads: folder });
  let ports = open();
  try {
    let ws = "";
    await told(ports, async (engine) => {
      const fragment = `#${(world.server.setupLink ?? "").split("#")[1]}`;
      const made = await engine.createWorkspace({ fragment, workspace: "Riverbend", name: "Ana" });
      ws = made.ws;
      const ana = { engine, ws: made.ws } as Actor;
      await confirmed(ana);
      const account = engine.accounts.get(made.ws);
      const [general] = account?.channels() ?? [];
      if (general === undefined) throw new TypeError("no channel");
      await engine.sendMessage({ ws: made.ws, channel: general, text: SECRET, files: [] });
      await engine.saveDraft({ ws: made.ws, channel: general, text: `${SECRET}, drafted` });
      // Without a lock the key lies beside what it opens: all of it opens.
      const bare = (await ports.keystore.load()) ?? new Uint8Array();
      const before = await allRows(ports.storage);
      expect(opened(before, bare)).toBe(before.length);
      await engine.turnOnLock({ passphrase: PASS });
      const after = await allRows(ports.storage);
      expect(after.length).toBeGreaterThan(5);
      expect(opened(after, bare)).toBe(0);
    });
    ports.close();
    const read = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
    for (const { name, bytes } of read)
      for (const word of [SECRET, "Riverbend", PASS])
        for (const coding of ["utf8", "utf16le"] as const)
          expect(bytes.includes(Buffer.from(word, coding)), `${word} in ${name}`).toBe(false);
    ports = open();
    const rows = await allRows(ports.storage);
    const key = read.find(({ name }) => name === "key")?.bytes ?? Buffer.alloc(0);
    expect(key.length).toBeGreaterThan(64);
    expect(opened(rows, key)).toBe(0);
    await told(ports, async (engine) => {
      expect(engine.accounts.size).toBe(0);
      for (const wrong of ["", "password", PASS.slice(0, -1), `${PASS}\u0000`])
        await expect(engine.unlock({ passphrase: wrong })).rejects.toMatchObject({ code: "lock/wrong" });
      expect(await allRows(ports.storage)).toEqual(rows);
      await engine.unlock({ passphrase: PASS });
      expect([...engine.accounts.keys()]).toEqual([ws]);
    });
  } finally {
    ports.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** A person with the lock on, whose keystore a stranger rewrites before the next start. */
async function rewritten(change: (record: LockRecord) => Uint8Array) {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  await confirmed(ana);
  await ana.engine.turnOnLock({ passphrase: PASS });
  await ana.stop();
  const kept = (await ana.profile.keystore.load()) ?? new Uint8Array();
  await ana.profile.keystore.save(change(lockStructure.parse(kept)));
  await ana.reload();
  return { world, ana, kept };
}

test("MS-19 A5 a lock record that was made cheap, dear or strange is no lock: said as a loss, and nothing is overwritten", async () => {
  const { ops, memory } = LOCK_COSTS;
  const salt = new Uint8Array(16);
  for (const way of [
    { salt, ops: 1, memory },
    { salt, ops, memory: 8192 },
    { salt, ops: 10_000, memory },
    { salt, ops, memory: 2 ** 40 },
  ])
    await expect(passphraseKey(PASS, way)).rejects.toMatchObject({ code: "lock/weak" });
  const cheap = (record: LockRecord) =>
    lockStructure.encode({ ...record, passphrase: { ...record.passphrase, ops: 1 } });
  for (const change of [cheap, () => new Uint8Array(100), () => new Uint8Array(31)]) {
    const { world, ana, kept } = await rewritten(change);
    await using _ = world;
    await ana.until("session", ({ phase }) => phase === "keys-gone", "a loss");
    await expect(ana.engine.unlock({ passphrase: PASS })).rejects.toMatchObject({ code: "store/vault-gone" });
    // Put back, it opens as before.
    await ana.stop();
    await ana.profile.keystore.save(kept);
    await ana.reload();
    await ana.engine.unlock({ passphrase: PASS });
    await ana.online();
  }
}, 60_000);

test("A5 a lock record with another's box or salt opens nothing, and loses nothing", async () => {
  const flip = (bytes: Uint8Array) => bytes.map((byte, at) => (at === 5 ? byte ^ 1 : byte));
  const box = (record: LockRecord) =>
    lockStructure.encode({ ...record, passphrase: { ...record.passphrase, box: flip(record.passphrase.box) } });
  const { world, ana, kept } = await rewritten(box);
  await using _ = world;
  await expect(ana.engine.unlock({ passphrase: PASS })).rejects.toMatchObject({ code: "lock/wrong" });
  await ana.stop();
  await ana.profile.keystore.save(kept);
  await ana.reload();
  await ana.engine.unlock({ passphrase: PASS });
  await ana.online();
  // What still holds a part of the vault when it shuts reads and writes nothing from then on.
  const { vault } = ana.account;
  await ana.engine.lockNow({});
  await expect(vault.put("draft", "x", "late")).rejects.toMatchObject({ code: "store/vault-locked" });
  await expect(vault.get("account", "keys")).rejects.toMatchObject({ code: "store/vault-locked" });
}, 60_000);
