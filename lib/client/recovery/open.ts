// From 24 words to an account: which workspace, whose, and every key that they open, checked on the ledger (PROTOCOL D3, D5).
import { equal } from "@/lib/base/bytes.ts";
import { asFault, Fault, isFault } from "@/lib/base/errors.ts";
import { type DeviceId, ID_BYTES, mintId, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import { Book } from "@/lib/client/ledger/book.ts";
import type { Actor } from "@/lib/client/ledger/draft.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { Session } from "@/lib/client/wire/session.ts";
import type { Device } from "@/lib/crypto/identity.ts";
import { openPreviousPuk, openPukSeal } from "@/lib/crypto/identity.ts";
import type { PukSeed, RecoveryCode, RikSeed } from "@/lib/crypto/keys.ts";
import { openRoot, parseWords, type RecoveryKeys, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { signLink, signRootLink } from "@/lib/crypto/sign.ts";
import { type LedgerState, latest, type UserState } from "@/lib/proof/state.ts";
import type { KeysAnswer } from "@/lib/protocol/sync.ts";

/** What the RIK signs names no device (L7). */
const NO_DEVICE = mintId<"device">(new Uint8Array(ID_BYTES)) as DeviceId;

/** Signs with the root key, for as long as one batch takes. */
export function rootActor(user: UserId, rik: RikSeed): Actor {
  return { user, device: NO_DEVICE, sign: (link) => signRootLink(link, rik) };
}

/** The code that typed words spell. Throws crypto/bad-words with the numbers of foreign words, or crypto/bad-checksum. */
export function readWords(words: string): RecoveryCode {
  const code = parseWords(words);
  if (!("code" in code)) return code;
  const places = code.foreign.map((place) => place + 1).join(" ");
  throw places === "" ? new Fault(code.code) : new Fault(code.code, { detail: places });
}

/** A code's login in one workspace. */
export type Claim = { readonly session: Session; readonly keys: RecoveryKeys };

/** Signs in with a code in this workspace; undefined when the server does not take it there. Net faults reject. */
export async function signInByCode(ports: Ports, code: RecoveryCode, ws: WorkspaceId): Promise<Claim | undefined> {
  const keys = recoveryKeys(code, ws, 1);
  const id = recoveryLoginId(keys.public.auth);
  const session = new Session(ports.transport, ports.clock, { as: "recovery", ws, id, seed: keys.auth });
  try {
    await session.token();
    return { session, keys };
  } catch (thrown) {
    if (isFault(thrown, "may/bad-challenge")) return undefined;
    throw asFault(thrown);
  }
}

/** The workspaces of this server in which a code opens an account: the code itself does not say (D3). */
export async function claimsOf(ports: Ports, code: RecoveryCode): Promise<(Claim & { readonly ws: WorkspaceId })[]> {
  const { workspaces } = await ports.transport.call("auth.workspaces", {}, null);
  const found: (Claim & { readonly ws: WorkspaceId })[] = [];
  for (const ws of workspaces) {
    const claim = await signInByCode(ports, code, ws);
    if (claim !== undefined) found.push({ ...claim, ws });
  }
  if (found.length === 0) throw new Fault("recovery/no-account");
  return found;
}

/** What a code opened. */
export type OpenedAccount = {
  readonly user: UserId;
  readonly book: Book;
  readonly rik: RikSeed;
  readonly puks: ReadonlyMap<number, PukSeed>;
};

/**
 * Reads the ledger and all that the server keeps for a code, and believes none of it that the ledger does not name (D5,
 * MS-33). Throws recovery/bad-box for another's or an older box, recovery/withheld when the newest PUK can't be had.
 */
export async function openAccount(
  ports: Ports,
  vault: Vault | null,
  { session, keys, ws }: Claim & { readonly ws: WorkspaceId },
  device: Device,
): Promise<OpenedAccount> {
  const answer = await session.call("keys.recovery", {});
  const { user } = answer;
  const actor: Actor = { user, device: device.id, sign: (link) => signLink(link, device.secrets.sign) };
  const book = new Book({ vault, session, clock: ports.clock, ws, user, actor, changed: () => undefined });
  await book.sync();
  if (book.stop !== null) throw new Fault(book.stop);
  const person = personOf(book.state, user, keys);
  const rik = rootIn(answer, { ws, user, person }, keys);
  const puks = puksIn(answer, { ws, user, person }, keys);
  return { user, book, rik, puks };
}

function personOf(state: LedgerState, user: UserId, keys: RecoveryKeys): UserState {
  const person = state.users.get(user);
  const known = person?.recovery ?? null;
  const mine = known !== null && equal(known.auth, keys.public.auth) && equal(known.kem, keys.public.kem);
  if (person === undefined || !mine) throw new Fault("recovery/bad-box", { detail: "person" });
  return person;
}

type Whose = { readonly ws: WorkspaceId; readonly user: UserId; readonly person: UserState };

function rootIn({ boxes }: KeysAnswer, { ws, user, person }: Whose, keys: RecoveryKeys): RikSeed {
  const rik = latest(person.rik);
  const gen = person.recovery?.gen;
  if (rik === undefined || gen === undefined) throw new Fault("recovery/bad-box", { detail: "root" });
  for (const row of boxes) {
    if (row.purpose !== "root") continue;
    const seed = openRoot({ ws, user, gen, rik }, keys, row);
    if (typeof seed !== "string") return seed;
  }
  throw new Fault("recovery/bad-box", { detail: "root" });
}

/** Every generation that opens, from the newest down: by its own seal to the code, or out of the box of the next. */
function puksIn({ seals, boxes }: KeysAnswer, { ws, user, person }: Whose, keys: RecoveryKeys): Map<number, PukSeed> {
  const found = new Map<number, PukSeed>();
  const id = recoveryLoginId(keys.public.auth);
  for (const { value } of [...person.puks].reverse()) {
    const name = { ws, user, gen: value.gen };
    for (const row of seals) {
      if (row.purpose !== "puk" || row.to !== "recovery" || row.epoch !== value.gen) continue;
      const seed = openPukSeal({ ...name, pk: value.pk }, row, { to: "recovery", id, gen: row.gen, seed: keys.kem });
      if (typeof seed !== "string") found.set(value.gen, seed);
    }
    const above = found.get(value.gen + 1);
    for (const row of boxes) {
      if (found.has(value.gen) || above === undefined) break;
      if (row.purpose !== "puk" || row.epoch !== value.gen + 1) continue;
      const seed = openPreviousPuk({ ...name, gen: value.gen + 1 }, above, value.pk, row);
      if (typeof seed !== "string") found.set(value.gen, seed);
    }
  }
  const newest = latest(person.puks)?.gen ?? 0;
  if (!found.has(newest)) throw new Fault("recovery/withheld", { detail: `puk ${newest}` });
  return found;
}
