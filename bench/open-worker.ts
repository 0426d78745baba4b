// The worker of `open`: opens rows as the engine does, or runs the bare loop over the same events.
import { parentPort, workerData } from "node:worker_threads";
import sodium from "libsodium-wrappers";
import { idBytes } from "@/lib/base/ids.ts";
import { type InboxContext, openRow, parseRow, verifiedAhead } from "@/lib/client/events/inbox.ts";
import { type ChannelMark, EMPTY_MARK, type EventRecord } from "@/lib/client/events/records.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import { exposeSecret, KDF, secretFrom } from "@/lib/crypto/keys.ts";
import { decryptEvent } from "@/lib/crypto/message.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { signedBytes } from "@/lib/proof/verify.ts";
import { headerStructure } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";

export type OpenSetup = {
  readonly ledger: InboxContext["ledger"];
  readonly channel: InboxContext["channel"];
  readonly scope: InboxContext["scope"];
  readonly me: string;
  readonly key: Uint8Array;
  readonly kc: Uint8Array;
};
export type OpenAsk =
  | { readonly t: "load" | "open"; readonly page: Uint8Array }
  | { readonly t: "begin" }
  | { readonly t: "raw" };
export type OpenAnswer =
  | { readonly t: "opened"; readonly records: readonly EventRecord[] }
  | { readonly t: "done"; readonly good: number };

/** One event with everything made ready that the two calls into libsodium need. */
type Bare = { ct: Uint8Array; ad: Uint8Array; nonce: Uint8Array; key: Uint8Array } & {
  sig: Uint8Array;
  signed: Uint8Array;
  pk: Uint8Array;
};

await sodium.ready;
await cryptoReady();
const setup = workerData as OpenSetup;
const { ledger, channel, scope, me, kc } = setup;
const key = secretFrom("epoch", setup.key);
const context: InboxContext = {
  ws: ledger.ws,
  me,
  channel,
  scope,
  self: false,
  ledger,
  final: true,
  key: () => key,
  commitment: () => kc,
  seen: () => false,
  place: () => undefined,
  hash: () => undefined,
  newer: () => undefined,
};
const verifier = webCryptoVerifier();
let mark: ChannelMark = EMPTY_MARK;
const bare: Bare[] = [];

const rowsOf = (page: Uint8Array): RowJson[] =>
  (JSON.parse(new TextDecoder().decode(page)) as unknown[]).map(parseRow).filter((row) => row !== undefined);

function prepare(row: RowJson): Bare {
  const sealed = { header: fromJson(row.header), nonce: fromJson(row.nonce), ciphertext: fromJson(row.ciphertext) };
  const header = headerStructure.parse(sealed.header);
  const own = channelKey(key, channel);
  const opened = decryptEvent(sealed, { ws: ledger.ws, channel, class: "stored", channelKey: own, kc });
  const device = ledger.users.get(header.user)?.devices.get(header.device);
  if (typeof opened === "string" || device === undefined) throw new TypeError(`${opened}`);
  return {
    ct: sealed.ciphertext,
    ad: sealed.header,
    nonce: sealed.nonce,
    key: KDF(exposeSecret(own), "msg", "stored", idBytes(header.device)),
    sig: opened.sig,
    signed: signedBytes("msg", opened.signed),
    pk: device.keys.sign,
  };
}

async function open(page: Uint8Array): Promise<EventRecord[]> {
  const records: EventRecord[] = [];
  const rows = rowsOf(page);
  const ready = await verifiedAhead(rows, context, verifier);
  for (const row of rows) {
    const opened = openRow(row, mark, ready);
    if (opened === "event/duplicate" || "ahead" in opened) throw new TypeError("not opened");
    if (opened.record.status !== "opened") throw new TypeError(`${opened.record.code}`);
    mark = opened.mark;
    records.push(opened.record);
  }
  return records;
}

/** Decrypt, verify, nothing else. */
function raw(): number {
  let good = 0;
  for (const one of bare) {
    const plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, one.ct, one.ad, one.nonce, one.key);
    if (plain.length > 0 && sodium.crypto_sign_verify_detached(one.sig, one.signed, one.pk)) good += 1;
  }
  return good;
}

parentPort?.on("message", async (ask: OpenAsk) => {
  const answer = (told: OpenAnswer) => parentPort?.postMessage(told);
  if (ask.t === "begin") mark = EMPTY_MARK;
  if (ask.t === "load") bare.push(...rowsOf(ask.page).map(prepare));
  if (ask.t === "open") answer({ t: "opened", records: await open(ask.page) });
  if (ask.t === "raw") answer({ t: "done", good: raw() });
});
