// Calls to the server under a bearer token that lives in memory alone (PROTOCOL A1).
import { asFault, Fault, isFault } from "@/lib/base/errors.ts";
import type { Id, WorkspaceId } from "@/lib/base/ids.ts";
import type { Api, Clock, Procedure, Transport } from "@/lib/client/ports.ts";
import type { LoginSeed } from "@/lib/crypto/login.ts";
import { signLogin } from "@/lib/crypto/login.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { LedgerPage } from "@/lib/protocol/sync.ts";

/** Who signs in: a device, or the holder of an invite or a recovery code (section 7). */
export type Credential = {
  readonly as: "device" | "invite" | "recovery";
  readonly ws: WorkspaceId | null;
  readonly id: Id<string>;
  readonly seed: LoginSeed;
};

const RENEW_MS = 60_000;

/** One signed-in party. `call` signs in when needed, and once more when the server no longer knows the token. */
export class Session {
  readonly transport: Transport;
  readonly #clock: Clock;
  readonly #who: Credential;
  #token: { value: string; expires: number } | null = null;
  #signingIn: Promise<string> | null = null;
  #ended = false;

  constructor(transport: Transport, clock: Clock, who: Credential) {
    this.transport = transport;
    this.#clock = clock;
    this.#who = who;
  }

  /** Asks the server. Rejects with the server's named fault or a net/ one; a rejected mutation may have landed. */
  async call<P extends Procedure>(procedure: P, input: Api[P]["input"]): Promise<Api[P]["output"]> {
    return await this.carry((token) => this.transport.call(procedure, input, token));
  }

  /** Does something under a token, and once more when the server no longer knows it. Rejects as `call` does. */
  async carry<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token();
    try {
      return await work(token);
    } catch (thrown) {
      if (!isFault(thrown, "may/not-signed-in")) throw asFault(thrown);
      this.forget(token);
      return await work(await this.token());
    }
  }

  /** A token that is good for another minute at least, by this device's clock. */
  async token(): Promise<string> {
    if (this.#ended) throw new Fault("net/closed");
    if (this.#token !== null && this.#token.expires - RENEW_MS > this.#clock.now()) return this.#token.value;
    this.#signingIn ??= this.#signIn().finally(() => {
      this.#signingIn = null;
    });
    return await this.#signingIn;
  }

  /** Drops a token that the server refused. */
  forget(token: string): void {
    if (this.#token?.value === token) this.#token = null;
  }

  end(): void {
    this.#ended = true;
    this.#token = null;
  }

  /** What one who is out may still read of the ledger: up to the link that ended it. may/bad-challenge: one is not out. */
  async ending(after: number): Promise<LedgerPage> {
    return await this.transport.call("auth.ending", { login: await this.#claim(), after }, null);
  }

  async #signIn(): Promise<string> {
    const login = await this.transport.call("auth.login", await this.#claim(), null);
    const lifetime = LIMITS.tokenMinutes * 60_000;
    this.#token = { value: login.token, expires: this.#clock.now() + lifetime };
    return login.token;
  }

  async #claim(): Promise<Api["auth.login"]["input"]> {
    const { as, ws, id, seed } = this.#who;
    const answer = await this.transport.call("auth.challenge", { ws }, null);
    const challenge = fromJson(answer.challenge);
    const nonce = randomBytes(16);
    const { expires } = answer;
    // The server takes only its own expiry back. A clock that runs behind must not lock anybody out, and a signature
    // must not be good for long: beyond what a clock is allowed to be off nothing is signed (A1).
    const furthest = this.#clock.now() + LIMITS.challengeSeconds * 1000 + LIMITS.clockDays * 86_400_000;
    if (expires > furthest) throw new Fault("net/clock");
    const claim = { as, origin: this.transport.origin, ws, id: id as Id<"login">, challenge, nonce, expires };
    const sig = signLogin(claim, seed);
    const texts = { challenge: toJson(challenge), nonce: toJson(nonce), sig: toJson(sig) };
    return { as, ws, id, expires, origin: claim.origin, ...texts };
  }
}
