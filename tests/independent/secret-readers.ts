// How the second decoder reads the vectors of structures that only the holder of a secret can open.
import { sha256 } from "@noble/hashes/sha2.js";
// The word list is BIP39's published table; no code comes along with it.
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Input, Json, Readers } from "@/tests/vectors/format.ts";
import { annotate, hex } from "@/tests/vectors/format.ts";
import { allZero, enc, fromBase64url, integer, refuse, same, takeFields } from "./bytes.ts";
import { decode } from "./cbor.ts";
import {
  aeadOpen,
  blake,
  box,
  H,
  KDF,
  kemPublic,
  openBox,
  openSeal,
  Stream,
  seal,
  sign,
  signPublic,
  verify,
} from "./primitives.ts";
import { eventSize, padme } from "./readers.ts";
import { SecretStream, segmentAd } from "./secretstream.ts";
import type { Fields } from "./structures.ts";
import { header, inviteBox, readContent, references } from "./structures.ts";

const NONE = new Uint8Array();

/** A seal's context or a box's additional data. */
function contextOf(input: Input): Uint8Array {
  const purpose = input.text("purpose");
  if (purpose === "box/invite") return enc(purpose, input.bytes("of"));
  const place = [input.bytes("ws"), input.bytes("of"), input.int("epoch")] as const;
  if (purpose.startsWith("box/")) return enc(purpose, ...place);
  return enc(purpose, ...place, input.text("to"), input.bytes("id"), input.int("gen"));
}

function accept(input: Input, epoch: number, kc: Uint8Array, key: Uint8Array): Json {
  const made = H("epoch-commit", input.bytes("ws"), input.bytes("scope"), epoch, key);
  if (key.length !== 32 || !same(made, kc)) refuse("commitment");
  return hex(key);
}

function acceptPuk(pk: Uint8Array, seed: Uint8Array): Json {
  if (seed.length !== 32 || !same(kemPublic(seed), pk)) refuse("commitment");
  return hex(seed);
}

function readEpochSeal(input: Input): Json {
  const place = [input.bytes("ws"), input.bytes("scope"), input.int("epoch")] as const;
  const context = enc("seal/epoch", ...place, input.text("to"), input.bytes("id"), input.int("toGen"));
  return accept(
    input,
    input.int("epoch"),
    input.bytes("kc"),
    openSeal(input.bytes("seed"), context, input.bytes("ct")),
  );
}

function readPrevBox(input: Input): Json {
  const epoch = input.int("epoch");
  const ad = enc("box/prev", input.bytes("ws"), input.bytes("scope"), epoch);
  const key = openBox(KDF(input.bytes("key"), "prev"), ad, input.bytes("ct"));
  return accept(input, epoch - 1, input.bytes("previousKc"), key);
}

function readPukSeal(input: Input): Json {
  const place = [input.bytes("ws"), input.bytes("user"), input.int("gen")] as const;
  const context = enc("seal/puk", ...place, input.text("to"), input.bytes("id"), input.int("toGen"));
  return acceptPuk(input.bytes("pk"), openSeal(input.bytes("seed"), context, input.bytes("ct")));
}

function readPukBox(input: Input): Json {
  const ad = enc("box/puk", input.bytes("ws"), input.bytes("user"), input.int("gen"));
  return acceptPuk(input.bytes("previousPk"), openBox(KDF(input.bytes("seed"), "prev-puk"), ad, input.bytes("ct")));
}

function readEvent(input: Input): Json {
  const raw = input.bytes("header");
  const value = decode(raw);
  header(value, "header");
  const fields = value as Fields;
  for (const name of ["ws", "channel"])
    if (!same(fields[name] as Uint8Array, input.bytes(name))) refuse("another place");
  if (fields.class !== input.text("class")) refuse("another class");
  const key = KDF(input.bytes("channelKey"), "msg", input.text("class"), fields.device as Uint8Array);
  const padded = aeadOpen(key, input.bytes("nonce"), raw, input.bytes("ciphertext"));
  const outer = takeFields(padded, 2);
  const [sig = NONE, body = NONE] = outer.fields;
  if (!allZero(outer.rest) || eventSize(padded.length - outer.rest.length) !== padded.length) refuse("padding");
  verify("msg", input.bytes("signPk"), enc(raw, input.bytes("kc"), body), sig);
  const inner = takeFields(body, 5);
  if (inner.rest.length > 0) refuse("bytes after the body");
  const [prevs = NONE, n = NONE, head = NONE, sentAt = NONE, content = NONE] = inner.fields;
  if (head.length !== 32) refuse("head");
  const refs = decode(prevs);
  references(refs, "prevs");
  return {
    header: annotate(value),
    prevs: annotate(refs),
    n: integer(n),
    head: hex(head),
    sentAt: integer(sentAt),
    content: annotate(readContent(content)),
    hash: hex(H("event", raw, sig)),
  };
}

