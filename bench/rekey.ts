// Removing a member: new keys for all who stay, sealed, sent and stored, beside as many bare X-Wing seals.
import sodium from "libsodium-wrappers";
import type { ChannelId } from "@/lib/base/ids.ts";
import { Draft } from "@/lib/client/ledger/draft.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { type Device, mintDevice, sealPuk, signPop } from "@/lib/crypto/identity.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { signLink } from "@/lib/crypto/sign.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { gatherCrowd } from "@/tests/team.ts";
import type { Actor } from "@/tests/world.ts";
import { Crowd, type Writer } from "@/tests/writers.ts";
import { type Ask, brief, type Figures, median, ratioOf, timed } from "./figures.ts";
import { startPlace } from "./place.ts";

const ROUNDS = 5;
const SEAL_BYTES = 1120 + 32 + 16;
const CHANNELS = 50;
const CHANNEL_MEMBERS = 20;
const PEOPLE = 200;

/** What the newest batch that went to the server had in it. */
type Sent = { seals: number; bytes: number };

function weighing(sent: Sent): (inner: Transport) => Transport {
  return (inner) => ({
    ...inner,
    call: (procedure, input, token, signal) => {
      if (procedure === "ledger.append" && "batch" in input) {
        sent.seals = input.batch.seals.length;
        sent.bytes = JSON.stringify(input).length;
      }
      return inner.call(procedure, input, token, signal);
    },
  });
}

const pair = () => sodium.crypto_kem_xwing_seed_keypair(randomBytes(32)).publicKey;
const context = new Uint8Array(100);
const nonce = new Uint8Array(24);

/** Encapsulate, derive, encrypt; nothing made ready, nothing encoded. */
function sealBare(keys: readonly Uint8Array[], count: number): void {
  const secret = randomBytes(32);
  for (let i = 0; i < count; i += 1) {
    const { ciphertext, sharedSecret } = sodium.crypto_kem_xwing_enc(keys[i % keys.length] as Uint8Array);
    const key = sodium.crypto_generichash(32, ciphertext, sharedSecret);
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, context, null, nonce, key);
  }
}

type Ground = { readonly founder: Actor; readonly crowd: Crowd; readonly sent: Sent; readonly keys: Uint8Array[] };

/** Removes one person after the other from the workspace, and seals as often bare after each. */
async function removals({ founder, crowd, sent, keys }: Ground, who: readonly Writer[]): Promise<Figures> {
  const product: number[] = [];
  const floor: number[] = [];
  const sizes: number[] = [];
  for (const { me } of who) {
    const ms = await timed(() => founder.engine.removeFromWorkspace({ ws: founder.ws, user: me.user }));
    const bare = await timed(() => sealBare(keys, sent.seals));
    crowd.writers.splice(
      crowd.writers.findIndex((one) => one.me.user === me.user),
      1,
    );
    product.push(ms);
    floor.push(bare);
    sizes.push(sent.bytes / (sent.seals * SEAL_BYTES));
  }
  return {
    seals: sent.seals,
    ratio: ratioOf(product, floor),
    ratio_bytes: brief(median(sizes)),
    target: 1.5,
    ms: brief(median(product)),
    floor_ms: brief(median(floor)),
  };
}

/** A second device for a person of the crowd: its link, and the key of the person sealed to it. */
async function addDevice(crowd: Crowd, { me, session }: Writer): Promise<void> {
  const device: Device = mintDevice();
  const { ws } = crowd.state;
  const actor = {
    user: me.user,
    device: me.device.id,
    sign: (link: Parameters<typeof signLink>[0]) => signLink(link, me.device.secrets.sign),
  };
  const draft = new Draft(crowd.state, { kind: "user", user: me.user }, actor, Date.now());
  const body = { device: device.public, pop: signPop(ws, me.user, device) };
  draft.add({ kind: "U", type: "device_add", body }, me.user);
  const to = { to: "device", id: device.id, gen: 0, pk: device.public.kem } as const;
  draft.seals.push(sealPuk({ ws, user: me.user, gen: 1 }, me.puk.seed, to));
  const after = { n: crowd.state.n, hash: toJson(crowd.state.head) };
  const answer = await session.call("ledger.append", { after, batch: draft.toJson() });
  if (!answer.ok) throw new TypeError("somebody else was first");
  await crowd.sync(session);
}

/** Channels of 20, in each of which the first people are; the others take turns. */
async function openRooms({ founder, crowd }: Ground, everywhere: readonly Writer[]): Promise<ChannelId[]> {
  const rest = crowd.writers.filter((writer) => !everywhere.includes(writer));
  const others = CHANNEL_MEMBERS - 1 - everywhere.length;
  const channels: ChannelId[] = [];
  for (let room = 0; room < CHANNELS; room += 1) {
    const turn = Array.from({ length: others }, (_, i) => rest[(room * others + i) % rest.length] as Writer);
    const members = [...everywhere, ...turn].map(({ me }) => me.user);
    const input = { ws: founder.ws, kind: "private", name: `room ${room}`, topic: "", history: "full" } as const;
    channels.push((await founder.engine.createChannel({ ...input, members })).channel);
  }
  return channels;
}

/** 200 people with two devices each, 50 private channels of 20: who is removed was in every one of them. */
async function wide(ground: Ground): Promise<Figures> {
  const { founder, crowd } = ground;
  await gatherCrowd(founder, crowd, PEOPLE - 1 - crowd.writers.length);
  const [first] = crowd.writers;
  if (first === undefined) throw new TypeError("nobody");
  await crowd.sync(first.session);
  for (const writer of crowd.writers) await addDevice(crowd, writer);
  const everywhere = crowd.writers.slice(0, ROUNDS);
  const channels = await openRooms(ground, everywhere);
  const figures = await removals(ground, everywhere);
  return { members: PEOPLE, devices_each: 2, channels: channels.length, ...figures, target_ms: 3000 };
}

export async function rekey({ full }: Ask): Promise<Figures> {
  await cryptoReady();
  const sent: Sent = { seals: 0, bytes: 0 };
  const scopes: Figures[] = [];
  const keys = Array.from({ length: 50 }, pair);
  const { world } = await startPlace();
  const founder = await world.founder("Ana", { wrap: weighing(sent) });
  const ground: Ground = { founder, crowd: new Crowd(nodeTransport(world.origin)), sent, keys };
  const { crowd } = ground;
  let broad: Figures | null = null;
  for (const members of full ? [10, 100, 1000] : [10, 100]) {
    // The wide workspace lies between: it has 200 people.
    if (full && members > PEOPLE) broad = await wide(ground);
    await gatherCrowd(founder, crowd, members + ROUNDS - 1 - crowd.writers.length);
    scopes.push({ members, ...(await removals(ground, crowd.writers.slice(-ROUNDS))) });
  }
  await world.stop();
  return { scopes, ...(broad === null ? {} : { wide: broad }) };
}
