// What the keys of one who is out still open of what came after: nothing, whoever he was and however the server helps (section 9: 2, 7; I6, E4, E8, E10, D2).
import { expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { Attacker } from "@/tests/attacker.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";
import { Crowd } from "@/tests/writers.ts";

const HISTORIES = ["full", "since-join"] as const;

type Place = { readonly channel: ChannelId; readonly name: string };

/** #general and one private channel of each history, with these people beside Ana. */
async function places(ana: Actor, people: readonly UserId[]): Promise<Place[]> {
  const made: Place[] = [];
  for (const history of HISTORIES) {
    const input = { ws: ana.ws, kind: "private", name: history, topic: "", history, members: people } as const;
    made.push({ channel: (await ana.engine.createChannel(input)).channel, name: history });
  }
  return [{ channel: (await ana.channel("general")).id, name: "general" }, ...made];
}

async function sayIn(by: Actor, all: readonly Place[], what: string): Promise<void> {
  for (const { channel, name } of all) await by.say(channel, `${what} in ${name}`);
}

async function fileIn(by: Actor, { channel }: Place): Promise<void> {
  const source = new TextEncoder().encode("later file");
  const input = { name: "later.txt", type: "text/plain", source, width: null, height: null, thumbnail: null };
  await by.engine.sendMessage({ ws: by.ws, channel, text: "later: a file", files: [input] });
  await by.message(channel, (item) => item.text === "later: a file" && item.files[0]?.state === "ready");
}

const textsOf = (found: { said: string }[], what: string): string[] =>
  found
    .map(({ said }) => said)
    .filter((said) => said.startsWith(what))
    .sort();

type Shut = {
  readonly by: Actor;
  readonly all: readonly Place[];
  readonly out: Attacker;
  /** what was said before that he may read for ever */
  readonly knew: readonly string[];
  /** places that he was not put out of */
  readonly still?: readonly Place[];
};

/** Everything later: said, a file, an invite, a person. Then both sides try all their keys. */
async function expectShutOut(world: World, { by, all, out, knew, still = [] }: Shut): Promise<void> {
  await sayIn(by, all, "later");
  for (const place of all) await fileIn(by, place);
  const { link } = await by.engine.createInvite({ ws: by.ws, label: "", maxUses: 1, hours: 1 });
  const fay = await world.joins(link, "Fay");
  await fay.say((await fay.channel("general")).id, "also by Fay");
  const path = world.server.databasePath;
  out.plunder(path);
  const found = out.read(path);
  // The control: one who stayed opens all of it with the same tools, so that these tools are not blunt.
  const witness = new Attacker(by.ws);
  await witness.takeVault(by.account.vault, by.account);
  witness.plunder(path);
  const seen = witness.read(path);
  expect(textsOf(seen, "later")).toHaveLength(2 * all.length);
  expect(textsOf(seen, "also")).toHaveLength(1);
  const laterFiles = seen.flatMap(({ fileKey }) => fileKey ?? []);
  expect(laterFiles).toHaveLength(all.length);

  const open = still.flatMap(({ name }) => [`later in ${name}`, "later: a file"]);
  expect(textsOf(found, "later")).toEqual(open.sort());
  expect(textsOf(found, "before")).toEqual([...knew].sort());
  expect(found.flatMap(({ fileKey }) => fileKey ?? []).filter((key) => laterFiles.includes(key))).toHaveLength(
    still.length,
  );
  // By the secrets themselves: the newest key of each scope that is still used is not among his.
  const held = out.secrets;
  for (const place of all) {
    const { channel } = place;
    const scope = by.account.scopeOf(channel);
    const epoch = by.account.state.scopes.get(scope as never)?.epochs.length ?? 0;
    const key = await by.account.rooms.known(scope as never, epoch);
    expect(held.has(toBase64url(exposeSecret(key as never)))).toBe(still.includes(place));
    expect(witness.secrets.has(toBase64url(exposeSecret(key as never)))).toBe(true);
  }
}

test("section 9: 2 a removed member opens nothing later, in any history policy", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 3, hours: 24 });
  const ben = await world.joins(link, "Ben");
  const all = await places(ana, [ben.account.me]);
  await sayIn(ana, all, "before");
  for (const { channel, name } of all) await ben.reads(channel, `before in ${name}`);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended !== null, "being out");
  const out = new Attacker(ana.ws);
  await out.takeVault(ben.account.vault, ben.account);
  // I6: the link by which he came, with uses left, was closed by his removal.
  out.invite(link);
  const knew = all.map(({ name }) => `before in ${name}`);
  await expectShutOut(world, { by: ana, all, out, knew });
});

