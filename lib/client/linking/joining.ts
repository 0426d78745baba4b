// The new device's side of linking: shows a code, learns whose account it is, asks its holder, joins (PROTOCOL D1).
import { equal } from "@/lib/base/bytes.ts";
import { asFault, Fault, type FaultCode, isFault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { JoiningView } from "@/lib/client/api/devices.ts";
import { fingerprintOf } from "@/lib/client/devices/names.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import { Book } from "@/lib/client/ledger/book.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { type Device, mintDevice, signPop } from "@/lib/crypto/identity.ts";
import { mailboxOf, mintCode } from "@/lib/crypto/mailbox/code.ts";
import { signLink } from "@/lib/crypto/sign.ts";
import { deviceActiveAt, deviceOf } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { formatCode, formatCodeQr } from "@/lib/protocol/mailbox/code.ts";
import {
  LINK_SLOTS,
  type LinkAccount,
  linkConsentStructure,
  linkOfferStructure,
  linkRequestStructure,
  linkResultStructure,
} from "@/lib/protocol/mailbox/letters.ts";
import { Post } from "./post.ts";

/** What joining needs of the engine. */
export type JoiningHost = {
  readonly ports: Ports;
  /** an empty part of the vault; of a profile whose keys are gone or locked nothing stays (A5) */
  readonly room: (ws: WorkspaceId) => Promise<Vault>;
  readonly has: (ws: WorkspaceId) => boolean;
  readonly adopt: (keyring: Keyring, vault: Vault) => Account;
  readonly enlist: (account: Account) => Promise<void>;
  readonly changed: () => void;
};

/** One attempt, from code to account. Its keys live in memory alone until the ledger names them. */
export class Joining {
  readonly #host: JoiningHost;
  readonly #device: Device = mintDevice();
  readonly #name: string;
  readonly #code: Uint8Array;
  readonly #r: Uint8Array;
  readonly #post: Post;
  #account: LinkAccount | null = null;
  #phase: JoiningView["phase"] = "showing";
  #fault: FaultCode | null = null;

  constructor(host: JoiningHost, name: string) {
    this.#host = host;
    this.#name = plainLabel(name.toWellFormed()).slice(0, LIMITS.nameChars);
    const { sign, kem } = this.#device.public;
    const { code, r } = mintCode("link", [sign, kem]);
    this.#code = code;
    this.#r = r;
    this.#post = new Post(host.ports.transport, host.ports.clock, mailboxOf("link", code));
  }

  view(): JoiningView {
    const account = this.#account;
    return {
      phase: this.#phase,
      code: formatCode(this.#code),
      qr: formatCodeQr("link", this.#code, this.#host.ports.transport.origin),
      fingerprint: fingerprintOf(this.#device.id),
      name: this.#name,
      expires: this.#post.deadline,
      account:
        account === null
          ? null
          : { ws: account.ws, workspace: plainLabel(account.workspace), person: plainLabel(account.person) },
      fault: this.#fault,
    };
  }

  /** Lays keys and r into the mailbox; from then on the code can be entered elsewhere. */
  async start(): Promise<void> {
    const request = { v: VERSION, device: this.#device.public, r: this.#r, name: this.#name } as const;
    await this.#post.put(LINK_SLOTS.request, linkRequestStructure.encode(request));
    void this.#hear().catch((thrown: unknown) => this.#fail(thrown));
  }

  /** The holder says yes: this device proves its keys for the account that it was shown, and waits to be in its ledger. */
  async confirm(): Promise<void> {
    const account = this.#account;
    if (account === null || this.#phase !== "asked") throw new Fault("link/nothing-waits");
    this.#become("waiting");
    const pop = signPop(account.ws, account.user, this.#device);
    try {
      await this.#post.put(LINK_SLOTS.consent, linkConsentStructure.encode({ v: VERSION, pop }));
    } catch (thrown) {
      this.#fail(thrown);
      throw asFault(thrown);
    }
    void this.#finish(account).catch((thrown: unknown) => this.#fail(thrown));
  }

  /** Gives up; a device that waits for a yes is told. */
  async cancel(): Promise<void> {
    const asked = this.#phase === "asked";
    this.#post.close(new Fault("app/cancelled"));
    if (!asked) return;
    const no = linkConsentStructure.encode({ v: VERSION, pop: null });
    await this.#post.put(LINK_SLOTS.consent, no).catch(() => undefined);
  }

  async #hear(): Promise<void> {
    const { account } = linkOfferStructure.parse(await this.#post.wait(LINK_SLOTS.offer));
    if (account === null) throw new Fault("link/refused");
    if (this.#host.has(account.ws)) {
      await this.#post.put(LINK_SLOTS.consent, linkConsentStructure.encode({ v: VERSION, pop: null }));
      throw new Fault("link/already-here");
    }
    this.#account = account;
    this.#become("asked");
  }

  async #finish(account: LinkAccount): Promise<void> {
    const result = linkResultStructure.parse(await this.#post.wait(LINK_SLOTS.result));
    if (result.at === null) throw new Fault("link/refused");
    await this.#verify(account, result.at);
    const part = await this.#host.room(account.ws);
    const keyring = await Keyring.create(part, {
      ws: account.ws,
      user: account.user,
      device: this.#device,
      puks: new Map(),
      rik: null,
      code: null,
      tags: [],
      founder: false,
    });
    const linked = this.#host.adopt(keyring, part);
    await linked.load();
    await linked.book.sync();
    await linked.rooms.fetchPuks();
    await this.#host.enlist(linked);
    this.#become("done");
  }

  /**
   * Reads the ledger, keeping nothing: it must hold both heads that the other device named, the root key it named, and
   * this device. An older ledger, or another, is refused before anything is stored (D5).
   */
  async #verify(account: LinkAccount, at: { readonly n: number; readonly head: Uint8Array }): Promise<void> {
    const { transport, clock } = this.#host.ports;
    const { id, secrets } = this.#device;
    const { ws, user } = account;
    const session = new Session(transport, clock, { as: "device", ws, id, seed: secrets.sign });
    const actor = { user, device: id, sign: (link: Parameters<typeof signLink>[0]) => signLink(link, secrets.sign) };
    const book = new Book({ vault: null, session, clock, ws, user, actor, changed: () => undefined });
    try {
      await book.sync();
    } catch (thrown) {
      throw isFault(thrown, "may/bad-challenge") ? new Fault("link/not-added") : asFault(thrown);
    } finally {
      session.end();
    }
    if (book.stop !== null) throw new Fault(book.stop);
    const { state } = book;
    const rik = latest(state.users.get(user)?.rik ?? []);
    const stood = (n: number, head: Uint8Array) => equal(state.heads[n - 1] ?? new Uint8Array(), head);
    const same = stood(account.n, account.head) && stood(at.n, at.head) && equal(rik ?? new Uint8Array(), account.rik);
    if (!same) throw new Fault("link/other-account");
    if (deviceOf(state, id)?.user !== user || !deviceActiveAt(state, id)) throw new Fault("link/not-added");
  }

  #become(phase: JoiningView["phase"]): void {
    this.#phase = phase;
    this.#host.changed();
  }

  #fail(thrown: unknown): void {
    if (this.#phase === "done") return;
    this.#fault = asFault(thrown).code;
    this.#become("failed");
  }
}
