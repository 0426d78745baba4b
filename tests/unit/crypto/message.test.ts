// Events: what is sealed opens, and nothing else does (M1, M8 ground, MS-08, MS-13, MS-14, invariant 8).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, Id, SessionId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { channelKey, commitEpoch, mintEpochKey } from "@/lib/crypto/epoch.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { exposeSecret, KDF } from "@/lib/crypto/keys.ts";
import type { EventKeys, EventToSeal } from "@/lib/crypto/message.ts";
import { decryptEvent, openEvent, openEvents, sealEvent, verifyEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { aeadOpen, aeadSeal, cryptoReady } from "@/lib/crypto/sodium.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import type { Content, EventHeader, SealedEvent } from "@/lib/protocol/event.ts";
import { encodeContent, headerStructure, prevsStructure } from "@/lib/protocol/event.ts";
import { paddedSize } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(randomBytes(length));

function scene() {
  const anna = mintIdentity();
  const ws: WorkspaceId = id(32);
  const scope = id<"scope">();
  const channel: ChannelId = id();
  const ek = mintEpochKey();
  const kc = commitEpoch({ ws, scope, epoch: 1 }, ek);
  const header: EventHeader = {
    v: 1,
    class: "stored",
    ws,
    channel,
    epoch: 1,
    user: anna.user as UserId,
    device: anna.device.id,
    session: id() as SessionId,
    seq: 0,
    id: id() as EventId,
  };
  const draft: EventToSeal = {
    header,
    kc,
    channelKey: channelKey(ek, channel),
    signKey: anna.device.secrets.sign,
    prevs: [],
    n: 7,
    head: randomBytes(32),
    sentAt: 1_700_000_000_000,
    content: { k: "message", text: "Good morning", thread: null, mentions: [], files: 0 },
  };
  const keys: EventKeys = {
    ws,
    channel,
    class: "stored",
    channelKey: channelKey(ek, channel),
    kc,
    signPk: anna.device.public.sign,
  };
  return { anna, ws, scope, channel, ek, draft, keys };
}

beforeAll(cryptoReady);

const message = (text: string, mentions: UserId[] = []): Content => ({
  k: "message",
  text,
  thread: null,
  mentions,
  files: 0,
});

/** Seals a body that no honest sealer makes: `shape` changes what lies under the AEAD. */
function sealRaw(draft: EventToSeal, shape: (sig: Uint8Array, body: Uint8Array) => Uint8Array, body?: Uint8Array) {
  const header = headerStructure.encode(draft.header);
  const inner =
    body ??
    enc(prevsStructure.encode([...draft.prevs]), draft.n, draft.head, draft.sentAt, encodeContent(draft.content));
  const sig = sign("msg", draft.signKey, enc(header, draft.kc, inner));
  const mk = KDF(exposeSecret(draft.channelKey), "msg", draft.header.class, idBytes(draft.header.device));
  const nonce = randomBytes(24);
  return { header, nonce, ciphertext: aeadSeal(mk, nonce, header, shape(sig, inner)) };
}

const pad = (bytes: Uint8Array, size = paddedSize(bytes.length)) => concat(bytes, new Uint8Array(size - bytes.length));

/** A copy with one bit flipped. */
function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const out = bytes.slice();
  out[at] = (out[at] ?? 0) ^ (1 << bit);
  return out;
}

