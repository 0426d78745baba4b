// Vectors of linking: codes and how people type them, mailboxes, letters (D1).

import { enc } from "@/lib/base/encoding.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { mintDevice } from "@/lib/crypto/identity.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { mailboxOf, mintCode, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { box } from "@/lib/crypto/seal.ts";
import { formatCode, formatCodeQr } from "@/lib/protocol/mailbox/code.ts";
import {
  linkConsentStructure,
  linkOfferStructure,
  linkRequestStructure,
  linkResultStructure,
} from "@/lib/protocol/mailbox/letters.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

function makeText(maker: Maker, code: Uint8Array): void {
  const shown = formatCode(code);
  maker.add("text", "as it is shown", { text: shown });
  maker.add("text", "small, with dashes", { text: shown.toLowerCase().replaceAll(" ", "-") });
  maker.add("text", "letters for digits", { text: "OIL0 0000 0000 0000 0000 000o" });
  maker.add("text", "all ones", { text: "Z".repeat(24) });
  maker.add("text", "a QR", { text: formatCodeQr("link", code, "https://chat.example.org:8443") });
  const bad = (name: string, text: string) => maker.refuse("text", name, { text }, "wire/bad-code");
  bad("one short", shown.slice(0, -1));
  bad("one too many", `${shown}0`);
  bad("a U", shown.replace(/.$/, "U"));
  bad("a sign", shown.replace(/.$/, "+"));
  bad("nothing", "");
  bad("a QR of the circle", formatCodeQr("circle", code, "https://chat.example.org"));
}

export function makeLinking(maker: Maker): void {
  const device = mintDevice();
  const { sign, kem } = device.public;
  const { code, r } = mintCode("link", [sign, kem]);
  maker.add("code", "as it should be", { use: "link", sign, kem, r });
  maker.add("code", "another r", { use: "link", sign, kem, r: some(32) });
  maker.add("code", "another use", { use: "circle", sign, kem, r });
  makeText(maker, code);
  maker.add("mailbox", "of a link", { use: "link", code });
  maker.add("mailbox", "of a circle", { use: "circle", code });
  const mailbox = mailboxOf("link", code);
  const account = {
    ws: mintId<"workspace">(some(32)),
    user: mintId<"user">(some(16)),
    rik: some(32),
    n: 12,
    head: some(32),
    workspace: "Quarry",
    person: "Anna",
  };
  const letters = [
    linkRequestStructure.encode({ v: 1, device: device.public, r, name: "Firefox on Linux" }),
    linkOfferStructure.encode({ v: 1, account }),
    linkConsentStructure.encode({ v: 1, pop: some(64) }),
    linkResultStructure.encode({ v: 1, at: { n: 13, head: some(32) } }),
  ];
  const letter = (slot: number, content: Uint8Array) => ({
    use: "link",
    code,
    slot,
    ct: sealLetter(mailbox, slot, content),
  });
  for (const [slot, content] of letters.entries()) maker.add("letter", `slot ${slot}`, letter(slot, content));
  for (const [slot, content] of [
    linkOfferStructure.encode({ v: 1, account: null }),
    linkConsentStructure.encode({ v: 1, pop: null }),
    linkResultStructure.encode({ v: 1, at: null }),
  ].entries())
    maker.add("letter", `a no in slot ${slot + 1}`, letter(slot + 1, content));
  const first = letter(0, letters[0] ?? new Uint8Array());
  const bad = (name: string, change: Partial<typeof first>, why: string) =>
    maker.refuse("letter", name, { ...first, ...change }, why);
  bad("in another slot", { slot: 1 }, "crypto/cannot-open");
  bad("another code", { code: some(15) }, "crypto/cannot-open");
  bad("another use", { use: "circle" }, "crypto/cannot-open");
  bad("a byte changed", { ct: flip(first.ct, 300) }, "crypto/cannot-open");
  const odd = (padded: Uint8Array) => box(exposeSecret(mailbox.key), enc("box/letter", idBytes(mailbox.id), 0), padded);
  const padded = new Uint8Array(2008);
  padded.set(enc(letters[0] ?? new Uint8Array()));
  bad("something in its padding", { ct: odd(flip(padded, 2007)) }, "crypto/bad-padding");
  bad("shorter", { ct: odd(padded.subarray(0, 2000)) }, "crypto/bad-padding");
  bad("unfinished", { ct: odd(new Uint8Array(2008).fill(1)) }, "crypto/bad-padding");
  bad("another version", letter(0, Uint8Array.from([161, 97, 118, 2])), "wire/bad-shape");
}
