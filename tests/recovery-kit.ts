// What a recovery code opens at a server, tried with the code alone: its login, the root key, the per-user keys.
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { Id, ScopeId } from "@/lib/base/ids.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { openEpochSeal } from "@/lib/crypto/epoch.ts";
import { openPreviousPuk, openPukSeal } from "@/lib/crypto/identity.ts";
import type { PukSeed, RikSeed } from "@/lib/crypto/keys.ts";
import { signLogin } from "@/lib/crypto/login.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { openRoot, parseWords, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { type LedgerState, latest } from "@/lib/proof/state.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { Actor } from "@/tests/world.ts";

export type Recovered = { readonly rik: RikSeed | null; readonly puks: ReadonlyMap<number, PukSeed> };

async function login(transport: Transport, state: LedgerState, keys: ReturnType<typeof recoveryKeys>): Promise<string> {
  const { challenge, expires } = await transport.call("auth.challenge", { ws: state.ws }, null);
  const id = recoveryLoginId(keys.public.auth) as Id<"login">;
  const nonce = randomBytes(16);
  const { origin } = transport;
  const claim = { as: "recovery", origin, ws: state.ws, id, challenge: fromJson(challenge), nonce, expires } as const;
  const sig = toJson(signLogin(claim, keys.auth));
  const input = { as: claim.as, ws: state.ws, id, challenge, nonce: toJson(nonce), expires, origin, sig };
  return (await transport.call("auth.login", input, null)).token;
}

/** Everything that these words open of a person's, or why the server lets nobody in with them. */
export async function tryWords(words: readonly string[], of: Actor): Promise<Recovered | FaultCode> {
  const { state, me } = of.account;
  const person = state.users.get(me);
  const code = parseWords(words.join(" "));
  if (person === undefined || person.recovery === null || !("kind" in code)) throw new TypeError("no code");
  const { gen } = person.recovery;
  const keys = recoveryKeys(code, of.ws, gen);
  try {
    const token = await login(of.transport, state, keys);
    const { seals, boxes } = await of.transport.call("keys.recovery", {}, token);
    const name = { ws: of.ws, user: me };
    const mine = { to: "recovery", id: recoveryLoginId(keys.public.auth), gen, seed: keys.kem } as const;
    const rik = latest(person.rik) ?? new Uint8Array();
    const roots = boxes.filter(({ purpose }) => purpose === "root");
    const root = roots.map((row) => openRoot({ ...name, gen, rik }, keys, row)).find((one) => typeof one !== "string");
    const puks = new Map<number, PukSeed>();
    for (const { value } of [...person.puks].reverse()) {
      const sealed = seals
        .filter(({ epoch }) => epoch === value.gen)
        .map((row) => openPukSeal({ ...name, ...value }, row, mine));
      const above = puks.get(value.gen + 1);
      const boxed = boxes
        .filter((row) => row.purpose === "puk" && row.epoch === value.gen + 1 && above !== undefined)
        .map((row) => openPreviousPuk({ ...name, gen: value.gen + 1 }, above as PukSeed, value.pk, row));
      const seed = [...sealed, ...boxed].find((one) => typeof one !== "string");
      if (seed !== undefined && typeof seed !== "string") puks.set(value.gen, seed);
    }
    return { rik: root === undefined || typeof root === "string" ? null : root, puks };
  } catch (thrown) {
    return asFault(thrown).code;
  }
}

/** Which of these epochs the seals to a person, all that the server holds, open with these seeds of his. */
export async function openedEpochs(
  of: Actor,
  scope: ScopeId,
  epochs: readonly number[],
  seeds: ReadonlyMap<number, PukSeed>,
): Promise<number[]> {
  const { state, me, session } = of.account;
  const found = new Set<number>();
  for (const epoch of epochs) {
    const kc = state.scopes.get(scope)?.epochs[epoch - 1]?.kc ?? new Uint8Array();
    const { seals } = await session.call("keys.read", { scope, from: epoch, to: epoch });
    for (const row of seals)
      for (const [gen, seed] of seeds) {
        const mine = { to: "user", id: me, gen, seed } as const;
        if (typeof openEpochSeal({ ws: of.ws, scope, epoch, kc }, row, mine) !== "string") found.add(epoch);
      }
  }
  return [...found];
}

/** Confirms the recovery code with three of its words, and gives all of them. */
export async function confirmed(actor: Actor): Promise<readonly string[]> {
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  const answers = [0, 7, 23].map((index) => ({ index, word: words[index] ?? "" }));
  if (!(await actor.engine.confirmRecovery({ ws: actor.ws, answers }))) throw new TypeError("not confirmed");
  return words;
}