test("section 9: 2 a removed guest opens nothing later, and nothing public at all", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const all = await places(ana, []);
  const rooms = all.slice(1).map(({ channel }) => channel);
  const terms = { ws: ana.ws, label: "", maxUses: 2, hours: 24, mode: "approval", role: "guest" } as const;
  const { link } = await ana.engine.createInvite({ ...terms, channels: rooms });
  await sayIn(ana, all, "before the guest");
  const gus = await world.actor("Gus");
  gus.ws = (await gus.engine.requestToJoin({ fragment: `#${link.split("#")[1]}`, name: "Gus" })).ws;
  const { asks } = await ana.until(`asking:${ana.ws}`, (view) => view.asks.length === 1);
  await ana.engine.approveJoin({ ws: ana.ws, user: asks[0]?.user as never, channels: rooms });
  await gus.until("session", ({ accounts }) => accounts.length === 1, "being let in");
  await sayIn(ana, all, "before");
  for (const { channel, name } of all.slice(1)) await gus.reads(channel, `before in ${name}`);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: gus.account.me });
  await gus.until(`workspace:${gus.ws}`, ({ ended }) => ended !== null, "being out");
  const out = new Attacker(ana.ws);
  await out.takeVault(gus.account.vault, gus.account);
  out.invite(link);
  const knew = ["before the guest in full", "before in full", "before in since-join"];
  await expectShutOut(world, { by: ana, all, out, knew });
});

test("section 9: 2 who was put out of private channels alone opens nothing later there, and all of the rest", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const all = await places(ana, [ben.account.me]);
  await sayIn(ana, all, "before");
  for (const { channel, name } of all) await ben.reads(channel, `before in ${name}`);
  for (const { channel } of all.slice(1)) await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  await sayIn(ana, all.slice(0, 1), "then");
  await ben.reads(all[0]?.channel as ChannelId, "then in general");
  const out = new Attacker(ana.ws);
  await out.takeVault(ben.account.vault, ben.account);
  const knew = all.map(({ name }) => `before in ${name}`);
  await expectShutOut(world, { by: ana, all, out, knew, still: all.slice(0, 1) });
});

test("section 9: 2 a bot-like account that writes by the API alone opens nothing later, in any history policy", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 2, hours: 24 });
  const crowd = new Crowd(nodeTransport(world.origin));
  const bot = await crowd.join(link, "Bot");
  await ana.until(`workspace:${ana.ws}`, ({ people }) => people.length === 2, "the bot");
  const all = await places(ana, [bot.me.user]);
  await sayIn(ana, all, "before");
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: bot.me.user });
  const out = new Attacker(ana.ws);
  out.kem(bot.me.device.secrets.kem);
  out.kem(bot.me.puk.seed);
  out.invite(link);
  const knew = all.map(({ name }) => `before in ${name}`);
  await expectShutOut(world, { by: ana, all, out, knew });
});

test("D2 a retired device opens nothing later, though its owner stays", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  // He invites somebody later.
  await ana.engine.setRole({ ws: ana.ws, user: ben.account.me, role: "admin" });
  const phone = await linked(world, ben, "Ben’s phone");
  const all = await places(ana, [ben.account.me]);
  await sayIn(ana, all, "before");
  for (const { channel, name } of all) await phone.reads(channel, `before in ${name}`);
  for (const { channel, name } of all) await ben.reads(channel, `before in ${name}`);
  await ben.engine.retireDevice({ ws: ben.ws, device: phone.account.keyring.device.id });
  await phone.until(`workspace:${phone.ws}`, ({ ended }) => ended?.why === "retired", "being out");
  const out = new Attacker(ana.ws);
  await out.takeVault(phone.account.vault, phone.account);
  const knew = all.map(({ name }) => `before in ${name}`);
  await expectShutOut(world, { by: ben, all, out, knew });
});
