// The old device's side of linking: checks that the code is made of the keys, offers the account, adds the device (PROTOCOL D1).

import { asFault, Fault, type FaultCode, isFault } from "@/lib/base/errors.ts";
import type { DeviceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { AddingView } from "@/lib/client/api/devices.ts";
import { fingerprintOf } from "@/lib/client/devices/names.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { nameOf } from "@/lib/client/view/workspace.ts";
import { sealPuk } from "@/lib/crypto/identity.ts";
import { codeFits, mailboxOf } from "@/lib/crypto/mailbox/code.ts";
import { deviceId, popBytes } from "@/lib/proof/hash.ts";
import { latest } from "@/lib/proof/state.ts";
import { checkDeviceKeys, verifySignature } from "@/lib/proof/verify.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { parseCodeInput } from "@/lib/protocol/mailbox/code.ts";
import {
  LINK_SLOTS,
  type LinkRequest,
  linkConsentStructure,
  linkOfferStructure,
  linkRequestStructure,
  linkResultStructure,
} from "@/lib/protocol/mailbox/letters.ts";
import { Post } from "./post.ts";

type Steps = { readonly changed: () => void; readonly added: (device: DeviceId, name: string) => Promise<void> };

/** One device that waits to be added to one account. */
export class Adding {
  readonly account: Account;
  readonly #post: Post;
  readonly #request: LinkRequest;
  readonly #device: DeviceId;
  readonly #steps: Steps;
  #phase: AddingView["phase"] = "found";
  #fault: FaultCode | null = null;

  private constructor(account: Account, post: Post, request: LinkRequest, steps: Steps) {
    this.account = account;
    this.#post = post;
    this.#request = request;
    this.#device = deviceId(request.device);
    this.#steps = steps;
  }

  /**
   * Fetches what waits under a code. Throws wire/bad-code, link/other-server, may/no-mailbox, may/letter-exists for a
   * code that was used, link/swapped when the code is not made of these keys, proof/bad-key.
   */
  static async find(account: Account, text: string, steps: Steps): Promise<Adding> {
    const { transport, clock } = account.ports;
    const { code, origin } = parseCodeInput("link", text);
    if (origin !== null && origin !== transport.origin) throw new Fault("link/other-server");
    const post = new Post(transport, clock, mailboxOf("link", code));
    const { content, letters } = await post.read(LINK_SLOTS.request);
    if (content === null) throw new Fault("may/no-mailbox");
    if (letters > 1) throw new Fault("may/letter-exists");
    const request = linkRequestStructure.parse(content);
    const { sign, kem } = request.device;
    if (!codeFits(code, "link", [sign, kem], request.r)) throw new Fault("link/swapped");
    if (!checkDeviceKeys(request.device)) throw new Fault("proof/bad-key");
    if (account.state.deviceOwner.has(deviceId(request.device))) throw new Fault("may/letter-exists");
    return new Adding(account, post, request, steps);
  }

  view(): AddingView {
    return {
      phase: this.#phase,
      ws: this.account.ws,
      name: this.#name,
      fingerprint: fingerprintOf(this.#device),
      fault: this.#fault,
    };
  }

  get #name(): string {
    return plainLabel(this.#request.name).slice(0, LIMITS.nameChars);
  }

  /** Offers the account. The rest goes on by itself once the new device's holder has said yes there. */
  async approve(): Promise<void> {
    if (this.#phase !== "found") throw new Fault("link/nothing-waits");
    const { account } = this;
    // What the new device is told must be what the server shows it later: the newest head there is.
    await account.book.sync();
    const rik = latest(account.state.users.get(account.me)?.rik ?? []);
    if (account.book.stop !== null) throw new Fault("app/blocked", { detail: account.book.stop });
    if (rik === undefined) throw new Fault("proof/not-member");
    const { n, head } = account.state;
    const offer = {
      ws: account.ws,
      user: account.me,
      rik,
      n,
      head,
      workspace: nameOf(account),
      person: account.registers.profile(account.me)?.name ?? "",
    };
    await this.#post.put(LINK_SLOTS.offer, linkOfferStructure.encode({ v: VERSION, account: offer }));
    this.#become("offered");
    void this.#add().catch((thrown: unknown) => this.#fail(thrown));
  }

  /** Not this one: the new device is told, where it can be. */
  async refuse(): Promise<void> {
    this.#post.close(new Fault("app/cancelled"));
    if (this.#phase !== "found") return;
    await this.#post
      .put(LINK_SLOTS.offer, linkOfferStructure.encode({ v: VERSION, account: null }))
      .catch(() => undefined);
  }

  async #add(): Promise<void> {
    const { account } = this;
    const { pop } = linkConsentStructure.parse(await this.#post.wait(LINK_SLOTS.consent));
    if (pop === null) throw new Fault("link/refused");
    const bytes = popBytes(account.ws, account.me, this.#device);
    if (!verifySignature("pop", this.#request.device.sign, bytes, pop)) throw new Fault("proof/bad-signature");
    this.#become("adding");
    try {
      await account.book.append((draft) => this.#addInto(draft, pop));
    } catch (thrown) {
      await this.#post
        .put(LINK_SLOTS.result, linkResultStructure.encode({ v: VERSION, at: null }))
        .catch(() => undefined);
      throw isFault(thrown, "may/bad-challenge") ? new Fault("link/device-gone") : asFault(thrown);
    }
    await this.#steps.added(this.#device, this.#name);
    const { n, head } = account.state;
    await this.#post.put(LINK_SLOTS.result, linkResultStructure.encode({ v: VERSION, at: { n, head } }));
    this.#become("done");
  }

  /** The link, and beside it every seed of one's PUKs that is here: the new device reads all of one's past. */
  async #addInto(draft: Draft, pop: Uint8Array): Promise<void> {
    const { account } = this;
    if (draft.state.deviceOwner.has(this.#device)) return;
    // Another device may just have retired one: the newest generation must be among what is sealed.
    await account.rooms.fetchPuks();
    draft.add({ kind: "U", type: "device_add", body: { device: this.#request.device, pop } }, account.me);
    const to = { to: "device", id: this.#device, gen: 0, pk: this.#request.device.kem } as const;
    for (const gen of account.keyring.generations) {
      const seed = account.keyring.puk(gen);
      if (seed !== undefined) draft.seals.push(sealPuk({ ws: account.ws, user: account.me, gen }, seed, to));
    }
  }

  #become(phase: AddingView["phase"]): void {
    this.#phase = phase;
    this.#steps.changed();
  }

  #fail(thrown: unknown): void {
    this.#fault = asFault(thrown).code;
    this.#become("failed");
  }
}
