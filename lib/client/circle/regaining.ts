// One who lost everything asks the helpers of his circle: a code for each, over restarts, until enough parts are here (PROTOCOL D6).
import { asFault, Fault, type FaultCode, isFaultCode } from "@/lib/base/errors.ts";
import type { MailboxId } from "@/lib/base/ids.ts";
import type { AskItem, RegainingView } from "@/lib/client/api/circle.ts";
import { Post } from "@/lib/client/linking/post.ts";
import type { Ports } from "@/lib/client/ports.ts";
import { openAccount, signInByCode } from "@/lib/client/recovery/open.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { openCode } from "@/lib/crypto/circle/shares.ts";
import { mintDevice } from "@/lib/crypto/identity.ts";
import { exposeSecret, mintSecret, type RecoveryCode } from "@/lib/crypto/keys.ts";
import { mailboxOf, mintCode } from "@/lib/crypto/mailbox/code.ts";
import { wordsOf } from "@/lib/crypto/recovery.ts";
import { kemPublic } from "@/lib/crypto/seal.ts";
import type { CircleName } from "@/lib/proof/hash.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { CIRCLE_SLOTS, circleRequestStructure } from "@/lib/protocol/mailbox/circle.ts";
import { formatCode } from "@/lib/protocol/mailbox/code.ts";
import { gather, type Judged, judge, type StoredAsk } from "./gathering.ts";
import { fetchLetter } from "./post.ts";

const TABLE = "regaining";
const MOST = 50;
const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;
/** A helper may have typed the code in its last second. */
const GRACE_MS = 60_000;

export type RegainingHost = {
  readonly ports: Ports;
  readonly vault: () => Vault;
  readonly changed: () => void;
};

export class Regaining {
  readonly #host: RegainingHost;
  readonly #asks = new Map<MailboxId, StoredAsk>();
  #cancel: (() => void) | null = null;
  #attempt = 0;
  #stopped = false;

  constructor(host: RegainingHost) {
    this.#host = host;
  }

  get size(): number {
    return this.#asks.size;
  }

