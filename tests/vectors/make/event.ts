// Vectors of events and of every kind of content.
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { channelKey, commitEpoch, mintEpochKey } from "@/lib/crypto/epoch.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { exposeSecret, KDF } from "@/lib/crypto/keys.ts";
import type { EventToSeal } from "@/lib/crypto/message.ts";
import { sealEvent } from "@/lib/crypto/message.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { aeadSeal } from "@/lib/crypto/sodium.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import { OWN } from "@/lib/protocol/content/own.ts";
import { PLACE } from "@/lib/protocol/content/place.ts";
import { TALK } from "@/lib/protocol/content/talk.ts";
import type { Content, EventHeader, SealedEvent } from "@/lib/protocol/event.ts";
import { CONTENT, encodeContent, headerStructure, prevsStructure } from "@/lib/protocol/event.ts";
import { paddedSize } from "@/lib/protocol/file.ts";
import { annotate } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const id = <K extends string>(length = 16) => mintId<K>(some(length));

function contents(): Content[] {
  const target = { id: id<"event">(), hash: some(32) };
  const thumbnail = { type: "image/webp", width: 32, height: 24, bytes: some(60) } as const;
  const file = {
    blob: id<"blob">(),
    key: some(32),
    size: 123_456,
    name: "Plan \u{1F3D7}.pdf",
    type: "application/pdf",
    segments: [some(32)],
    width: null,
    height: null,
    thumbnail,
  };
  const channel = id<"channel">();
  return [
    { k: "message", text: "Good morning, Žofie \u{1F44B}", thread: id(), mentions: [id(), id()], files: 1 },
    { k: "file", of: id(), index: 0, file },
    { k: "edit", target, rev: 2, text: "Good evening", mentions: [] },
    { k: "delete", target },
    { k: "reaction", target, rev: 1, emoji: "\u{1F389}", on: true },
    { k: "channel", channel, rev: 1, name: "harbour", topic: "" },
    { k: "workspace", rev: 1, name: "Quarry", icon: thumbnail },
    { k: "profile", rev: 3, name: "Anna", title: "Mason", avatar: null },
    { k: "marker", channel, rev: 9, pos: 412, at: id() },
    { k: "draft", channel, rev: 4, text: "Not yet" },
    { k: "setting", key: "theme", rev: 1, value: "dark" },
    { k: "invite", invite: id(), rev: 1, label: "Crew", secret: some(32) },
    { k: "typing", on: true },
  ];
}

/** Kinds that came after this file was frozen: each has its vectors in the file of its own area. */
const LATER: ReadonlySet<string> = new Set([
  "verified",
  "vouch",
  "circle",
  "presence",
  ...Object.keys({ ...TALK, ...PLACE, ...OWN }),
]);

export function makeContent(maker: Maker): void {
  const all = contents();
  const first = Object.keys(CONTENT).filter((kind) => !LATER.has(kind));
  if (all.map((one) => one.k).join() !== first.join()) throw new RangeError("a kind is missing");
  for (const content of all) maker.add("content", content.k, { bytes: encodeContent(content) });
  const bad = (name: string, value: Cbor, code: string) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, code);
  const message = { k: "message", text: "Hi", thread: null, mentions: [], files: 0 };
  if (JSON.stringify(annotate(message)) !== JSON.stringify(message)) throw new RangeError("not plain");
  bad("a kind of a later version", { k: "hologram", depth: 3 }, "event/newer");
  bad("a kind named like what objects have", { k: "constructor" }, "event/newer");
  bad("no kind", { text: "Hi" }, "event/newer");
  bad("no map", [1], "event/newer");
  bad("an unknown field", { ...message, bold: true }, "wire/bad-shape");
  bad("a missing field", { k: "message", text: "Hi" }, "wire/bad-shape");
  bad("text that is a number", { ...message, text: 7 }, "wire/bad-shape");
  bad("a thread id of 8 bytes", { ...message, thread: some(8) }, "wire/bad-shape");
  bad("a negative count", { ...message, files: -1 }, "wire/bad-shape");
  bad("201 mentions", { ...message, mentions: Array.from({ length: 201 }, () => some(16)) }, "wire/bad-shape");
  bad(
    "a thumbnail that is SVG",
    {
      k: "profile",
      rev: 1,
      name: "",
      title: "",
      avatar: { type: "image/svg+xml", width: 1, height: 1, bytes: some(1) },
    },
    "wire/bad-shape",
  );
  const bytes = encodeContent({ k: "typing", on: false });
  maker.refuse("content", "a byte after its end", { bytes: concat(bytes, new Uint8Array(1)) }, "wire/bad-cbor");
}

