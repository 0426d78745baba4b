// How the project's own code reads each group of vectors: seals, boxes, epochs, events, invites, recovery, files.
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { keyCheck } from "@/lib/client/renewal/check.ts";
import { acceptEpochKey, channelKey, openEpochSeal, openPreviousEpoch } from "@/lib/crypto/epoch.ts";
import { openSegment, sealSegment, segmentsOf } from "@/lib/crypto/file.ts";
import { openPreviousPuk, openPukSeal, selfEpoch } from "@/lib/crypto/identity.ts";
import { inviteOf, openInvite } from "@/lib/crypto/invite.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { openEvent } from "@/lib/crypto/message.ts";
import { withSeed } from "@/lib/crypto/random.ts";
import { openRoot, parseWords, recoveryKeys, recoveryLoginId, wordsOf, wordTags } from "@/lib/crypto/recovery.ts";
import {
  box,
  epochSealCtx,
  inviteBoxAd,
  openBox,
  openSeal,
  prevBoxAd,
  pukBoxAd,
  pukSealCtx,
  rootBoxAd,
  seal,
} from "@/lib/crypto/seal.ts";
import { sign, signPublic } from "@/lib/crypto/sign.ts";
import type { SigContext } from "@/lib/proof/verify.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import { encodeContent, prevsStructure } from "@/lib/protocol/event.ts";
import {
  inviteBoxStructure,
  parseInviteFragment,
  parseReturnFragment,
  parseSetupFragment,
} from "@/lib/protocol/invite.ts";
import type { Input, Json, Readers } from "./format.ts";
import { annotate, hex } from "./format.ts";
import { idOf, orFault } from "./readers.ts";

/** The bytes that file vectors are made of: a linear congruential generator, the high byte of each state. */
export function fileContent(size: number): Uint8Array {
  const out = new Uint8Array(size);
  let state = 1;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[at] = state >>> 24;
  }
  return out;
}

const named = (input: Input) => ({
  ws: idOf<"workspace">(input.bytes("ws")),
  scope: idOf<"scope">(input.bytes("scope")),
  epoch: input.int("epoch"),
});
const owned = (input: Input) => ({
  ws: idOf<"workspace">(input.bytes("ws")),
  user: idOf<"user">(input.bytes("user")),
  gen: input.int("gen"),
});
const recipient = (input: Input) => ({ id: idOf<string>(input.bytes("id")), gen: input.int("toGen") });
const exposed = (secret: Parameters<typeof exposeSecret>[0]): Json => hex(exposeSecret(secret));

function contextOf(input: Input): Uint8Array {
  const ws = () => idOf<"workspace">(input.bytes("ws"));
  const of = () => input.bytes("of");
  const epoch = () => input.int("epoch");
  const to = () => ({ id: idOf<string>(input.bytes("id")), gen: input.int("gen") });
  switch (input.text("purpose")) {
    case "seal/epoch":
      return epochSealCtx(ws(), idOf(of()), epoch(), { to: input.text("to") as "user", ...to() });
    case "seal/puk":
      return pukSealCtx(ws(), idOf(of()), epoch(), { to: input.text("to") as "device", ...to() });
    case "box/prev":
      return prevBoxAd(ws(), idOf(of()), epoch());
    case "box/puk":
      return pukBoxAd(ws(), idOf(of()), epoch());
    case "box/root":
      return rootBoxAd(ws(), idOf(of()), epoch());
    default:
      return inviteBoxAd(idOf(of()));
  }
}

function readEpochSeal(input: Input): Json {
  const to = input.text("to") as "user" | "invite";
  const name = named(input);
  const row = { purpose: "epoch", ...name, to, recipient: idOf<"recipient">(input.bytes("id")), gen: 0 } as const;
  const mine = { to, ...recipient(input), seed: secretFrom("puk", input.bytes("seed")) };
  const ct = toBase64url(input.bytes("ct"));
  return exposed(orFault(openEpochSeal({ ...name, kc: input.bytes("kc") }, { ...row, ct }, mine)));
}

