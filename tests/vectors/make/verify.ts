// Vectors of verifying people: the code that screens show, and the contents that keep what was compared (A3, A4).
import { toBase64url } from "@/lib/base/encoding.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import { type Content, encodeContent } from "@/lib/protocol/event.ts";
import { formatVerifyCode } from "@/lib/protocol/verify/code.ts";
import type { Maker } from "./maker.ts";
import { some } from "./maker.ts";

function makeContents(maker: Maker): void {
  const user = mintId<"user">(some(16));
  const rik = some(32);
  const contents: readonly (readonly [string, Content])[] = [
    ["compared by code", { k: "verified", user, rev: 1, rik, how: "qr", at: 1_790_000_000_000 }],
    ["compared by number", { k: "verified", user, rev: 2, rik, how: "number", at: 0 }],
    ["accepted without comparing", { k: "verified", user, rev: 1, rik: some(32), how: "accepted", at: 7 }],
    ["vouched", { k: "vouch", user, rev: 1, rik, as: some(32), on: true }],
    ["vouched no more", { k: "vouch", user, rev: 2, rik, as: some(32), on: false }],
  ];
  for (const [name, content] of contents) maker.add("content", name, { bytes: encodeContent(content) });
  const bad = (name: string, value: Parameters<typeof encodeCbor>[0]) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, "wire/bad-shape");
  bad("a way of comparing that is unknown", { k: "verified", user: some(16), rev: 1, rik, how: "photo", at: 1 });
  bad("a root key of 31 bytes", { k: "verified", user: some(16), rev: 1, rik: some(31), how: "qr", at: 1 });
  bad("a vouch without one’s own key", { k: "vouch", user: some(16), rev: 1, rik, on: true });
}

export function makeVerify(maker: Maker): void {
  makeContents(maker);
  const code = {
    ws: mintId<"workspace">(some(32)),
    by: mintId<"user">(some(16)),
    own: some(32),
    to: mintId<"user">(some(16)),
    theirs: some(32),
    n: 215,
    head: some(32),
  };
  const good = formatVerifyCode(code);
  const fields = { ...code, ws: idBytes(code.ws), by: idBytes(code.by), to: idBytes(code.to) };
  const raw = (value: Parameters<typeof encodeCbor>[0]) => `tacit:verify:1:${toBase64url(encodeCbor(value))}`;
  maker.add("code", "as it should be", { text: good });
  maker.add("code", "at the first link", { text: formatVerifyCode({ ...code, n: 1 }) });
  const bad = (name: string, text: string, fault = "verify/not-a-code") => maker.refuse("code", name, { text }, fault);
  bad("empty", "");
  bad("an address", "https://chat.example/join#v1.AAAA.BBBB");
  bad("cut", good.slice(0, -3));
  bad("one part too many", `${good}:x`);
  bad("a letter that base64url lacks", `${good.slice(0, -1)}=`);
  bad("a version that is no number", good.replace(":1:", ":one:"));
  bad("a later version", good.replace(":1:", ":2:"), "verify/newer");
  bad("a field too many", raw({ ...fields, name: "Ana" }));
  bad("a field too few", raw({ ...fields, head: null }));
  bad("a key of 31 bytes", raw({ ...fields, own: some(31) }));
  bad("a negative position", raw({ ...fields, n: -1 }));
}