describe("M1 one uniform event", () => {
  test("M1 what was sealed opens, word for word, with its author's hash", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    expect(openEvent(sealed, keys)).toEqual({
      header: draft.header,
      prevs: [],
      n: 7,
      head: draft.head,
      sentAt: draft.sentAt,
      content: draft.content,
      hash: sealed.hash,
    });
  });

  test("M1 every text, with references to earlier events, comes back the same", () => {
    const { draft, keys } = scene();
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 2000 }),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 3 }),
        fc.nat(),
        (text, hashes, sentAt) => {
          const prevs = hashes.map((hash, epoch) => ({ id: id<"event">(), epoch, hash }));
          const content = message(text);
          const opened = openEvent(sealEvent({ ...draft, prevs, sentAt, content }), keys);
          expect(opened).toMatchObject({ prevs, sentAt, content });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("M1 stored sizes take few values: 512, 768, 1024 … and Padmé above 64 KiB", () => {
    const { draft } = scene();
    for (const chars of [0, 1, 200, 600, 3000, 60_000, 99_000]) {
      const content = message("x".repeat(chars));
      const size = sealEvent({ ...draft, content }).ciphertext.length - 16;
      expect(paddedSize(size)).toBe(size);
      expect(size).toBeGreaterThanOrEqual(512);
    }
    const yes = sealEvent({ ...draft, content: message("Yes") });
    const no = sealEvent({ ...draft, content: message("No, not before Friday") });
    expect(yes.ciphertext.length).toBe(no.ciphertext.length);
  });

  test("M1 the nonce is fresh at every sealing", () => {
    const { draft } = scene();
    expect(sealEvent(draft).nonce).not.toEqual(sealEvent(draft).nonce);
  });

  test("M1 the longest text fits into an event, one unit more is refused", () => {
    const { draft, keys } = scene();
    const mentions = Array.from({ length: 200 }, () => id<"user">());
    const text = "\u20ac".repeat(LIMITS.messageChars);
    const sealed = sealEvent({ ...draft, content: message(text, mentions) });
    expect(sealed.ciphertext.length).toBeLessThanOrEqual(LIMITS.eventBytes);
    expect(openEvent(sealed, keys)).toMatchObject({ content: { text } });
    expect(() => sealEvent({ ...draft, content: message(`${text}x`) })).toThrow("wire/bad-shape");
  });
});

describe("MS-14 tampering", () => {
  test("MS-14 every single byte of one event flipped is refused", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    for (const part of ["header", "nonce", "ciphertext"] as const) {
      for (let at = 0; at < sealed[part].length; at += 1) {
        const opened = openEvent({ ...sealed, [part]: flipped(sealed[part], at, at % 8) }, keys);
        expect(typeof opened, `${part} byte ${at}`).toBe("string");
      }
    }
  });

  test("MS-14 cut, lengthened, empty and swapped parts are refused", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    const other = sealEvent(draft);
    const { ciphertext } = sealed;
    for (const bad of [
      { ...sealed, ciphertext: ciphertext.subarray(1) },
      { ...sealed, ciphertext: ciphertext.subarray(0, -1) },
      { ...sealed, ciphertext: concat(ciphertext, new Uint8Array(1)) },
      { ...sealed, ciphertext: new Uint8Array() },
      { ...sealed, ciphertext: new Uint8Array(16) },
      { ...sealed, nonce: new Uint8Array() },
      { ...sealed, nonce: other.nonce },
      { ...sealed, ciphertext: other.ciphertext },
    ])
      expect(openEvent(bad, keys)).toBe("crypto/cannot-open");
  });

  test("MS-23 foreign bytes never throw", () => {
    const { keys } = scene();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 40 }), (header, nonce) => {
        expect(typeof openEvent({ header, nonce, ciphertext: header }, keys)).toBe("string");
      }),
    );
  });
});

describe("MS-08 moves", () => {
  test("MS-08 an event of another channel, workspace or class is in the wrong place", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    expect(openEvent(sealed, { ...keys, channel: id() })).toBe("event/wrong-place");
    expect(openEvent(sealed, { ...keys, ws: id(32) })).toBe("event/wrong-place");
    expect(openEvent(sealed, { ...keys, class: "ephemeral" })).toBe("event/wrong-place");
  });

  test("MS-08 with a header rewritten to fit its new place it does not open", () => {
    const { draft, keys, ek } = scene();
    const sealed = sealEvent(draft);
    const moved = (change: Partial<EventHeader>) => ({
      ...sealed,
      header: headerStructure.encode({ ...draft.header, ...change }),
    });
    const channel: ChannelId = id();
    const there = { ...keys, channel, channelKey: channelKey(ek, channel) };
    expect(openEvent(moved({ channel }), there)).toBe("crypto/cannot-open");
    const ws: WorkspaceId = id(32);
    expect(openEvent(moved({ ws }), { ...keys, ws })).toBe("crypto/cannot-open");
    expect(openEvent(moved({ class: "ephemeral" }), { ...keys, class: "ephemeral" })).toBe("crypto/cannot-open");
    for (const change of [{ epoch: 2 }, { seq: 1 }, { id: id<"event">() }, { session: id<"session">() }])
      expect(openEvent(moved(change), keys)).toBe("crypto/cannot-open");
  });

  test("MS-08 the same header under another epoch's key or commitment is refused", () => {
    const { draft, keys, ws, scope, channel, ek } = scene();
    const sealed = sealEvent(draft);
    const later = mintEpochKey();
    expect(openEvent(sealed, { ...keys, channelKey: channelKey(later, channel) })).toBe("crypto/cannot-open");
    expect(openEvent(sealed, { ...keys, kc: commitEpoch({ ws, scope, epoch: 2 }, ek) })).toBe("proof/bad-signature");
  });

  test("M1 class, device and channel each have a message key of their own", () => {
    const { draft, keys } = scene();
    const key = exposeSecret(keys.channelKey);
    const mine = KDF(key, "msg", "stored", idBytes(draft.header.device));
    const sealed = sealEvent(draft);
    expect(aeadOpen(mine, sealed.nonce, sealed.header, sealed.ciphertext)).not.toBeNull();
    const ephemeral = KDF(key, "msg", "ephemeral", idBytes(draft.header.device));
    const another = KDF(key, "msg", "stored", randomBytes(16));
    for (const other of [ephemeral, another, key])
      expect(aeadOpen(other, sealed.nonce, sealed.header, sealed.ciphertext)).toBeNull();
  });
});

