// How the second decoder reads the vectors of linking: codes, mailboxes, letters.
import type { Input, Json, Readers } from "@/tests/vectors/format.ts";
import { annotate, hex } from "@/tests/vectors/format.ts";
import { allZero, enc, refuse, takeFields } from "./bytes.ts";
import { decode } from "./cbor.ts";
import { H, openBox } from "./primitives.ts";
import { bytes, exactly, int, map, orNull, string } from "./shape.ts";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const account = map({
  ws: bytes(32),
  user: bytes(16),
  rik: bytes(32),
  n: int(),
  head: bytes(32),
  workspace: string(120),
  person: string(120),
});
const LETTERS = [
  map({ v: exactly(1), device: map({ sign: bytes(32), kem: bytes(1216) }), r: bytes(32), name: string(120) }),
  map({ v: exactly(1), account: orNull(account) }),
  map({ v: exactly(1), pop: orNull(bytes(64)) }),
  map({ v: exactly(1), at: orNull(map({ n: int(), head: bytes(32) })) }),
];

function readText(input: Input): Json {
  const whole = /^TACIT1:([A-Z]+):([^:]*):(.*)$/.exec(input.text("text").trim());
  if (whole !== null && whole[1] !== "LINK") refuse("another use");
  const typed = (whole?.[2] ?? input.text("text")).toUpperCase().replace(/[ -]/g, "");
  if (typed.length !== 24) refuse("24 characters");
  const plain = typed.replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1");
  const bits = [...plain].map((char) => {
    const digit = DIGITS.indexOf(char);
    return digit < 0 ? refuse("foreign character") : digit.toString(2).padStart(5, "0");
  });
  const code = Uint8Array.from(bits.join("").match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return { code: hex(code), shown: plain.replace(/.{4}(?=.)/g, "$& "), origin: whole?.[3] ?? null };
}

const mailbox = (input: Input) => ({
  id: H("mailbox-id", input.text("use"), input.bytes("code")).slice(0, 16),
  key: H("mailbox-key", input.text("use"), input.bytes("code")),
});

function readLetter(input: Input): Json {
  const { id, key } = mailbox(input);
  if (input.bytes("ct").length !== 2048) refuse("2048 bytes");
  const padded = openBox(key, enc("box/letter", id, input.int("slot")), input.bytes("ct"));
  const { fields, rest } = takeFields(padded, 1);
  if (!allZero(rest)) refuse("padding");
  const value = decode(fields[0] as Uint8Array);
  (LETTERS[input.int("slot")] as (typeof LETTERS)[0])(value, "");
  return annotate(value);
}

export const linkingReaders: Readers = {
  "linking/code": (input) =>
    hex(H(input.text("use"), input.bytes("sign"), input.bytes("kem"), input.bytes("r")).slice(0, 15)),
  "linking/text": readText,
  "linking/mailbox": (input) => {
    const { id, key } = mailbox(input);
    return { id: hex(id), key: hex(key) };
  },
  "linking/letter": readLetter,
};
