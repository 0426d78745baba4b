// The server's own source of randomness, as a port: tests alone give another, so that a run replays to the byte.
import { randomBytes } from "node:crypto";

/** `bytes` bytes that nobody can guess. */
export type Random = (bytes: number) => Uint8Array;

export const systemRandom: Random = (bytes) => new Uint8Array(randomBytes(bytes));
