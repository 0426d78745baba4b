// SRV-01: every procedure, route and socket frame against everyone who might try it, from the router itself.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import type { ChainId } from "@/lib/protocol/link.ts";
import { requestBytes } from "@/lib/protocol/signed.ts";
import { clientFrame, toEventJson, toLinkJson } from "@/lib/protocol/sync.ts";
import type { Place } from "@/server/may.ts";
import { AUDIENCE } from "@/server/may.ts";
import { procedures } from "@/server/web/call.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { Book, sign } from "@/tests/ledger-kit.ts";
import { b64, call, ciphertext, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

const ACTORS = [
  "anonymous",
  "revoked device",
  "member of another workspace",
  "member not in the channel",
  "guest not in the channel",
  "member in the channel",
  "admin not in the channel",
  "invite holder",
  "setup-link holder",
  "recovery-key holder",
] as const;
type Actor = (typeof ACTORS)[number];

/** S signed out, F forbidden, N not found, X bad challenge, U setup used, E an answer without content, I no such invite. */
const NAMES: Readonly<Record<string, string>> = {
  "may/not-signed-in": "S",
  "may/forbidden": "F",
  "may/not-found": "N",
  "may/bad-challenge": "X",
  "may/setup-used": "U",
  "proof/bad-invite": "I",
};

const ALL = "ok ok ok ok ok ok ok ok ok ok";
const DEVICES = "S S ok ok ok ok ok F S F";
/** An owner of another workspace decides there. */
const DECIDERS = "S S ok F F F ok F S F";
const IN_THE_ROOM = "S S N N N ok N F S F";
/** What each of the ten gets, in their order, when he aims at a private channel. */
const MATRIX: Readonly<Record<Place, string>> = {
  "auth.challenge": ALL,
  "auth.login": "X X X X X X X X X X",
  // Nobody here is out: who is has his own test.
  "auth.ending": "X X X X X X X X X X",
  "auth.workspaces": ALL,
  "setup.info": ALL,
  "setup.create": "U U U U U U U U ok U",
  "invites.open": ALL,
  // The holder’s invite is an instant one.
  "invites.request": "S S F F F F F I S F",
  "invites.waiting": "S S F F F F F ok S F",
  "invites.requests": DECIDERS,
  "invites.decline": DECIDERS,
  "ledger.head": "S S ok ok ok ok ok ok S ok",
  "ledger.read": "S S ok ok ok ok ok ok S ok",
  "ledger.chain": IN_THE_ROOM,
  "ledger.stored": IN_THE_ROOM,
  "ledger.append": "S S F F F ok F F S F",
  "keys.read": "S S N N N ok N N S ok",
  "keys.puk": DEVICES,
  "keys.recovery": "S S F F F F F F S ok",
  "keys.write": "S S F F F ok F F S F",
  "keys.request": IN_THE_ROOM,
  "keys.requests": DEVICES,
  "mailbox.put": ALL,
  "mailbox.read": ALL,
  "circle.put": DEVICES,
  "circle.read": ALL,
  // The member in the channel is a helper of the founder.
  "circle.keys": IN_THE_ROOM,
  "events.append": IN_THE_ROOM,
  "events.read": IN_THE_ROOM,
  "events.row": IN_THE_ROOM,
  "events.rows": IN_THE_ROOM,
  "events.purge": IN_THE_ROOM,
  "sync.state": DEVICES,
  "sync.pull": "S S E E E ok E F S F",
  // Before any restore there is nothing to give back; whoever may read learns that much.
  "restore.missing": IN_THE_ROOM,
  "restore.rows": "S S N N N N N F S F",
  "restore.links": DEVICES,
  "restore.done": "S S N N N N N F S F",
  "push.key": DEVICES,
  "push.subscribe": DEVICES,
  "push.unsubscribe": DEVICES,
  "files.create": IN_THE_ROOM,
  "files.finish": IN_THE_ROOM,
  "files.drop": IN_THE_ROOM,
  "files.share": IN_THE_ROOM,
  "PUT /blob": IN_THE_ROOM,
  "GET /blob": IN_THE_ROOM,
  "GET /healthz": ALL,
  "GET /": ALL,
  "socket hello": DEVICES,
  "socket ephemeral": IN_THE_ROOM,
  "socket ping": DEVICES,
  "restore.begin": DEVICES,
  "restore.confirm": "S S N F F F ok F S F",
};

/** A subscription as browsers make them, at a push service that nobody runs. */
const PUSH_INPUT = {
  endpoint: "https://push.example/abc",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

let world: ServerWorld;
let member: Person;
let room: { scope: ScopeId; channel: ChannelId };
let event: string;
let finished: string;
let open: string;
let invite: string;
const tokens = new Map<Actor, string | null>();
let setupToken: Uint8Array;

async function peopleIn(): Promise<void> {
  const { book } = world;
  const outsider = await world.join("outsider");
  const admin = await world.join("admin", "admin");
  const guest = await world.join("guest", "guest");
  member = await world.join("member");
  const lost = await world.join("lost");
  const spare = book.device(lost);
  await world.push(await world.login(lost));
  tokens.set("revoked device", await world.login(lost, spare));
  book.add(lost, book.revokeAct(lost, spare));
  await world.push(await world.login(lost));
  const beside = await ServerWorld.beside(world);
  setupToken = await world.server.mintSetup();
  const pair = await world.recovery(member);
  const holder = await world.invite();
  invite = holder.id;
  const helpers = [member, await world.join("second helper")].map(({ user }) => ({ user, hash: new Uint8Array(32) }));
  const circle = { kind: "U", type: "circle_set", body: { threshold: 2, helpers } } as const;
  book.add(book.founder, circle, { chain: book.founder.user as string as ChainId });
  await world.push(await world.login(book.founder));
  tokens.set("anonymous", null);
  tokens.set("member of another workspace", await beside.login(beside.book.founder));
  tokens.set("member not in the channel", await world.login(outsider));
  tokens.set("guest not in the channel", await world.login(guest));
  tokens.set("member in the channel", await world.login(member));
  tokens.set("admin not in the channel", await world.login(admin));
  tokens.set("invite holder", await world.loginInvite(holder));
  tokens.set("setup-link holder", toBase64url(setupToken));
  tokens.set("recovery-key holder", await world.loginRecovery(pair));
}

beforeAll(async () => {
  const staticDir = mkdtempSync(join(tmpdir(), "tacit-out-"));
  writeFileSync(join(staticDir, "index.html"), "<!doctype html><title>x</title>");
  world = await ServerWorld.founded({ staticDir });
  await peopleIn();
  room = await world.room(member, [world.book.founder]);
  event = (await world.write(member, room.channel)).id;
  finished = await world.upload(member, room.channel, ciphertext(10));
  open = (await call(world.url, "files.create", { channel: room.channel, ...declared(5) }, await world.login(member)))
    .data.blob;
});
afterAll(() => world.stop());

/** An input that would succeed for the member in the channel. */
async function inputFor(place: Place, actor: Actor): Promise<unknown> {
  const { channel, scope } = room;
  const inputs: Partial<Record<Place, () => unknown>> = {
    "auth.challenge": () => ({ ws: world.ws }),
    "auth.login": () => world.loginInput("device", member.device.id, world.book.founder.device.sign),
    "auth.ending": async () => ({
      login: await world.loginInput("device", member.device.id, world.book.founder.device.sign),
      after: 0,
    }),
    "setup.create": async () => {
      const token = actor === "setup-link holder" ? toBase64url(setupToken) : b64(32);
      const other = await Book.found(b64(8));
      return { token, batch: { links: [toLinkJson(other.entries[0]!.link!)], seals: [], boxes: [] } };
    },
    "invites.open": () => ({ invite }),
    "invites.request": () => ({ b: b64(3000), s: b64(64) }),
    "invites.waiting": () => ({ user: freshId() }),
    "invites.decline": () => ({ invite, user: freshId() }),
    "ledger.read": () => ({ after: 0, limit: 10 }),
    "ledger.chain": () => ({ scope }),
    "ledger.stored": () => ({ scope }),
    // An old head: whoever may append is told that it is stale, and nothing changes.
    "ledger.append": () => {
      const link = world.book.sign(member, { kind: "W", type: "member_remove", body: { user: member.user } });
      return { after: world.head(1), batch: world.batch([link]) };
    },
    "keys.read": () => ({ scope, from: 0, to: 9 }),
    "keys.write": () => {
      const seal = { purpose: "epoch", scope, epoch: 1, to: "user", recipient: member.user, gen: 1, ct: b64(1168) };
      return { seals: [seal], boxes: [] };
    },
    "keys.request": () => {
      const { user, device } = member;
      const at = world.clock.now();
      const bytes = requestBytes({ ws: world.ws, scope, epoch: 1, user, device: device.id, at });
      return { scope, epoch: 1, at, sig: toBase64url(sign("request", device.sign, bytes)) };
    },
    "mailbox.put": () => ({ mailbox: freshId(), slot: 0, letter: b64(2048) }),
    "mailbox.read": async () => {
      const mailbox = freshId();
      await call(world.url, "mailbox.put", { mailbox, slot: 0, letter: b64(2048) }, null);
      return { mailbox, slot: 0 };
    },
    "circle.put": () => ({ mailbox: freshId(), slot: 1, letter: b64(8192) }),
    "circle.read": () => ({ mailbox: freshId(), slot: 1 }),
    "circle.keys": () => ({ user: world.book.founder.user }),
    "events.append": () => ({ channel, events: [toEventJson(world.event(member, channel))] }),
    "events.read": () => ({ channel, after: 0, before: null, limit: 5 }),
    "events.row": () => ({ channel, id: event }),
    "events.rows": () => ({ channel, before: null, limit: 5 }),
    "events.purge": () => ({ channel, ids: [freshId()], blobs: [] }),
    "sync.pull": () => ({ cursors: [{ channel, after: 0 }], limit: 5 }),
    "restore.missing": () => ({ channel, held: [{ id: event, pos: 1 }] }),
    "restore.rows": () => {
      const { h, n, c } = toEventJson(world.event(member, channel));
      return { channel, rows: [{ pos: 1, receivedAt: 1, h, n, c }] };
    },
    "restore.links": () => {
      const link = world.book.sign(member, { kind: "W", type: "member_remove", body: { user: member.user } });
      return { after: world.head(1), links: [toLinkJson(link)] };
    },
    "restore.done": () => ({ id: b64(16) }),
    "restore.confirm": async () => {
      const admin = tokens.get("admin not in the channel") ?? null;
      return { id: (await call(world.url, "restore.begin", {}, admin)).data.id };
    },
    "push.subscribe": () => PUSH_INPUT,
    "files.create": () => ({ channel, ...declared(5) }),
    "files.finish": () => ({ blob: finished }),
    "files.drop": async () => {
      const token = await world.login(member);
      const input = { channel, ...declared(5) };
      return { blob: (await call(world.url, "files.create", input, token)).data.blob };
    },
    "files.share": () => ({ blob: finished, channel }),
  };
  return (await inputs[place]?.()) ?? {};
}

async function overHttp(place: Place, token: string | null): Promise<string> {
  if (place === "PUT /blob") {
    const put = await world.putSegment({ blob: open, segment: 0 }, ciphertext(5)[0] as Uint8Array, token);
    return put.fault ?? "ok";
  }
  const bearer = token === null ? {} : { authorization: `Bearer ${token}` };
  const path = place === "GET /blob" ? `/blob/${world.ws}/${finished}/0` : place.slice("GET ".length);
  const response = await fetch(`${world.url}${path}`, { headers: bearer });
  if (response.ok) return "ok";
  return ((await response.json()) as { fault: string }).fault;
}

async function overSocket(place: Place, token: string | null): Promise<string> {
  const ear = world.ear();
  if (token !== null) await ear.send({ t: "hello", token });
  if (place === "socket ephemeral") {
    const sealed = toEventJson(world.event(member, room.channel, { header: { class: "ephemeral" } }));
    await ear.send({ t: "ephemeral", channel: room.channel, event: sealed });
  }
  await ear.send({ t: "ping" });
  const frame = await Promise.race([ear.next("pong"), ear.next("bye")]);
  ear.close();
  return frame.t === "bye" ? frame.code : "ok";
}

async function attempt(place: Place, actor: Actor): Promise<string> {
  const token = tokens.get(actor) ?? null;
  if (place.startsWith("socket ")) return overSocket(place, token);
  if (place.includes(" ")) return overHttp(place, token);
  const answer = await call(world.url, place, await inputFor(place, actor), token);
  if (place === "sync.pull" && answer.fault === null) {
    const { channels } = answer.data as { channels: unknown[] };
    return channels.length === 0 ? "E" : "ok";
  }
  return answer.fault ?? "ok";
}

describe("SRV-01 who may do what", () => {
  test("SRV-01 every procedure and every frame has a row, and no row stands for nothing", () => {
    const frames = clientFrame.options.map((option) => `socket ${option.shape.t.value}`);
    const routes = ["PUT /blob", "GET /blob", "GET /healthz", "GET /"];
    expect(Object.keys(AUDIENCE).sort()).toEqual([...procedures().keys(), ...frames, ...routes].sort());
    expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(AUDIENCE).sort());
  });

  for (const place of Object.keys(MATRIX) as Place[])
    test(`SRV-01 ${place}`, async () => {
      const expected = MATRIX[place].split(" ");
      const got: Record<string, string> = {};
      for (const actor of ACTORS) {
        const outcome = await attempt(place, actor);
        got[actor] = NAMES[outcome] ?? outcome;
      }
      expect(got).toEqual(Object.fromEntries(ACTORS.map((actor, i) => [actor, expected[i]])));
    });
});
