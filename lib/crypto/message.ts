// Events: sealed with a signature inside, opened in two steps so that decryption and verification can part (PROTOCOL M1).
import { concat, isZero } from "@/lib/base/bytes.ts";
import { enc, parseEnc, parseU64 } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { eventHash } from "@/lib/proof/hash.ts";
import { type VerifyCache, verifySignature } from "@/lib/proof/verify.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import type { Content, EventHeader, EventRef, SealedEvent } from "@/lib/protocol/event.ts";
import { encodeContent, headerSchema, headerStructure, parseContent, prevsStructure } from "@/lib/protocol/event.ts";
import { parseValue } from "@/lib/protocol/fields.ts";
import { paddedSize } from "@/lib/protocol/file.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import type { ChannelKey, Secret } from "./keys.ts";
import { exposeSecret, KDF } from "./keys.ts";
import { randomBytes } from "./random.ts";
import { sign } from "./sign.ts";
import { aeadOpen, aeadSeal } from "./sodium.ts";

const SIG_BYTES = 64;
const HASH_BYTES = 32;
const TAG_BYTES = 16;
const NONCE_BYTES = 24;

/** What an author states under his signature (M1, M3, L9). `sentAt` is a claim, ms since 1970 (M12). */
export type EventBody = {
  readonly prevs: readonly EventRef[];
  /** ledger position and head that the sender saw */
  readonly n: number;
  readonly head: Uint8Array;
  readonly sentAt: number;
  readonly content: Content;
};

export type EventToSeal = EventBody & {
  readonly header: EventHeader;
  /** commitment of the epoch: kc of its link; in the self scope the PUK's public key */
  readonly kc: Uint8Array;
  readonly channelKey: ChannelKey;
  readonly signKey: Secret<"device-sign">;
};

/** An event ready to send, with its hash for later prevs and targets. */
export type FreshEvent = SealedEvent & { readonly hash: Uint8Array; readonly sig: Uint8Array };

/** Where the event must belong, and the keys to open it with; `signPk` is that of the header's device in the ledger. */
export type EventKeys = {
  readonly ws: WorkspaceId;
  readonly channel: ChannelId;
  readonly class: EventHeader["class"];
  readonly channelKey: ChannelKey;
  readonly kc: Uint8Array;
  readonly signPk: Uint8Array;
};

/** Opened, not yet verified: nothing of it may be shown. */
export type DecryptedEvent = {
  readonly header: EventHeader;
  readonly sig: Uint8Array;
  readonly body: Uint8Array;
  /** the bytes under the signature, context `msg` */
  readonly signed: Uint8Array;
  readonly hash: Uint8Array;
};

/** Opened and verified: the device of the header said this in this channel and epoch. Its rights are the ledger's matter (M4). */
export type OpenedEvent = EventBody & { readonly header: EventHeader; readonly hash: Uint8Array };

const messageKeys = new WeakMap<ChannelKey, Map<string, Uint8Array>>();

/** MK = KDF(channelKey, "msg", class, device), derived once per channel key, class and device. */
function messageKey(key: ChannelKey, header: EventHeader): Uint8Array {
  const known = messageKeys.get(key) ?? new Map<string, Uint8Array>();
  messageKeys.set(key, known);
  const name = `${header.class} ${header.device}`;
  const mk = known.get(name) ?? KDF(exposeSecret(key), "msg", header.class, idBytes(header.device));
  known.set(name, mk);
  return mk;
}

/** Signs, pads and seals one event (M1). Throws wire/too-large past LIMITS.eventBytes, wire/bad-shape by content. */
export function sealEvent(event: EventToSeal): FreshEvent {
  const header = headerStructure.encode(event.header);
  const prevs = prevsStructure.encode([...event.prevs]);
  const body = enc(prevs, event.n, event.head, event.sentAt, encodeContent(event.content));
  const sig = sign("msg", event.signKey, enc(header, event.kc, body));
  const filled = enc(sig, body);
  const size = paddedSize(filled.length);
  if (size + TAG_BYTES > LIMITS.eventBytes) throw new Fault("wire/too-large");
  const padded = concat(filled, new Uint8Array(size - filled.length));
  const nonce = randomBytes(NONCE_BYTES);
  const ciphertext = aeadSeal(messageKey(event.channelKey, event.header), nonce, header, padded);
  return { header, nonce, ciphertext, hash: eventHash(header, sig), sig };
}

