// How the second decoder reads the vectors of structures that anyone can check.
import type { Json, Readers } from "@/tests/vectors/format.ts";
import { annotate, hex, Input } from "@/tests/vectors/format.ts";
import type { Part } from "./bytes.ts";
import { enc, fromBase64url, fromBigEndian, integer, order, refuse, same, takeFields } from "./bytes.ts";
import { decode } from "./cbor.ts";
import { checkKemKey, checkSignKey, H, KDF, verify } from "./primitives.ts";
import type { Fields } from "./structures.ts";
import { card, readContent, readLink, readVerifyCode } from "./structures.ts";

const NONE = new Uint8Array();
const WORKSPACE_CHAIN = new Uint8Array(16);

function parts(input: Input): Part[] {
  return input.inputs("fields").map((field) => {
    if (field.has("hex")) return field.bytes("hex");
    return field.has("int") ? BigInt(field.text("int")) : field.text("text");
  });
}

/** Padmé by its definition: as many low bits zero as the length has bits, less the bits of that number. */
export function padme(length: number): number {
  if (length < 2) return 1;
  const bits = length.toString(2).length - 1;
  const low = 2 ** Math.max(0, bits - bits.toString(2).length);
  return length % low === 0 ? length : length - (length % low) + low;
}

/** Smallest of 512, 768, 1024, 1536 … that fits; above 64 KiB Padmé. */
export function eventSize(length: number): number {
  if (length > 65_536) return padme(length);
  for (let power = 512; ; power *= 2) for (const size of [power, power + power / 2]) if (size >= length) return size;
}

/** 60 digits of a hash in groups of five. */
function digits(hash: Uint8Array): string {
  const all = fromBigEndian(hash).toString().padStart(60, "0").slice(-60);
  return Array.from({ length: 12 }, (_, i) => all.slice(5 * i, 5 * i + 5)).join(" ");
}

const cut = (hash: Uint8Array): Json => hex(hash.slice(0, 16));
const linkHash = (link: Input): Uint8Array =>
  H("link", link.bytes("bytes"), link.bytes("sig"), link.maybe("extra") ?? NONE);
const nextHead = (prev: Uint8Array, n: number, stub: Input): Uint8Array =>
  H("ledger", prev, n, stub.text("kind"), stub.bytes("chain"), stub.int("seq"), stub.bytes("hash"));

function readRcpt(input: Input): Json {
  const entries = input
    .inputs("entries")
    .map((one) => enc(one.text("kind"), one.bytes("id"), one.int("gen"), one.bytes("pub")));
  return hex(H("rcpt", input.bytes("scope"), input.int("epoch"), ...entries.sort(order)));
}

function readSafety(input: Input): Json {
  const people = ["one", "other"].map((name) => {
    const who = new Input(input.json(name));
    return enc(who.bytes("user"), who.bytes("rik"));
  });
  return digits(H("sn", input.bytes("ws"), ...people.sort(order)));
}

/** The first 20 digits of the safety number between somebody's two root keys. */
function readCheck(input: Input): Json {
  const keys = ["before", "after"].map((name) => enc(input.bytes("user"), input.bytes(name)));
  return digits(H("sn", input.bytes("ws"), ...keys.sort(order))).slice(0, 23);
}

function readCard(input: Input): Json {
  const raw = input.bytes("card");
  const value = decode(raw);
  card(value, "card");
  const fields = value as Fields;
  const ws = fields.ws === null ? null : hex(fields.ws as Uint8Array);
  if (ws !== input.json("ws")) refuse("another workspace");
  const [device, puk, recovery] = [fields.device as Fields, fields.puk as Fields, fields.recovery as Fields | null];
  for (const key of [fields.rik, device.sign, ...(recovery === null ? [] : [recovery.auth])])
    checkSignKey(key as Uint8Array);
  for (const key of [device.kem, puk.pk, ...(recovery === null ? [] : [recovery.kem])]) checkKemKey(key as Uint8Array);
  verify("card", fields.rik as Uint8Array, raw, input.bytes("rikSig"));
  verify("pop", device.sign as Uint8Array, raw, input.bytes("popSig"));
  return { value: annotate(value), device: cut(H("device", device.sign as Uint8Array, device.kem as Uint8Array)) };
}

function checkLink(input: Input): Json {
  const raw = input.bytes("bytes");
  const value = readLink(raw);
  verify(input.text("context"), input.bytes("pk"), raw, input.bytes("sig"));
  const extra = input.maybe("extra");
  if (extra !== null) verify(input.text("extraContext"), input.bytes("extraPk"), raw, extra);
  return { value: annotate(value), hash: hex(linkHash(input)) };
}

function readChain(input: Input): Json {
  let head: Uint8Array = new Uint8Array(32);
  const seqs = new Map<string, number>();
  let ws: Json = null;
  for (const [at, entry] of input.inputs("entries").entries()) {
    const stub = new Input(entry.json("stub"));
    const chain = stub.text("chain");
    if (stub.int("seq") !== (seqs.get(chain) ?? 0) + 1) refuse("gap");
    if ((stub.text("kind") === "W") !== same(stub.bytes("chain"), WORKSPACE_CHAIN)) refuse("label");
    if (entry.json("link") === null) refuse("body withheld");
    const link = new Input(entry.json("link"));
    if (!same(linkHash(link), stub.bytes("hash"))) refuse("link hash");
    const fields = readLink(link.bytes("bytes"));
    const labelled = fields.kind === stub.text("kind") && fields.seq === stub.int("seq");
    if (!labelled || hex(fields.chain as Uint8Array) !== chain) refuse("mislabelled");
    if (fields.n !== at + 1 || !same(fields.prev as Uint8Array, head)) refuse("place");
    ws ??= stub.text("hash");
    seqs.set(chain, stub.int("seq"));
    head = nextHead(head, at + 1, stub);
  }
  return { ws, n: input.list("entries").length, head: hex(head) };
}

