// How the project's own code reads each group of vectors: public structures, hashes, signatures.
import { equal } from "@/lib/base/bytes.ts";
import type { Field } from "@/lib/base/encoding.ts";
import { enc, parseBase64url, parseEnc, parseU64 } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Id } from "@/lib/base/ids.ts";
import { idBytes, mintId, stateChannel, workspaceScope } from "@/lib/base/ids.ts";
import { KDF } from "@/lib/crypto/keys.ts";
import {
  deviceId,
  epochCommit,
  eventHash,
  GENESIS_PREV,
  H,
  inviteBoxCommit,
  inviteId,
  linkHash,
  mainChannel,
  nextHead,
  popBytes,
  rcptHash,
  safetyNumber,
  selfScope,
  workspaceNumber,
} from "@/lib/proof/hash.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import type { SigContext } from "@/lib/proof/verify.ts";
import { checkKemKey, checkPublicKey, parseCard, verifySignature } from "@/lib/proof/verify.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import { encodeContent, parseContent } from "@/lib/protocol/event.ts";
import { paddedSize, padmeSize } from "@/lib/protocol/file.ts";
import type { LinkKind, SignedLink, Stub } from "@/lib/protocol/link.ts";
import { encodeLink, parseLink } from "@/lib/protocol/link.ts";
import { loginBytes, requestBytes } from "@/lib/protocol/signed.ts";
import { parseVerifyCode } from "@/lib/protocol/verify/code.ts";
import type { Json, Readers } from "./format.ts";
import { annotate, hex, Input } from "./format.ts";

/** An id out of raw bytes. */
export const idOf = <K extends string>(bytes: Uint8Array): Id<K> => mintId<K>(bytes);
/** A value, or the Fault that a code stands for. */
export function orFault<T>(value: T | FaultCode | null, otherwise: FaultCode = "bug/unexpected"): Exclude<T, string> {
  if (value === null) throw new Fault(otherwise);
  if (typeof value === "string") throw new Fault(value as FaultCode);
  return value as Exclude<T, string>;
}
const must = (good: boolean, code: FaultCode): Json => {
  if (!good) throw new Fault(code);
  return true;
};
const context = (input: Input, name = "context") => input.text(name) as SigContext;

function fieldsOf(input: Input): Field[] {
  return input.inputs("fields").map((field) => {
    if (field.has("hex")) return field.bytes("hex");
    return field.has("int") ? BigInt(field.text("int")) : field.text("text");
  });
}

const signedLink = (input: Input): SignedLink => ({
  bytes: input.bytes("bytes"),
  sig: input.bytes("sig"),
  extra: input.maybe("extra"),
});
const stubOf = (input: Input): Stub => ({
  kind: input.text("kind") as LinkKind,
  chain: idOf(input.bytes("chain")),
  seq: input.int("seq"),
  hash: input.bytes("hash"),
});

function readLink(input: Input): Json {
  const link = signedLink(input);
  const parsed = parseLink(link.bytes);
  must(equal(encodeLink(parsed), link.bytes), "wire/bad-cbor");
  must(verifySignature(context(input), input.bytes("pk"), link.bytes, link.sig), "proof/bad-signature");
  if (link.extra !== null) {
    const extra = context(input, "extraContext");
    must(verifySignature(extra, input.bytes("extraPk"), link.bytes, link.extra), "proof/bad-signature");
  }
  return { value: annotate(parseCbor(link.bytes)), hash: hex(linkHash(link)) };
}

/** Folds entries from nothing with the eyes of one who must see every body; a stop refuses. */
function readChain(input: Input): Json {
  const entries = input.inputs("entries").map((one) => ({
    stub: stubOf(new Input(one.json("stub"))),
    link: one.json("link") === null ? null : signedLink(new Input(one.json("link"))),
  }));
  const state = foldLedger(entries, { kind: "all" });
  if (state.stop !== null) throw new Fault(state.stop.code);
  return { ws: hex(idBytes(state.ws)), n: state.n, head: hex(state.head) };
}

function readHeads(input: Input): Json {
  let prev: Uint8Array = GENESIS_PREV;
  return input.inputs("stubs").map((stub, at) => {
    prev = nextHead(prev, at + 1, stubOf(stub));
    return hex(prev);
  });
}

function readRcpt(input: Input): Json {
  const entries = input.inputs("entries").map((one) => ({
    kind: one.text("kind") as "user" | "invite",
    id: idOf<"user">(one.bytes("id")),
    gen: one.int("gen"),
    pub: one.bytes("pub"),
  }));
  return hex(rcptHash(idOf(input.bytes("scope")), input.int("epoch"), entries));
}

function readCard(input: Input): Json {
  const signed = { card: input.bytes("card"), rikSig: input.bytes("rikSig"), popSig: input.bytes("popSig") };
  const ws = input.maybe("ws");
  const card = parseCard(signed, { ws: ws === null ? null : idOf(ws) });
  must(equal(cardStructure.encode(card), signed.card), "wire/bad-cbor");
  return { value: annotate(parseCbor(signed.card)), device: hex(idBytes(deviceId(card.device))) };
}

function readSafety(input: Input): Json {
  const [one, other] = (["one", "other"] as const).map((name) => new Input(input.json(name)));
  const person = (who: Input | undefined) => ({
    user: idOf<"user">(who?.bytes("user") ?? new Uint8Array()),
    rik: who?.bytes("rik") ?? new Uint8Array(),
  });
  return safetyNumber(idOf(input.bytes("ws")), person(one), person(other));
}