/** The header, from exact bytes; event/newer for a higher version (V1), wire/bad-cbor or wire/bad-shape else. */
export function readHeader(bytes: Uint8Array): EventHeader | FaultCode {
  try {
    const value = parseCbor(bytes);
    if (value !== null && typeof value === "object" && "v" in value && value.v !== VERSION) return "event/newer";
    return parseValue(headerSchema, value);
  } catch (thrown) {
    return asFault(thrown).code;
  }
}

/**
 * First step: place, key, padding. A code when it belongs elsewhere or was altered. `header` is what readHeader made of
 * the event's own bytes, for whoever had to read it before.
 */
export function decryptEvent(
  sealed: SealedEvent,
  keys: Omit<EventKeys, "signPk">,
  header: EventHeader | FaultCode = readHeader(sealed.header),
): DecryptedEvent | FaultCode {
  if (typeof header === "string") return header;
  if (header.ws !== keys.ws || header.channel !== keys.channel || header.class !== keys.class)
    return "event/wrong-place";
  const padded = aeadOpen(messageKey(keys.channelKey, header), sealed.nonce, sealed.header, sealed.ciphertext);
  if (padded === null) return "crypto/cannot-open";
  const parts = parseEnc(padded, 2);
  const [sig, body] = parts?.fields ?? [];
  if (parts === undefined || sig?.length !== SIG_BYTES || body === undefined) return "wire/bad-shape";
  if (padded.length !== paddedSize(padded.length - parts.rest.length) || !isZero(parts.rest))
    return "crypto/bad-padding";
  return { header, sig, body, signed: enc(sealed.header, keys.kc, body), hash: eventHash(sealed.header, sig) };
}

/** Second step: the signature, and only then the content (C3). `cache`: signatures that were found to hold before (C4). */
export function verifyEvent(event: DecryptedEvent, signPk: Uint8Array, cache?: VerifyCache): OpenedEvent | FaultCode {
  if (!verifySignature("msg", signPk, event.signed, event.sig, cache)) return "proof/bad-signature";
  return parseBody(event);
}

function parseBody(event: DecryptedEvent): OpenedEvent | FaultCode {
  const parts = parseEnc(event.body, 5);
  const [prevs, nBytes, head, sentBytes, content] = parts?.fields ?? [];
  if (parts === undefined || parts.rest.length > 0) return "wire/bad-shape";
  if (prevs === undefined || nBytes === undefined || sentBytes === undefined || content === undefined)
    return "wire/bad-shape";
  const n = parseU64(nBytes);
  const sentAt = parseU64(sentBytes);
  if (n === undefined || sentAt === undefined || head?.length !== HASH_BYTES) return "wire/bad-shape";
  try {
    const { header, hash } = event;
    return { header, hash, prevs: prevsStructure.parse(prevs), n, head, sentAt, content: parseContent(content) };
  } catch (thrown) {
    return asFault(thrown).code;
  }
}

/** Both steps: what the event says, or the code that names why it does not count. Never throws on foreign bytes. */
export function openEvent(sealed: SealedEvent, keys: EventKeys): OpenedEvent | FaultCode {
  const decrypted = decryptEvent(sealed, keys);
  return typeof decrypted === "string" ? decrypted : verifyEvent(decrypted, keys.signPk);
}

/**
 * Many events at once, each parsed once; `keysOf` names keys by header, or the code to wait or refuse with. Order is
 * kept. Keys are derived once per channel key, class and device.
 */
export function openEvents(
  sealed: readonly SealedEvent[],
  keysOf: (header: EventHeader) => EventKeys | FaultCode,
): (OpenedEvent | FaultCode)[] {
  return sealed.map((event) => {
    const header = readHeader(event.header);
    if (typeof header === "string") return header;
    const keys = keysOf(header);
    if (typeof keys === "string") return keys;
    const decrypted = decryptEvent(event, keys, header);
    return typeof decrypted === "string" ? decrypted : verifyEvent(decrypted, keys.signPk);
  });
}
