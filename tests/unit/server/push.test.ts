// Wake-ups: sealed as the standard's own example is, always as long, and sent to public addresses alone.
import { createECDH, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import { PUSH } from "@/lib/protocol/setting/push.ts";
import { guardedLookup, isPublicAddress, parseEndpoint } from "@/server/push/endpoint.ts";
import { sealPush, wakePlain } from "@/server/push/seal.ts";
import { PushReceiver } from "@/tests/push-kit.ts";

const bytes = (text: string) => parseBase64url(text) ?? new Uint8Array(0);

test("RFC 8291 section 5: the example seals to the bytes that stand there", () => {
  const sealed = sealPush(
    Buffer.from("When I grow up, I want to be a watermelon"),
    {
      p256dh: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
      auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
    },
    bytes("DGv6ra1nlYgDCS1FRnbzlw"),
    bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
  );
  expect(toBase64url(sealed)).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("S2 every wake-up opens to the same bytes, is as long as every other, and like none of them", () => {
  const receiver = new PushReceiver("https://push.example/a");
  const { p256dh, auth } = receiver.input;
  const keys = { p256dh: bytes(p256dh), auth: bytes(auth) };
  const sealed = Array.from({ length: 20 }, () => sealPush(wakePlain(), keys));
  expect(new Set(sealed.map((one) => one.length)).size).toBe(1);
  expect(new Set(sealed.map((one) => one.toString("hex"))).size).toBe(20);
  for (const one of sealed) {
    const plain = receiver.open(one);
    expect(plain.length).toBe(PUSH.plainBytes);
    expect([...plain]).toEqual([PUSH.version, ...Array(PUSH.plainBytes - 1).fill(0)]);
  }
  expect(() => new PushReceiver("https://push.example/b").open(sealed[0] as Buffer)).toThrow();
});

test("a browser's key that is no point of the curve is refused", () => {
  const auth = randomBytes(16);
  const other = createECDH("secp256k1");
  other.generateKeys();
  for (const p256dh of [new Uint8Array(65), randomBytes(65), other.getPublicKey()])
    expect(() => sealPush(wakePlain(), { p256dh, auth })).toThrow(
      expect.objectContaining({ code: "may/bad-endpoint" }),
    );
});

const PRIVATE = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.8.8.8",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.2.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:10.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::a00:1",
  "fc00::1",
  "fe80::1",
  "ff02::1",
  "2001:db8::1",
  "2002:a00:1::",
];

test("private, shared, local and tunnelled addresses are none that a push service has", () => {
  for (const address of PRIVATE) expect(isPublicAddress(address), address).toBe(false);
  for (const address of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::1", "2606:4700::1111"])
    expect(isPublicAddress(address), address).toBe(true);
  expect(isPublicAddress("push.example")).toBe(false);
});

test("an endpoint is a public https address, however it is written", () => {
  const bad = [
    "http://push.example/a",
    "https://user:pass@push.example/a",
    "https://localhost/a",
    "https://a.localhost/a",
    "https://intranet/a",
    "https://2130706433/a",
    "https://0x7f.1/a",
    "https://127.1/a",
    "https://[::1]/a",
    "https://[::ffff:7f00:1]/a",
    "ftp://push.example/a",
    "javascript:alert(1)",
    "https://push.example/#secret",
    "",
    `https://push.example/${"a".repeat(1000)}`,
    ...PRIVATE.map((address) => `https://${address.includes(":") ? `[${address}]` : address}/a`),
  ];
  for (const one of bad)
    expect(() => parseEndpoint(one, { loopback: false }), one).toThrow(
      expect.objectContaining({ code: "may/bad-endpoint" }),
    );
  expect(parseEndpoint("https://push.example/send/abc?d=1", { loopback: false }).hostname).toBe("push.example");
  expect(parseEndpoint("https://localhost:8443/a", { loopback: true }).port).toBe("8443");
  for (const one of ["http://localhost/a", "https://10.0.0.1/a", "https://[fe80::1]/a"])
    expect(() => parseEndpoint(one, { loopback: true }), one).toThrow();
});

test("a public name that leads to a private address leads nowhere: what is looked up is what is reached", async () => {
  const look = (loopback: boolean) =>
    new Promise<string>((resolve) =>
      guardedLookup({ loopback })("localhost", { all: false }, (failed, address) =>
        resolve(failed === null ? String(address) : "refused"),
      ),
    );
  expect(await look(false)).toBe("refused");
  expect(["127.0.0.1", "::1"]).toContain(await look(true));
});