function readPrevBox(input: Input): Json {
  const name = named(input);
  const row = { purpose: "prev", scope: name.scope, epoch: name.epoch, ct: toBase64url(input.bytes("ct")) } as const;
  const key = secretFrom("epoch", input.bytes("key"));
  return exposed(orFault(openPreviousEpoch(name, key, input.bytes("previousKc"), row)));
}

function readPukSeal(input: Input): Json {
  const to = input.text("to") as "device" | "recovery";
  const name = owned(input);
  const row = { purpose: "puk", scope: idOf<"scope">(input.bytes("user")), epoch: name.gen, to, gen: 0 } as const;
  const mine = { to, ...recipient(input), seed: secretFrom("device-kem", input.bytes("seed")) };
  const sealed = { ...row, recipient: idOf<"recipient">(input.bytes("id")), ct: toBase64url(input.bytes("ct")) };
  return exposed(orFault(openPukSeal({ ...name, pk: input.bytes("pk") }, sealed, mine)));
}

function readPukBox(input: Input): Json {
  const name = owned(input);
  const ct = toBase64url(input.bytes("ct"));
  const row = { purpose: "puk", scope: idOf<"scope">(input.bytes("user")), epoch: name.gen, ct } as const;
  return exposed(
    orFault(openPreviousPuk(name, secretFrom("puk", input.bytes("seed")), input.bytes("previousPk"), row)),
  );
}

function readEvent(input: Input): Json {
  const sealed = {
    header: input.bytes("header"),
    nonce: input.bytes("nonce"),
    ciphertext: input.bytes("ciphertext"),
  };
  const opened = orFault(
    openEvent(sealed, {
      ws: idOf(input.bytes("ws")),
      channel: idOf(input.bytes("channel")),
      class: input.text("class") as "stored",
      channelKey: secretFrom("channel", input.bytes("channelKey")),
      kc: input.bytes("kc"),
      signPk: input.bytes("signPk"),
    }),
  );
  return {
    header: annotate(parseCbor(sealed.header)),
    prevs: annotate(parseCbor(prevsStructure.encode([...opened.prevs]))),
    n: opened.n,
    head: hex(opened.head),
    sentAt: opened.sentAt,
    content: annotate(parseCbor(encodeContent(opened.content))),
    hash: hex(opened.hash),
  };
}

function readInviteKeys(input: Input): Json {
  const secret = secretFrom("invite", input.bytes("secret"));
  const mode = input.text("mode") as "instant" | "approval";
  const invite = inviteOf(secret, idOf(input.bytes("ws")), input.bytes("rik"), mode);
  const { sign: signKey, box: boxKey, kem } = invite.public;
  return { id: hex(idBytes(invite.id)), sign: hex(signKey), box: hex(boxKey), kem: kem === null ? null : hex(kem) };
}

function readInviteBox(input: Input): Json {
  const opened = orFault(openInvite(parseInviteFragment(input.text("fragment")), toBase64url(input.bytes("box"))));
  return { mode: opened.mode, value: annotate(parseCbor(inviteBoxStructure.encode(opened.box))) };
}

function readWords(input: Input): Json {
  const code = parseWords(input.text("words"));
  if ("foreign" in code) throw new Fault(code.code);
  return { code: exposed(code), words: wordsOf(code), tags: wordTags(wordsOf(code)) };
}

function readRecoveryKeys(input: Input): Json {
  const keys = recoveryKeys(secretFrom("recovery", input.bytes("code")), idOf(input.bytes("ws")), 1);
  const login = hex(idBytes(recoveryLoginId(keys.public.auth)));
  return { box: exposed(keys.box), auth: hex(keys.public.auth), kem: hex(keys.public.kem), login };
}

function readRoot(input: Input): Json {
  const name = owned(input);
  const keys = recoveryKeys(secretFrom("recovery", input.bytes("code")), name.ws, name.gen);
  const ct = toBase64url(input.bytes("ct"));
  const row = { purpose: "root", scope: idOf<"scope">(input.bytes("user")), epoch: name.gen, ct } as const;
  return exposed(orFault(openRoot({ ...name, rik: input.bytes("rik") }, keys, row)));
}

