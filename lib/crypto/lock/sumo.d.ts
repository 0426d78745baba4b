// What the app lock uses of libsodium's larger package, and no more of it: its own types declare what it does not ship.
declare module "libsodium-wrappers-sumo" {
  const sodium: {
    readonly ready: Promise<void>;
    readonly crypto_pwhash_ALG_ARGON2ID13: number;
    crypto_pwhash(
      length: number,
      passphrase: Uint8Array,
      salt: Uint8Array,
      ops: number,
      memory: number,
      algorithm: number,
    ): Uint8Array;
  };
  export default sodium;
}
