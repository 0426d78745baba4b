// How the project's own code reads the vectors of recovery circles: parts, boxes, seals, letters (D6).
import { Fault, isFaultCode } from "@/lib/base/errors.ts";
import { mintId, type UserId } from "@/lib/base/ids.ts";
import { openCode, openShare, shareHash, takeShare } from "@/lib/crypto/circle/shares.ts";
import { type CircleShare, exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { codeOf, mailboxOf, openLetter } from "@/lib/crypto/mailbox/code.ts";
import { type CircleName, circleId, circleNumber } from "@/lib/proof/hash.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { circlePartStructure, circleRequestStructure, circleWordStructure } from "@/lib/protocol/mailbox/circle.ts";
import type { Input, Json, Readers } from "./format.ts";
import { annotate, hex, unhex } from "./format.ts";

const LETTERS = [circleRequestStructure, circleWordStructure, circlePartStructure] as const;
const user = (bytes: Uint8Array): UserId => mintId<"user">(bytes);

/** The circle of an input: `helpers` are pairs of user and hash. */
function circleOf(input: Input): CircleName {
  const helpers = (input.json("helpers") as readonly (readonly [string, string])[]).map(([who, hash]) => ({
    user: user(unhex(who)),
    hash: unhex(hash),
  }));
  const ws = mintId<"workspace">(input.bytes("ws"));
  return { ws, user: user(input.bytes("user")), threshold: input.int("threshold"), helpers };
}

function told(share: CircleShare | string): Json {
  if (typeof share !== "string") return hex(exposeSecret(share));
  throw new Fault(isFaultCode(share) ? share : "bug/unexpected");
}

function readLetter(input: Input): Json {
  const slot = input.int("slot");
  const bytes = slot === 0 ? LIMITS.letterBytes : LIMITS.circleLetterBytes;
  const content = openLetter(mailboxOf("circle", input.bytes("code")), slot, input.bytes("ct"), bytes);
  if (typeof content === "string") throw new Fault(isFaultCode(content) ? content : "bug/unexpected");
  LETTERS[slot]?.parse(content);
  return annotate(parseCbor(content));
}

export const circleReaders: Readers = {
  "circle/code": (input) => hex(codeOf("circle", [input.bytes("kem")], input.bytes("r"))),
  "circle/share": (input) => {
    const share = secretFrom("circle-share", input.bytes("share"));
    const ws = mintId<"workspace">(input.bytes("ws"));
    return hex(shareHash(ws, user(input.bytes("user")), user(input.bytes("helper")), share));
  },
  "circle/id": (input) => ({ id: hex(circleId(circleOf(input))), number: circleNumber(circleOf(input)) }),
  "circle/boxes": (input) => {
    const given = input.json("shares") as readonly (readonly [string, string])[];
    const shares = new Map(
      given.map(([who, share]) => [user(unhex(who)), secretFrom("circle-share", unhex(share))] as const),
    );
    return openCode(circleOf(input), shares, input.bytes("boxes")).map((code) => hex(exposeSecret(code)));
  },
  "circle/seal": (input) => {
    const mine = { user: user(input.bytes("helper")), gen: input.int("gen") };
    return told(
      openShare(circleOf(input), { ...mine, seed: secretFrom("puk", input.bytes("seed")) }, input.bytes("ct")),
    );
  },
  "circle/part": (input) => {
    const mailbox = mintId<"mailbox">(input.bytes("mailbox"));
    const mine = { mailbox, seed: secretFrom("circle-kem", input.bytes("seed")) };
    return told(takeShare(circleOf(input), user(input.bytes("helper")), mine, input.bytes("ct")));
  },
  "circle/letter": readLetter,
};
