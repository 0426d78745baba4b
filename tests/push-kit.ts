// A push service on this machine, over TLS with a certificate of its own, and a browser's side of a subscription (RFC 8030, 8291).
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import type { PushSettings } from "@/server/env.ts";

const at = (name: string) => fileURLToPath(new URL(`./fixtures/push/${name}`, import.meta.url));
const CERT = readFileSync(at("cert.pem"), "utf8");
const PATIENCE_MS = 15_000;

/** Settings of a server that may wake this machine, without a rest between two wake-ups. */
export const TEST_PUSH: PushSettings = { loopback: true, ca: CERT, restMs: 0 };

export type Delivery = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Takes every POST, answers with `status`, and keeps what came. */
export class PushService {
  readonly deliveries: Delivery[] = [];
  status = 201;
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();

  constructor() {
    this.#server = createServer({ cert: CERT, key: readFileSync(at("key.pem")) }, (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const headers = request.headers as Record<string, string>;
        this.deliveries.push({ path: request.url ?? "", headers, body: Buffer.concat(parts) });
        response.writeHead(this.status, this.status === 302 ? { location: "/elsewhere" } : {}).end("kept by nobody");
        for (const look of [...this.#waiting]) look();
      });
    });
  }

  async up(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get origin(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many have come in all. */
  async count(wanted: number): Promise<readonly Delivery[]> {
    return await new Promise((resolve, reject) => {
      const look = () => {
        if (this.deliveries.length < wanted) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.deliveries);
      };
      const timer = setTimeout(
        () => reject(new TypeError(`${this.deliveries.length} wake-ups of ${wanted}`)),
        PATIENCE_MS,
      );
      this.#waiting.add(look);
      look();
    });
  }

  async down(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A browser's keys, and what it makes of a delivery. */
export class PushReceiver {
  readonly #pair = createECDH("prime256v1");
  readonly #auth: Buffer;
  readonly endpoint: string;

  constructor(endpoint: string, given?: { readonly secret: Uint8Array; readonly auth: Uint8Array }) {
    this.endpoint = endpoint;
    this.#auth = Buffer.from(given?.auth ?? randomBytes(16));
    if (given === undefined) this.#pair.generateKeys();
    else this.#pair.setPrivateKey(given.secret);
  }

  get input(): { endpoint: string; p256dh: string; auth: string } {
    return { endpoint: this.endpoint, p256dh: toBase64url(this.#pair.getPublicKey()), auth: toBase64url(this.#auth) };
  }

  /** Opens a delivery as RFC 8291 says; throws when it is not sealed to these keys. */
  open(body: Buffer): Buffer {
    const salt = body.subarray(0, 16);
    const theirs = body.subarray(21, 21 + (body[20] ?? 0));
    const sealed = body.subarray(21 + theirs.length);
    const shared = this.#pair.computeSecret(theirs);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.#pair.getPublicKey(), theirs]);
    const input = Buffer.from(hkdfSync("sha256", shared, this.#auth, info, 32));
    const key = Buffer.from(hkdfSync("sha256", input, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16));
    const nonce = Buffer.from(hkdfSync("sha256", input, salt, Buffer.from("Content-Encoding: nonce\0"), 12));
    const decipher = createDecipheriv("aes-128-gcm", key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    return padded.subarray(0, end);
  }
}

/** What a server's signed word says, checked under the key it names. */
export function readVapid(header: string): { key: string; claims: { aud: string; exp: number; sub: string } } {
  const [, token = "", key = ""] = /^vapid t=([^,]+), k=(\S+)$/.exec(header) ?? [];
  const [head = "", body = "", sig = ""] = token.split(".");
  const point = parseBase64url(key) ?? new Uint8Array(65);
  const [x, y] = [toBase64url(point.subarray(1, 33)), toBase64url(point.subarray(33))];
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const good = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(sig, "base64url"),
  );
  if (!good) throw new TypeError("a signature that does not hold");
  return { key, claims: JSON.parse(Buffer.from(body, "base64url").toString()) };
}