function readSegment(input: Input): Json {
  const file = {
    key: secretFrom("file", input.bytes("key")),
    blob: idOf<"blob">(input.bytes("blob")),
    size: input.int("size"),
    segments: input.bytesList("hashes"),
  };
  return hex(openSegment(file, input.int("index"), input.bytes("sealed")));
}

function readLarge(input: Input): Json {
  const size = input.int("size");
  const file = { key: secretFrom("file", input.bytes("key")), blob: idOf<"blob">(input.bytes("blob")), size };
  const content = fileContent(size);
  return withSeed(input.bytes("seed"), () =>
    segmentsOf(size).map(({ index, from, to }) => {
      const { sealed, hash } = sealSegment(file, index, content.subarray(from, to));
      return { header: hex(sealed.subarray(0, 24)), bytes: sealed.length, hash: hex(hash) };
    }),
  );
}

/** Structures that only the holder of a secret can read or make. */
export const secretReaders: Readers = {
  "signature/sign": (input) => {
    const seed = secretFrom("device-sign", input.bytes("seed"));
    return {
      pk: hex(signPublic(seed)),
      sig: hex(sign(input.text("context") as SigContext, seed, input.bytes("bytes"))),
    };
  },
  "seal/context": (input) => hex(contextOf(input)),
  "seal/seal": (input) =>
    withSeed(input.bytes("seed"), () => hex(seal(input.bytes("pk"), input.bytes("context"), input.bytes("plaintext")))),
  "seal/open": (input) => {
    const seed = secretFrom("puk", input.bytes("kemSeed"));
    return hex(orFault(openSeal(seed, input.bytes("context"), input.bytes("sealed")), "crypto/cannot-open"));
  },
  "seal/box": (input) =>
    withSeed(input.bytes("seed"), () => hex(box(input.bytes("key"), input.bytes("ad"), input.bytes("plaintext")))),
  "seal/openBox": (input) =>
    hex(orFault(openBox(input.bytes("key"), input.bytes("ad"), input.bytes("boxed")), "crypto/cannot-open")),
  "epoch/accept": (input) =>
    exposed(orFault(acceptEpochKey({ ...named(input), kc: input.bytes("kc") }, input.bytes("key")))),
  "epoch/seal": readEpochSeal,
  "epoch/prevBox": readPrevBox,
  "epoch/pukSeal": readPukSeal,
  "epoch/pukBox": readPukBox,
  "epoch/channelKey": (input) =>
    exposed(channelKey(secretFrom("epoch", input.bytes("key")), idOf(input.bytes("channel")))),
  "epoch/self": (input) => {
    const self = selfEpoch(secretFrom("puk", input.bytes("seed")));
    return { key: exposed(self.ek), kc: hex(self.kc) };
  },
  "event/event": readEvent,
  "invite/fragment": (input) => {
    const link = parseInviteFragment(input.text("fragment"));
    return { invite: hex(idBytes(link.invite)), secret: hex(link.secret) };
  },
  "return/fragment": (input) => {
    const back = parseReturnFragment(input.text("fragment"));
    if (back === null) throw new Fault("wire/bad-invite-link");
    const link = parseInviteFragment(back.fragment);
    return { invite: hex(idBytes(link.invite)), secret: hex(link.secret), user: hex(idBytes(back.user)) };
  },
  "return/check": (input) => {
    const [ws, user] = [idOf<"workspace">(input.bytes("ws")), idOf<"user">(input.bytes("user"))];
    return keyCheck({ ws }, user, input.bytes("before"), input.bytes("after"));
  },
  "invite/setup": (input) => hex(parseSetupFragment(input.text("fragment"))),
  "invite/keys": readInviteKeys,
  "invite/open": readInviteBox,
  "recovery/words": readWords,
  "recovery/keys": readRecoveryKeys,
  "recovery/root": readRoot,
  "file/cut": (input) =>
    segmentsOf(input.int("size")).map(({ from, to, plainBytes, sealedBytes }) => ({
      from,
      to,
      plainBytes,
      sealedBytes,
    })),
  "file/segment": readSegment,
  "file/large": readLarge,
};