function readLogin(input: Input): Json {
  const bytes = enc(
    input.text("as"),
    input.text("origin"),
    input.maybe("ws") ?? NONE,
    input.bytes("id"),
    input.bytes("challenge"),
    input.bytes("nonce"),
    input.int("expires"),
  );
  verify("auth", input.bytes("pk"), bytes, input.bytes("sig"));
  return hex(bytes);
}

function readRequest(input: Input): Json {
  const [ws, scope, user, device] = ["ws", "scope", "user", "device"].map((name) => input.bytes(name));
  const bytes = enc(ws ?? NONE, scope ?? NONE, input.int("epoch"), user ?? NONE, device ?? NONE, input.int("at"));
  verify("request", input.bytes("pk"), bytes, input.bytes("sig"));
  return hex(bytes);
}

function readHeads(input: Input): Json {
  let head: Uint8Array = new Uint8Array(32);
  return input.inputs("stubs").map((stub, at) => {
    head = nextHead(head, at + 1, stub);
    return hex(head);
  });
}

/** Runs a check that refuses by throwing. */
const passes = (check: () => void): Json => {
  check();
  return true;
};

export const publicReaders: Readers = {
  "encoding/enc": (input) => hex(enc(...parts(input))),
  "encoding/parseEnc": (input) => {
    const { fields, rest } = takeFields(input.bytes("bytes"), input.int("count"));
    return { fields: fields.map(hex), rest: hex(rest) };
  },
  "encoding/u64": (input) => integer(input.bytes("bytes")),
  "encoding/base64url": (input) => hex(fromBase64url(input.text("text"))),
  "encoding/cbor": (input) => annotate(decode(input.bytes("bytes"))),
  "encoding/padding": (input) => ({ event: eventSize(input.int("length")), file: padme(input.int("length")) }),
  "hash/H": (input) => hex(H(input.text("label"), ...parts(input))),
  "hash/KDF": (input) => hex(KDF(input.bytes("key"), input.text("label"), ...parts(input))),
  "hash/link": (input) => hex(linkHash(input)),
  "hash/event": (input) => hex(H("event", input.bytes("header"), input.bytes("sig"))),
  "hash/device": (input) => cut(H("device", input.bytes("sign"), input.bytes("kem"))),
  "hash/invite": (input) => {
    const [ws, rik, sign, box] = ["ws", "rik", "sign", "box"].map((name) => input.bytes(name));
    return cut(H("invite", ws ?? NONE, rik ?? NONE, sign ?? NONE, box ?? NONE, input.maybe("kem") ?? NONE));
  },
  "hash/inviteBoxCommit": (input) => hex(H("invite-box-commit", input.bytes("key"))),
  "hash/epochCommit": (input) =>
    hex(H("epoch-commit", input.bytes("ws"), input.bytes("scope"), input.int("epoch"), input.bytes("key"))),
  "hash/rcpt": readRcpt,
  "hash/mainChannel": (input) => cut(H("main-channel", input.bytes("scope"))),
  "hash/stateChannel": (input) => hex(input.bytes("scope")),
  "hash/workspaceScope": (input) => cut(input.bytes("ws")),
  "hash/selfScope": (input) => cut(H("self", input.bytes("ws"), input.bytes("user"))),
  "hash/safetyNumber": readSafety,
  "return/check": readCheck,
  "hash/workspaceNumber": (input) => digits(H("wn", input.bytes("ws"), input.bytes("rik"))),
  "signature/verify": (input) =>
    passes(() => verify(input.text("context"), input.bytes("pk"), input.bytes("bytes"), input.bytes("sig"))),
  "signature/publicKey": (input) => passes(() => checkSignKey(input.bytes("pk"))),
  "signature/kemKey": (input) => passes(() => checkKemKey(input.bytes("pk"))),
  "card/card": readCard,
  "card/pop": (input) => {
    const bytes = enc("device", input.bytes("ws"), input.bytes("user"), input.bytes("device"));
    return passes(() => verify("pop", input.bytes("pk"), bytes, input.bytes("sig")));
  },
  "link/link": checkLink,
  "ledger/heads": readHeads,
  "ledger/chain": readChain,
  "content/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "verify/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "circle/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "fleeting/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "index/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "unsent/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "daily/content": (input) => annotate(readContent(input.bytes("bytes"))),
  "verify/code": (input) => {
    const [scheme, purpose, version, body = "", ...rest] = input.text("text").split(":");
    if (scheme !== "tacit" || purpose !== "verify" || version !== "1" || rest.length > 0) refuse("verify code");
    const code = readVerifyCode(fromBase64url(body));
    return Object.fromEntries(
      Object.entries(code).map(([name, value]) => [name, value instanceof Uint8Array ? hex(value) : (value as number)]),
    );
  },
  "login/login": readLogin,
  "login/request": readRequest,
};