describe("MS-13 forgery by those who hold the epoch key", () => {
  test("MS-13 a member who writes under another's name is refused", () => {
    const { draft, keys } = scene();
    const mallory = mintIdentity();
    const forged = sealEvent({ ...draft, signKey: mallory.device.secrets.sign });
    expect(openEvent(forged, keys)).toBe("proof/bad-signature");
  });

  test("MS-13 a member cannot put another's signature on other words or in another epoch", () => {
    const { draft, keys } = scene();
    const honest = decryptEvent(sealEvent(draft), keys);
    if (typeof honest === "string") throw new Fault(honest);
    const otherBody = enc(prevsStructure.encode([]), 7, draft.head, 1, encodeContent({ k: "typing", on: true }));
    const spliced = sealRaw(draft, () => pad(enc(honest.sig, otherBody)));
    expect(openEvent(spliced, keys)).toBe("proof/bad-signature");
    const later = { ...draft, header: { ...draft.header, epoch: 2 } };
    expect(
      openEvent(
        sealRaw(later, () => pad(enc(honest.sig, honest.body))),
        keys,
      ),
    ).toBe("proof/bad-signature");
  });

  test("C3 content is parsed only after its signature verified", () => {
    const { draft, keys } = scene();
    const odd = enc(prevsStructure.encode([]), 7, draft.head, 1, encodeCbor({ k: "hologram" }));
    const signed = sealRaw(draft, (sig, body) => pad(enc(sig, body)), odd);
    expect(openEvent(signed, keys)).toBe("event/newer");
    const unsigned = sealRaw(draft, (sig, body) => pad(enc(flipped(sig, 0), body)), odd);
    expect(openEvent(unsigned, keys)).toBe("proof/bad-signature");
  });
});