function readLogin(input: Input): Json {
  const ws = input.maybe("ws");
  const bytes = loginBytes({
    as: input.text("as") as "device",
    origin: input.text("origin"),
    ws: ws === null ? null : idOf(ws),
    id: idOf(input.bytes("id")),
    challenge: input.bytes("challenge"),
    nonce: input.bytes("nonce"),
    expires: input.int("expires"),
  });
  must(verifySignature("auth", input.bytes("pk"), bytes, input.bytes("sig")), "proof/bad-signature");
  return hex(bytes);
}

function readRequest(input: Input): Json {
  const bytes = requestBytes({
    ws: idOf(input.bytes("ws")),
    scope: idOf(input.bytes("scope")),
    epoch: input.int("epoch"),
    user: idOf(input.bytes("user")),
    device: idOf(input.bytes("device")),
    at: input.int("at"),
  });
  must(verifySignature("request", input.bytes("pk"), bytes, input.bytes("sig")), "proof/bad-signature");
  return hex(bytes);
}

function readContent(input: Input): Json {
  const bytes = input.bytes("bytes");
  must(equal(encodeContent(parseContent(bytes)), bytes), "wire/bad-cbor");
  return annotate(parseCbor(bytes));
}

function readEnc(input: Input): Json {
  const parsed = parseEnc(input.bytes("bytes"), input.int("count"));
  if (parsed === undefined) throw new Fault("wire/bad-shape");
  return { fields: parsed.fields.map(hex), rest: hex(parsed.rest) };
}

const orShape = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Fault("wire/bad-shape");
  return value;
};

/** Structures that anyone can check. */
export const publicReaders: Readers = {
  "encoding/enc": (input) => hex(enc(...fieldsOf(input))),
  "encoding/parseEnc": readEnc,
  "encoding/u64": (input) => orShape(parseU64(input.bytes("bytes"))),
  "encoding/base64url": (input) => hex(orShape(parseBase64url(input.text("text")))),
  "encoding/cbor": (input) => annotate(parseCbor(input.bytes("bytes"))),
  "encoding/padding": (input) => ({ event: paddedSize(input.int("length")), file: padmeSize(input.int("length")) }),
  "hash/H": (input) => hex(H(input.text("label"), ...fieldsOf(input))),
  "hash/KDF": (input) => hex(KDF(input.bytes("key"), input.text("label"), ...fieldsOf(input))),
  "hash/link": (input) => hex(linkHash(signedLink(input))),
  "hash/event": (input) => hex(eventHash(input.bytes("header"), input.bytes("sig"))),
  "hash/device": (input) => hex(idBytes(deviceId({ sign: input.bytes("sign"), kem: input.bytes("kem") }))),
  "hash/invite": (input) =>
    hex(
      idBytes(
        inviteId(
          idOf(input.bytes("ws")),
          input.bytes("rik"),
          input.bytes("sign"),
          input.bytes("box"),
          input.maybe("kem"),
        ),
      ),
    ),
  "hash/inviteBoxCommit": (input) => hex(inviteBoxCommit(input.bytes("key"))),
  "hash/epochCommit": (input) =>
    hex(epochCommit(idOf(input.bytes("ws")), idOf(input.bytes("scope")), input.int("epoch"), input.bytes("key"))),
  "hash/rcpt": readRcpt,
  "hash/mainChannel": (input) => hex(idBytes(mainChannel(idOf(input.bytes("scope"))))),
  "hash/stateChannel": (input) => hex(idBytes(stateChannel(idOf(input.bytes("scope"))))),
  "hash/workspaceScope": (input) => hex(idBytes(workspaceScope(idOf(input.bytes("ws"))))),
  "hash/selfScope": (input) => hex(idBytes(selfScope(idOf(input.bytes("ws")), idOf(input.bytes("user"))))),
  "hash/safetyNumber": readSafety,
  "hash/workspaceNumber": (input) => workspaceNumber(idOf(input.bytes("ws")), input.bytes("rik")),
  "signature/verify": (input) =>
    must(
      verifySignature(context(input), input.bytes("pk"), input.bytes("bytes"), input.bytes("sig")),
      "proof/bad-signature",
    ),
  "signature/publicKey": (input) => must(checkPublicKey(input.bytes("pk")), "proof/bad-key"),
  "signature/kemKey": (input) => must(checkKemKey(input.bytes("pk")), "proof/bad-key"),
  "card/card": readCard,
  "card/pop": (input) => {
    const bytes = popBytes(idOf(input.bytes("ws")), idOf(input.bytes("user")), idOf(input.bytes("device")));
    return must(verifySignature("pop", input.bytes("pk"), bytes, input.bytes("sig")), "proof/bad-signature");
  },
  "link/link": readLink,
  "ledger/heads": readHeads,
  "ledger/chain": readChain,
  "content/content": readContent,
  "verify/content": readContent,
  "circle/content": readContent,
  "daily/content": readContent,
  "unsent/content": readContent,
  "index/content": readContent,
  "fleeting/content": readContent,
  "verify/code": (input) => {
    const { ws, by, own, to, theirs, n, head } = parseVerifyCode(input.text("text"));
    const ids = { ws: hex(idBytes(ws)), by: hex(idBytes(by)), to: hex(idBytes(to)) };
    return { ...ids, own: hex(own), theirs: hex(theirs), n, head: hex(head) };
  },
  "login/login": readLogin,
  "login/request": readRequest,
};