/** The parts of a link's fragment after its version. */
function fragment(input: Input, version: string, lengths: readonly number[]): Uint8Array[] {
  const [first, ...rest] = input.text("fragment").trim().replace(/^#/, "").split(".");
  if (first !== version || rest.length !== lengths.length) refuse("fragment");
  return rest.map((part, at) => {
    const bytes = fromBase64url(part);
    return bytes.length === lengths[at] ? bytes : refuse("fragment part");
  });
}

function inviteKeys(secret: Uint8Array, ws: Uint8Array, rik: Uint8Array, mode: string) {
  const sign = signPublic(KDF(secret, "invite-sign"));
  const commit = H("invite-box-commit", KDF(secret, "invite-box"));
  const kem = mode === "instant" ? kemPublic(KDF(secret, "invite-kem")) : null;
  const id = H("invite", ws, rik, sign, commit, kem ?? NONE).slice(0, 16);
  return { id, sign, box: commit, kem };
}

function readInviteBox(input: Input): Json {
  const [id = NONE, secret = NONE] = fragment(input, "v1", [16, 32]);
  const value = decode(openBox(KDF(secret, "invite-box"), enc("box/invite", id), input.bytes("box")));
  inviteBox(value, "invite");
  const { ws, inviterRik } = value as Fields;
  for (const mode of ["instant", "approval"])
    if (same(inviteKeys(secret, ws as Uint8Array, inviterRik as Uint8Array, mode).id, id))
      return { mode, value: annotate(value) };
  return refuse("the box leads elsewhere");
}

function readWords(input: Input): Json {
  const words =
    input
      .text("words")
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  if (words.length !== 24) refuse("24 words");
  const bits = words.map((word) => {
    const place = wordlist.indexOf(word);
    return place < 0 ? refuse("foreign word") : place.toString(2).padStart(11, "0");
  });
  const bytes = Uint8Array.from(bits.join("").match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const code = bytes.slice(0, 32);
  if (sha256(code)[0] !== bytes[32]) refuse("checksum");
  return { code: hex(code), words: [...words], tags: words.map((word, at) => tag(word, at)) };
}
const tag = (word: string, at: number): number => (H("recovery-tag", at, word)[0] as number) % 16;

function readRecoveryKeys(input: Input): Json {
  const key = (label: string) => KDF(input.bytes("code"), label, input.bytes("ws"));
  const auth = signPublic(key("recovery-auth"));
  const kem = kemPublic(key("recovery-kem"));
  return { box: hex(key("recovery-box")), auth: hex(auth), kem: hex(kem), login: hex(auth.slice(0, 16)) };
}

function readRoot(input: Input): Json {
  const key = KDF(input.bytes("code"), "recovery-box", input.bytes("ws"));
  const ad = enc("box/root", input.bytes("ws"), input.bytes("user"), input.int("gen"));
  const seed = openBox(key, ad, input.bytes("ct"));
  if (seed.length !== 32 || !same(signPublic(seed), input.bytes("rik"))) refuse("another root");
  return hex(seed);
}

const SEGMENT = 8 * 1024 * 1024;
const chunkOf = (padded: number): number => (padded < 4 * 1024 * 1024 ? 65_536 : 1_048_576);

/** Where each segment's true bytes lie, and its sizes. */
function cuts(size: number): { from: number; to: number; plainBytes: number; sealedBytes: number }[] {
  if (!Number.isInteger(size) || size < 0 || size > 2 ** 32) refuse("file size");
  const padded = padme(size);
  const chunk = chunkOf(padded);
  return Array.from({ length: Math.ceil(padded / SEGMENT) }, (_, at) => {
    const plainBytes = Math.min(SEGMENT, padded - at * SEGMENT);
    const [from, to] = [at * SEGMENT, at * SEGMENT + plainBytes].map((place) => Math.min(place, size));
    const sealedBytes = 24 + plainBytes + 17 * Math.ceil(plainBytes / chunk);
    return { from: from as number, to: to as number, plainBytes, sealedBytes };
  });
}

function readSegment(input: Input): Json {
  const [all, index, sealed, hashes] = [
    cuts(input.int("size")),
    input.int("index"),
    input.bytes("sealed"),
    input.bytesList("hashes"),
  ];
  const [cut, expected] = [all[index], hashes[index]];
  if (cut === undefined || expected === undefined || hashes.length !== all.length) return refuse("segments");
  if (sealed.length !== cut.sealedBytes || !same(blake(sealed), expected)) refuse("hash");
  const stream = new SecretStream(KDF(input.bytes("key"), "seg", index), sealed.slice(0, 24));
  const step = chunkOf(padme(input.int("size"))) + 17;
  const plain: number[] = [];
  for (let at = 24; at < sealed.length; at += step) {
    const { plaintext, tag: found } = stream.open(sealed.slice(at, at + step), segmentAd(input.bytes("blob"), index));
    if (found !== (at + step >= sealed.length ? 3 : 0)) refuse("tag");
    plain.push(...plaintext);
  }
  const bytes = Uint8Array.from(plain);
  if (!allZero(bytes.slice(cut.to - cut.from))) refuse("padding");
  return hex(bytes.slice(0, cut.to - cut.from));
}

/** Bytes of the file vectors: the high byte of each state of x → 1664525 x + 1013904223 modulo 2^32, from 1. */
function fileContent(size: number): Uint8Array {
  const out = new Uint8Array(size);
  let state = 1;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    out[at] = state >>> 24;
  }
  return out;
}

function readLarge(input: Input): Json {
  const [size, random] = [input.int("size"), new Stream(input.bytes("seed"))];
  const content = fileContent(size);
  const chunk = chunkOf(padme(size));
  return cuts(size).map((cut, index) => {
    const head = random.draw(24);
    const stream = new SecretStream(KDF(input.bytes("key"), "seg", index), head);
    const plain = new Uint8Array(cut.plainBytes);
    plain.set(content.subarray(cut.from, cut.to));
    const sealed = new Uint8Array(cut.sealedBytes);
    sealed.set(head);
    for (let at = 0, to = 24; at < plain.length; at += chunk, to += chunk + 17) {
      const last = at + chunk >= plain.length;
      sealed.set(stream.seal(plain.subarray(at, at + chunk), segmentAd(input.bytes("blob"), index), last ? 3 : 0), to);
    }
    return { header: hex(head), bytes: sealed.length, hash: hex(blake(sealed)) };
  });
}

const random = (input: Input): Stream => new Stream(input.bytes("seed"));

export const secretReaders: Readers = {
  "signature/sign": (input) => {
    const seed = input.bytes("seed");
    return { pk: hex(signPublic(seed)), sig: hex(sign(input.text("context"), seed, input.bytes("bytes"))) };
  },
  "seal/context": (input) => hex(contextOf(input)),
  "seal/seal": (input) => hex(seal(random(input), input.bytes("pk"), input.bytes("context"), input.bytes("plaintext"))),
  "seal/open": (input) => hex(openSeal(input.bytes("kemSeed"), input.bytes("context"), input.bytes("sealed"))),
  "seal/box": (input) => hex(box(random(input), input.bytes("key"), input.bytes("ad"), input.bytes("plaintext"))),
  "seal/openBox": (input) => hex(openBox(input.bytes("key"), input.bytes("ad"), input.bytes("boxed"))),
  "epoch/accept": (input) => accept(input, input.int("epoch"), input.bytes("kc"), input.bytes("key")),
  "epoch/seal": readEpochSeal,
  "epoch/prevBox": readPrevBox,
  "epoch/pukSeal": readPukSeal,
  "epoch/pukBox": readPukBox,
  "epoch/channelKey": (input) => hex(KDF(input.bytes("key"), "chan", input.bytes("channel"))),
  "epoch/self": (input) => ({ key: hex(KDF(input.bytes("seed"), "self")), kc: hex(kemPublic(input.bytes("seed"))) }),
  "event/event": readEvent,
  "invite/fragment": (input) => {
    const [id = NONE, secret = NONE] = fragment(input, "v1", [16, 32]);
    return { invite: hex(id), secret: hex(secret) };
  },
  "return/fragment": (input) => {
    const [id = NONE, secret = NONE, user = NONE] = fragment(input, "r1", [16, 32, 16]);
    return { invite: hex(id), secret: hex(secret), user: hex(user) };
  },
  "invite/setup": (input) => hex(fragment(input, "s1", [32])[0] ?? NONE),
  "invite/keys": (input) => {
    const made = inviteKeys(input.bytes("secret"), input.bytes("ws"), input.bytes("rik"), input.text("mode"));
    return {
      id: hex(made.id),
      sign: hex(made.sign),
      box: hex(made.box),
      kem: made.kem === null ? null : hex(made.kem),
    };
  },
  "invite/open": readInviteBox,
  "recovery/words": readWords,
  "recovery/keys": readRecoveryKeys,
  "recovery/root": readRoot,
  "file/cut": (input) => cuts(input.int("size")),
  "file/segment": readSegment,
  "file/large": readLarge,
};
