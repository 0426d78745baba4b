// The second decoder's secretstream: crypto_secretstream_xchacha20poly1305 of libsodium, rebuilt from its description.
import { poly1305 } from "@noble/ciphers/_poly1305.js";
import { chacha20, hchacha } from "@noble/ciphers/chacha.js";
import { bigEndian, littleEndian, refuse, same } from "./bytes.ts";

const words = (bytes: Uint8Array): Uint32Array =>
  Uint32Array.from({ length: bytes.length / 4 }, (_, i) => {
    const at = 4 * i;
    const [a, b, c, d] = bytes.subarray(at, at + 4) as unknown as [number, number, number, number];
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  });
const SIGMA = words(Uint8Array.from(Buffer.from("expand 32-byte k", "latin1")));

/** Key and nonce of one stream; the nonce is a counter of 4 bytes and 8 bytes that every chunk's MAC changes. */
export class SecretStream {
  readonly #key: Uint8Array;
  readonly #inner: Uint8Array;
  #counter = 1n;

  constructor(key: Uint8Array, header: Uint8Array) {
    if (header.length !== 24) refuse("stream header");
    const subkey = new Uint32Array(8);
    hchacha(SIGMA, words(key), words(header.subarray(0, 16)), subkey);
    this.#key = new Uint8Array(32);
    for (const [i, word] of subkey.entries()) this.#key.set(littleEndian(BigInt(word), 4), 4 * i);
    this.#inner = header.slice(16);
  }

  #cipher(bytes: Uint8Array, block: number): Uint8Array {
    const nonce = new Uint8Array(12);
    nonce.set(littleEndian(this.#counter, 4));
    nonce.set(this.#inner, 4);
    return chacha20(this.#key, nonce, bytes, undefined, block);
  }

  /** Over ad, the block that holds the tag, the ciphertext, and both lengths; the second padding is libsodium's own. */
  #mac(ad: Uint8Array, tagBlock: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    const length = ciphertext.length;
    const first = ad.length + ((16 - (ad.length % 16)) % 16);
    const second = first + 64 + length + (length % 16);
    const message = new Uint8Array(second + 16);
    message.set(ad);
    message.set(tagBlock, first);
    message.set(ciphertext, first + 64);
    message.set(littleEndian(BigInt(ad.length), 8), second);
    message.set(littleEndian(BigInt(64 + length), 8), second + 8);
    return poly1305(message, this.#cipher(new Uint8Array(64), 0).slice(0, 32));
  }

  #advance(mac: Uint8Array, tag: number): void {
    for (let i = 0; i < 8; i += 1) this.#inner[i] = (this.#inner[i] as number) ^ (mac[i] as number);
    this.#counter += 1n;
    if ((tag & 2) !== 0 && tag !== 3) refuse("this decoder does not rekey");
  }

  seal(plaintext: Uint8Array, ad: Uint8Array, tag: number): Uint8Array {
    const tagBlock = new Uint8Array(64);
    tagBlock[0] = tag;
    const hidden = this.#cipher(tagBlock, 1);
    const ciphertext = this.#cipher(plaintext, 2);
    const mac = this.#mac(ad, hidden, ciphertext);
    this.#advance(mac, tag);
    const out = new Uint8Array(1 + ciphertext.length + 16);
    out.set(hidden.subarray(0, 1));
    out.set(ciphertext, 1);
    out.set(mac, 1 + ciphertext.length);
    return out;
  }

  open(sealed: Uint8Array, ad: Uint8Array): { plaintext: Uint8Array; tag: number } {
    if (sealed.length < 17) refuse("chunk length");
    const first = new Uint8Array(64);
    first[0] = sealed[0] as number;
    const shown = this.#cipher(first, 1);
    const tag = shown[0] as number;
    shown[0] = sealed[0] as number;
    const ciphertext = sealed.slice(1, -16);
    const mac = sealed.slice(-16);
    if (!same(mac, this.#mac(ad, shown, ciphertext))) refuse("chunk altered");
    const plaintext = this.#cipher(ciphertext, 2);
    this.#advance(mac, tag);
    return { plaintext, tag };
  }
}

/** AD of every chunk of a segment: enc(blob, index) written out. */
export const segmentAd = (blob: Uint8Array, index: number): Uint8Array =>
  Uint8Array.from([...bigEndian(16n, 4), ...blob, ...bigEndian(8n, 4), ...bigEndian(BigInt(index), 8)]);