function scene(kind: EventHeader["class"] = "stored") {
  const anna = mintIdentity();
  const [ws, scope, channel] = [id<"workspace">(32), id<"scope">(), id<"channel">()];
  const ek = mintEpochKey();
  const header: EventHeader = {
    v: 1,
    class: kind,
    ws,
    channel,
    epoch: 2,
    user: anna.user,
    device: anna.device.id,
    session: id(),
    seq: 5,
    id: id(),
  };
  const draft: EventToSeal = {
    header,
    kc: commitEpoch({ ws, scope, epoch: 2 }, ek),
    channelKey: channelKey(ek, channel),
    signKey: anna.device.secrets.sign,
    prevs: [{ id: id(), epoch: 1, hash: some(32) }],
    n: 17,
    head: some(32),
    sentAt: 1_760_000_000_000,
    content: { k: "message", text: "Good morning", thread: null, mentions: [], files: 0 },
  };
  const input = (sealed: SealedEvent) => ({
    ws: idBytes(ws),
    channel: idBytes(channel),
    class: kind,
    channelKey: exposeSecret(draft.channelKey),
    kc: draft.kc,
    signPk: anna.device.public.sign,
    header: sealed.header,
    nonce: sealed.nonce,
    ciphertext: sealed.ciphertext,
  });
  return { anna, draft, input, ek };
}

/** An event whose inside no honest sealer makes. */
function sealOdd(
  draft: EventToSeal,
  shape: (sig: Uint8Array, body: Uint8Array) => Uint8Array,
  body = bodyOf(draft),
): SealedEvent {
  const header = headerStructure.encode(draft.header);
  const sig = sign("msg", draft.signKey, enc(header, draft.kc, body));
  const mk = KDF(exposeSecret(draft.channelKey), "msg", draft.header.class, idBytes(draft.header.device));
  const nonce = some(24);
  return { header, nonce, ciphertext: aeadSeal(mk, nonce, header, shape(sig, body)) };
}
const bodyOf = (draft: EventToSeal, content = encodeContent(draft.content)) =>
  enc(prevsStructure.encode([...draft.prevs]), draft.n, draft.head, draft.sentAt, content);
const pad = (bytes: Uint8Array, size = paddedSize(bytes.length)) => concat(bytes, new Uint8Array(size - bytes.length));

