// How the project's own code reads the vectors of linking: codes, mailboxes, letters (D1).

import { Fault, isFaultCode } from "@/lib/base/errors.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { codeOf, mailboxOf, openLetter } from "@/lib/crypto/mailbox/code.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import { type CodeUse, formatCode, parseCodeInput } from "@/lib/protocol/mailbox/code.ts";
import {
  linkConsentStructure,
  linkOfferStructure,
  linkRequestStructure,
  linkResultStructure,
} from "@/lib/protocol/mailbox/letters.ts";
import type { Input, Json, Readers } from "./format.ts";
import { annotate, hex } from "./format.ts";

const LETTERS = [linkRequestStructure, linkOfferStructure, linkConsentStructure, linkResultStructure] as const;
const usedFor = (input: Input) => input.text("use") as CodeUse;

function readLetter(input: Input): Json {
  const slot = input.int("slot");
  const content = openLetter(mailboxOf(usedFor(input), input.bytes("code")), slot, input.bytes("ct"));
  if (typeof content === "string") throw new Fault(isFaultCode(content) ? content : "bug/unexpected");
  LETTERS[slot]?.parse(content);
  return annotate(parseCbor(content));
}

export const linkingReaders: Readers = {
  "linking/code": (input) => hex(codeOf(usedFor(input), [input.bytes("sign"), input.bytes("kem")], input.bytes("r"))),
  "linking/text": (input) => {
    const { code, origin } = parseCodeInput("link", input.text("text"));
    return { code: hex(code), shown: formatCode(code), origin };
  },
  "linking/mailbox": (input) => {
    const mailbox = mailboxOf(usedFor(input), input.bytes("code"));
    return { id: hex(idBytes(mailbox.id)), key: hex(exposeSecret(mailbox.key)) };
  },
  "linking/letter": readLetter,
};