  view(): RegainingView {
    const all = this.#judged();
    const [group] = gather(all);
    return {
      asks: all.map((one) => this.#item(one)),
      have: group?.shares.size ?? 0,
      need: group?.circle.threshold ?? 0,
      helpers: (group?.names ?? []).map(plainLabel),
    };
  }

  /** Reads the requests of earlier runs, and goes on waiting. */
  async load(): Promise<void> {
    for (const { key, value } of await this.#host.vault().scan<StoredAsk & Cbor>(TABLE, { limit: MOST }))
      this.#asks.set(key as MailboxId, value);
    this.#stopped = false;
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Lets go of all that was read, until `load` reads it again: the profile is locked. */
  pause(): void {
    this.stop();
    this.#asks.clear();
  }

  /** A fresh key and a code made from it, for one helper. */
  async start(): Promise<void> {
    const { ports } = this.#host;
    if (this.#asks.size >= MOST) throw new Fault("may/quota");
    const seed = mintSecret("circle-kem");
    const kem = kemPublic(seed);
    const { code, r } = mintCode("circle", [kem]);
    const mailbox = mailboxOf("circle", code);
    const ask = { code, seed: exposeSecret(seed), at: ports.clock.now(), word: null, part: null, fault: "" };
    // Kept before it goes out: a helper's answer must not come to a key that is lost.
    await this.#keep(mailbox.id, ask);
    const request = circleRequestStructure.encode({ v: VERSION, kem, r });
    try {
      await new Post(ports.transport, ports.clock, mailbox).put(CIRCLE_SLOTS.request, request);
    } catch (thrown) {
      await this.drop(mailbox.id);
      throw thrown;
    }
    this.#attempt = 0;
    this.#schedule();
  }

  async drop(id: MailboxId): Promise<void> {
    this.#asks.delete(id);
    await this.#host.vault().write([{ op: "delete", table: TABLE, key: id }]);
    this.#host.changed();
  }

  async end(): Promise<void> {
    for (const id of [...this.#asks.keys()]) await this.drop(id);
  }

  /** Fetches what helpers laid since. Net faults reject. */
  async look(): Promise<void> {
    for (const [id, ask] of this.#asks) {
      if (ask.fault !== "" || ask.part !== null) continue;
      await this.#look(id, ask);
    }
  }

  /** The code that the parts open: it counts when the ledger names its keys as this person's, and not before (D5). */
  async open(): Promise<string> {
    await this.look();
    for (const { circle, shares, boxes } of gather(this.#judged())) {
      if (shares.size < circle.threshold) continue;
      // Whoever lies may send other boxes with a good part.
      for (const box of boxes)
        for (const code of openCode(circle, shares, box))
          if (await this.#isInForce(code, circle)) return wordsOf(code).join(" ");
    }
    throw new Fault("circle/too-few");
  }

  async #isInForce(code: RecoveryCode, { ws, user }: CircleName): Promise<boolean> {
    const { ports } = this.#host;
    const claim = await signInByCode(ports, code, ws);
    if (claim === undefined) return false;
    return (await openAccount(ports, null, { ...claim, ws }, mintDevice())).user === user;
  }

  #judged(): Judged[] {
    return judge([...this.#asks].map(([id, ask]) => ({ id, ask })));
  }

  #item({ id, ask, word, why, fault }: Judged): AskItem {
    const code = fault ?? (isFaultCode(ask.fault) ? ask.fault : null);
    const given = ask.part !== null && why === null;
    const phase = code !== null ? "failed" : why !== null ? "refused" : given ? "given" : "waiting";
    const by = word?.account.helpers.find((one) => one.user === word.by)?.name ?? "";
    return {
      id,
      phase: word === null && phase === "waiting" ? "showing" : phase,
      code: formatCode(ask.code),
      expires: ask.at + LIMITS.mailboxMinutes * 60_000,
      helper: plainLabel(by),
      person: plainLabel(word?.account.person ?? ""),
      workspace: plainLabel(word?.account.workspace ?? ""),
      due: word === null ? 0 : ask.at + word.waits,
      why,
      fault: code,
    };
  }

  async #look(id: MailboxId, ask: StoredAsk): Promise<void> {
    const { transport, clock } = this.#host.ports;
    const mailbox = mailboxOf("circle", ask.code);
    let heard = ask;
    try {
      const word = ask.word ?? (await fetchLetter(transport, mailbox, CIRCLE_SLOTS.word));
      heard = { ...ask, word };
      const over = clock.now() > ask.at + LIMITS.mailboxMinutes * 60_000 + GRACE_MS;
      if (word === null && over) heard = { ...ask, fault: "circle/expired" satisfies FaultCode };
      if (word !== null) heard = { ...heard, part: await fetchLetter(transport, mailbox, CIRCLE_SLOTS.part) };
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code !== "circle/forged") throw fault;
      heard = { ...heard, fault: fault.code };
    }
    const news = heard.word !== ask.word || heard.part !== ask.part || heard.fault !== ask.fault;
    if (news && this.#asks.has(id)) await this.#keep(id, heard);
  }

  #schedule(): void {
    this.#cancel?.();
    const waits = [...this.#asks.values()].some((ask) => ask.fault === "" && ask.part === null);
    if (this.#stopped || !waits) return;
    const wait = Math.min(FIRST_MS * 1.5 ** this.#attempt, LONGEST_MS);
    this.#attempt += 1;
    const again = () =>
      void this.look()
        .catch(() => undefined)
        .finally(() => this.#schedule());
    this.#cancel = this.#host.ports.clock.after(wait, again);
  }

  async #keep(id: MailboxId, ask: StoredAsk): Promise<void> {
    await this.#host.vault().put(TABLE, id, ask);
    this.#asks.set(id, ask);
    this.#host.changed();
  }
}