export function makeEvent(maker: Maker): void {
  const { draft, input } = scene();
  const sealed = sealEvent(draft);
  maker.add("event", "a message", input(sealed));
  maker.add(
    "event",
    "without references, in 1,024 bytes",
    input(sealEvent({ ...draft, prevs: [], content: { k: "draft", channel: id(), rev: 1, text: "x".repeat(700) } })),
  );
  const ephemeral = scene("ephemeral");
  maker.add(
    "event",
    "ephemeral: typing",
    ephemeral.input(sealEvent({ ...ephemeral.draft, content: { k: "typing", on: true } })),
  );
  const raw = input(sealed);
  const bad = (name: string, change: Partial<ReturnType<typeof input>>, code: string) =>
    maker.refuse("event", name, { ...raw, ...change }, code);
  bad(
    "a byte of the header changed: seq",
    { header: headerStructure.encode({ ...draft.header, seq: 6 }) },
    "crypto/cannot-open",
  );
  bad("a byte of the nonce changed", { nonce: flip(sealed.nonce, 5) }, "crypto/cannot-open");
  bad("a byte of the content changed", { ciphertext: flip(sealed.ciphertext, 99) }, "crypto/cannot-open");
  bad("the tag changed", { ciphertext: flip(sealed.ciphertext, sealed.ciphertext.length - 1) }, "crypto/cannot-open");
  bad("cut", { ciphertext: sealed.ciphertext.subarray(0, 300) }, "crypto/cannot-open");
  bad("a nonce of 12 bytes", { nonce: sealed.nonce.subarray(12) }, "crypto/cannot-open");
  bad("another channel's key", { channelKey: some(32) }, "crypto/cannot-open");
  bad("in another channel", { channel: some(16) }, "event/wrong-place");
  bad("in another workspace", { ws: some(32) }, "event/wrong-place");
  bad("as an ephemeral event", { class: "ephemeral" }, "event/wrong-place");
  bad("with another epoch's commitment", { kc: some(32) }, "proof/bad-signature");
  bad("by another device", { signPk: mintIdentity().device.public.sign }, "proof/bad-signature");
  bad("a header of version 2", { header: encodeCbor({ v: 2 }) }, "event/newer");
  bad("a header without fields", { header: encodeCbor({ v: 1 }) }, "wire/bad-shape");
  bad("a header that is no CBOR", { header: new Uint8Array([255]) }, "wire/bad-cbor");
  makeOdd(maker, draft, input);
}

function makeOdd(maker: Maker, draft: EventToSeal, input: ReturnType<typeof scene>["input"]): void {
  const odd = (name: string, event: SealedEvent, code: string) => maker.refuse("event", name, input(event), code);
  odd(
    "a one in the padding",
    sealOdd(draft, (sig, body) => flip(pad(enc(sig, body)), 500)),
    "crypto/bad-padding",
  );
  odd(
    "no padding",
    sealOdd(draft, (sig, body) => enc(sig, body)),
    "crypto/bad-padding",
  );
  odd(
    "padding to a size not of the list",
    sealOdd(draft, (sig, body) => pad(enc(sig, body), 600)),
    "crypto/bad-padding",
  );
  odd(
    "padding to the next size but one",
    sealOdd(draft, (sig, body) => pad(enc(sig, body), 768)),
    "crypto/bad-padding",
  );
  odd(
    "a signature of 63 bytes",
    sealOdd(draft, (sig, body) => pad(enc(sig.subarray(1), body))),
    "wire/bad-shape",
  );
  odd(
    "a field longer than the rest",
    sealOdd(draft, (sig) => concat(enc(sig), new Uint8Array(444).fill(255))),
    "wire/bad-shape",
  );
  odd(
    "a signature changed inside",
    sealOdd(draft, (sig, body) => pad(enc(flip(sig, 0), body))),
    "proof/bad-signature",
  );
  const framed = (name: string, body: Uint8Array, code: string) =>
    odd(
      name,
      sealOdd(draft, (sig, inner) => pad(enc(sig, inner)), body),
      code,
    );
  const [prevs, content] = [prevsStructure.encode([...draft.prevs]), encodeContent(draft.content)];
  framed("a body of four fields", enc(prevs, 17, draft.head, 1), "wire/bad-shape");
  framed("a body of six fields", enc(prevs, 17, draft.head, 1, content, content), "wire/bad-shape");
  framed("a head of 31 bytes", enc(prevs, 17, some(31), 1, content), "wire/bad-shape");
  framed("a position of 4 bytes", enc(prevs, some(4), draft.head, 1, content), "wire/bad-shape");
  framed("a time above 2^53 − 1", enc(prevs, 17, draft.head, new Uint8Array(8).fill(255), content), "wire/bad-shape");
  const four = encodeCbor([1, 2, 3, 4].map((epoch) => ({ id: some(16), epoch, hash: some(32) })));
  framed("four references", enc(four, 17, draft.head, 1, content), "wire/bad-shape");
  framed("a content of a later version", bodyOf(draft, encodeCbor({ k: "hologram" })), "event/newer");
}
