// Pleas for epoch keys, and answers to those of others who are entitled (PROTOCOL E5, E7).
import { asFault, isFault } from "@/lib/base/errors.ts";
import type { ScopeId } from "@/lib/base/ids.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Clock } from "@/lib/client/ports.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { sealEpochKey } from "@/lib/crypto/epoch.ts";
import { signKeyRequest } from "@/lib/crypto/login.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { currentPuk, deviceActiveAt, deviceOf, recipients, scopeMembersAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { verifySignature } from "@/lib/proof/verify.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { requestBytes } from "@/lib/protocol/signed.ts";
import type { KeyRequest } from "@/lib/protocol/sync.ts";
import type { Keyring } from "./keyring.ts";
import type { Rooms } from "./rooms.ts";

const HOUR = 3_600_000;
const JITTER_MS = 5_000;

export type PleasOptions = {
  readonly session: Session;
  readonly book: Book;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly rooms: () => Rooms;
};

/** May this person have the key of this epoch? Recipients of it; in `full` scopes every current member (E5). */
export function isEntitled(state: LedgerState, request: Pick<KeyRequest, "scope" | "epoch" | "user">): boolean {
  const scope = state.scopes.get(request.scope);
  const epoch = scope?.epochs[request.epoch - 1];
  if (scope === undefined || epoch === undefined) return false;
  if (!scopeMembersAt(state, request.scope).includes(request.user)) return false;
  if (scope.history === "full") return true;
  return recipients(state, request.scope, epoch.n).some((one) => one.kind === "user" && one.id === request.user);
}

export class Pleas {
  readonly #options: PleasOptions;
  readonly #asked = new Map<string, number>();

  constructor(options: PleasOptions) {
    this.#options = options;
  }

  /** Asks holders for a key, at most once an hour per epoch. Failures are quiet: the next connection asks again. */
  async ask(scope: ScopeId, epoch: number): Promise<void> {
    const { clock, keyring, session } = this.#options;
    const name = `${scope} ${epoch}`;
    const now = clock.now();
    if (now - (this.#asked.get(name) ?? Number.NEGATIVE_INFINITY) < HOUR) return;
    this.#asked.set(name, now);
    const plea = { ws: keyring.ws, scope, epoch, user: keyring.user, device: keyring.device.id, at: now };
    const sig = toJson(signKeyRequest(plea, keyring.device.secrets.sign));
    try {
      await session.call("keys.request", { scope, epoch, at: now, sig });
    } catch (thrown) {
      if (asFault(thrown).entry.blame === "network") this.#asked.delete(name);
    }
  }

  /** Answers a plea after a moment of jitter, if its signature and the ledger allow it and the key is here. */
  heard(request: KeyRequest): void {
    if (request.user === this.#options.keyring.user && request.device === this.#options.keyring.device.id) return;
    if (!this.#isGenuine(request)) return;
    const jitter = ((randomBytes(1)[0] ?? 0) / 255) * JITTER_MS;
    this.#options.clock.after(jitter, () => void this.#answer(request).catch(() => undefined));
  }

  #isGenuine(request: KeyRequest): boolean {
    const { state } = this.#options.book;
    const device = deviceOf(state, request.device);
    if (device === undefined || device.user !== request.user || !deviceActiveAt(state, request.device)) return false;
    const bytes = requestBytes({
      ws: state.ws,
      scope: request.scope,
      epoch: request.epoch,
      user: request.user,
      device: request.device,
      at: request.at,
    });
    return verifySignature("request", device.keys.sign, bytes, fromJson(request.sig)) && isEntitled(state, request);
  }

  async #answer(request: KeyRequest): Promise<void> {
    const { book, session, rooms } = this.#options;
    // Judged again: five seconds are enough to be removed in.
    if (!isEntitled(book.state, request)) return;
    const key = await rooms().known(request.scope, request.epoch);
    const puk = currentPuk(book.state, request.user);
    if (key === undefined || puk === null) return;
    try {
      const seal = sealEpochKey({ ws: book.state.ws, scope: request.scope, epoch: request.epoch }, key, {
        to: "user",
        id: request.user,
        gen: puk.gen,
        pk: puk.pk,
      });
      await session.call("keys.write", { seals: [seal], boxes: [] });
    } catch (thrown) {
      if (!isFault(thrown, "crypto/bad-kem-key")) throw thrown;
    }
  }
}
