// Events: what is sealed opens, and nothing else does (M1, M8 ground, MS-08, MS-13, MS-14, invariant 8).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ChannelId, EventId, Id, SessionId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { channelKey, commitEpoch, mintEpochKey } from "@/lib/crypto/epoch.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { exposeSecret, KDF } from "@/lib/crypto/keys.ts";
import type { EventKeys, EventToSeal } from "@/lib/crypto/message.ts";
import { decryptEvent, openEvent, openEvents, sealEvent, verifyEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { aeadOpen, aeadSeal, cryptoReady } from "@/lib/crypto/sodium.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import type { EventHeader } from "@/lib/protocol/event.ts";
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

describe("M1 one uniform event", () => {
  test("M1 what was sealed opens, word for word, with its author's hash", () => {
    const { draft, keys } = scene();
    const sealed = sealEvent(draft);
    const opened = openEvent(sealed, keys);
    expect(opened).toEqual({
      header: draft.header,
      prevs: [],
      n: 7,
      head: draft.head,
      sentAt: draft.sentAt,
      content: draft.content,
      hash: sealed.hash,
    });
  });
});