describe("M1 padding and framing under a valid key", () => {
  test("M1 padding that is not zero is refused, at every place", () => {
    const { draft, keys } = scene();
    const filled = sealRaw(draft, (sig, body) => enc(sig, body)).ciphertext.length - 16;
    for (const at of [filled, filled + 1, paddedSize(filled) - 1])
      expect(
        openEvent(
          sealRaw(draft, (sig, body) => flipped(pad(enc(sig, body)), at)),
          keys,
        ),
      ).toBe("crypto/bad-padding");
  });

  test("M1 a padded size that the rule does not give is refused", () => {
    const { draft, keys } = scene();
    for (const size of [400, 513, 767, 768, 1024, 4096])
      expect(
        openEvent(
          sealRaw(draft, (sig, body) => pad(enc(sig, body), size)),
          keys,
        ),
      ).toBe("crypto/bad-padding");
    expect(
      openEvent(
        sealRaw(draft, (sig, body) => enc(sig, body)),
        keys,
      ),
    ).toBe("crypto/bad-padding");
  });

  test("C3 missing, extra or misshapen fields are refused", () => {
    const { draft, keys } = scene();
    const prevs = prevsStructure.encode([]);
    const content = encodeContent(draft.content);
    const bodies = [
      enc(prevs, 7, draft.head, 1),
      enc(prevs, 7, draft.head, 1, content, content),
      enc(prevs, 7, draft.head.subarray(1), 1, content),
      enc(prevs, new Uint8Array(4), draft.head, 1, content),
      enc(prevs, 7, draft.head, new Uint8Array(8).fill(255), content),
    ];
    for (const body of bodies)
      expect(
        openEvent(
          sealRaw(draft, (sig, inner) => pad(enc(sig, inner)), body),
          keys,
        ),
      ).toBe("wire/bad-shape");
    for (const shape of [
      (sig: Uint8Array) => concat(enc(sig), new Uint8Array(512 - 68).fill(255)),
      (sig: Uint8Array, body: Uint8Array) => pad(enc(sig.subarray(1), body)),
    ])
      expect(openEvent(sealRaw(draft, shape), keys)).toBe("wire/bad-shape");
    const badPrevs = enc(concat(prevs, prevs), 7, draft.head, 1, content);
    expect(
      openEvent(
        sealRaw(draft, (sig, inner) => pad(enc(sig, inner)), badPrevs),
        keys,
      ),
    ).toBe("wire/bad-cbor");
  });

  test("V1 a header of a later version is told apart from a broken one", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    const later = encodeCbor({ v: 2, other: "fields" });
    expect(openEvent({ ...sealed, header: later }, keys)).toBe("event/newer");
    expect(openEvent({ ...sealed, header: encodeCbor({ v: 1 }) }, keys)).toBe("wire/bad-shape");
    expect(openEvent({ ...sealed, header: new Uint8Array([255]) }, keys)).toBe("wire/bad-cbor");
  });
});

describe("batches", () => {
  test("M9 a batch keeps order, waits where a key is missing, and agrees with one by one", () => {
    const { draft, keys } = scene();
    const sealed = Array.from({ length: 6 }, (_, seq) =>
      sealEvent({ ...draft, header: { ...draft.header, seq, epoch: seq === 3 ? 9 : 1, id: id<"event">() } }),
    );
    const broken = sealed.map((event, at) =>
      at === 4 ? { ...event, ciphertext: flipped(event.ciphertext, 9) } : event,
    );
    const opened = openEvents(broken, (header) => (header.epoch === 9 ? "crypto/no-key" : keys));
    expect(opened.map((one) => (typeof one === "string" ? one : one.header.seq))).toEqual([
      0,
      1,
      2,
      "crypto/no-key",
      "crypto/cannot-open",
      5,
    ]);
    for (const at of [0, 1, 2, 5]) expect(opened[at]).toEqual(openEvent(sealed[at] as SealedEvent, keys));
  });

  test("M1 two authors in one channel, stored and ephemeral, each open under a key of their own", () => {
    const { draft, keys } = scene();
    const bob = mintIdentity();
    const header = { ...draft.header, user: bob.user, device: bob.device.id };
    const byBob = { ...draft, header, signKey: bob.device.secrets.sign };
    const fleeting = { ...draft, header: { ...draft.header, class: "ephemeral" as const } };
    const keysOf = (one: EventHeader): EventKeys => ({
      ...keys,
      class: one.class,
      signPk: one.device === bob.device.id ? bob.device.public.sign : keys.signPk,
    });
    const drafts = [draft, byBob, fleeting];
    const opened = openEvents(drafts.map(sealEvent), keysOf);
    expect(opened.map((one) => (typeof one === "string" ? one : one.header))).toEqual(drafts.map((one) => one.header));
    const mk = (one: EventToSeal) =>
      KDF(exposeSecret(keys.channelKey), "msg", one.header.class, idBytes(one.header.device));
    for (const one of drafts) {
      const { nonce, header: ad, ciphertext } = sealEvent(one);
      expect(drafts.filter((other) => aeadOpen(mk(other), nonce, ad, ciphertext) !== null)).toEqual([one]);
    }
  });

  test("C4 decrypting alone shows no content, verifying gives it", () => {
    const { draft, keys, anna } = scene();
    const half = decryptEvent(sealEvent(draft), keys);
    if (typeof half === "string") throw new Fault(half);
    expect(half).not.toHaveProperty("content");
    expect(verifyEvent(half, mintIdentity().device.public.sign)).toBe("proof/bad-signature");
    expect(verifyEvent(half, anna.device.public.sign)).toMatchObject({ content: draft.content });
  });
});
