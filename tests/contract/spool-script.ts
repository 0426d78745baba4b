// What every spool must do, as one script that tells what it saw: it runs here, and in a worker of a browser.
import { asFault } from "@/lib/base/errors.ts";
import type { ByteSource, Spool } from "@/lib/client/ports.ts";

const PIECE = 1024 * 1024;
const pattern = (size: number) => {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = (i * 31 + (i >> 12)) & 255;
  return bytes;
};
const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const secret = (fill: number) => new Uint8Array(32).fill(fill);
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (thrown: unknown) => asFault(thrown).code,
  );

/** Everything that was seen, by what was tried; the same for every spool. */
export async function trySpool(spool: Spool): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const never = new AbortController().signal;
  for (const size of [0, 5, PIECE, PIECE + 1, 3 * PIECE - 7]) {
    const bytes = pattern(size);
    await spool.keep(`size${size}`, secret(1), bytes, never);
    const kept = await spool.open(`size${size}`, secret(1));
    const whole = kept === undefined ? undefined : await kept.read(0, size);
    seen[`${size} bytes`] = kept?.size === size && whole !== undefined && equal(whole, bytes);
  }
  const bytes = pattern(3 * PIECE - 7);
  const kept = await spool.open(`size${bytes.length}`, secret(1));
  const across = await kept?.read(PIECE - 3, 2 * PIECE + 3);
  seen["across pieces"] = across !== undefined && equal(across, bytes.subarray(PIECE - 3, 2 * PIECE + 3));
  seen["another secret"] = await spool.open("size5", secret(2));
  seen["another name"] = await spool.open("nothing", secret(1));
  const ended = new AbortController();
  ended.abort();
  seen.ended = [
    await outcome(spool.keep("ended", secret(3), bytes, ended.signal)),
    await spool.open("ended", secret(3)),
  ];
  const broken: ByteSource = {
    size: 2 * PIECE,
    read: async (from) => {
      if (from > 0) throw asFault(new TypeError("gone"));
      return pattern(PIECE);
    },
  };
  seen.broken = [await outcome(spool.keep("broken", secret(4), broken, never)), await spool.open("broken", secret(4))];
  await spool.drop("size5");
  await spool.drop("size5");
  seen.dropped = await spool.open("size5", secret(1));
  await spool.sweep(new Set([`size${PIECE}`]));
  seen.swept = [(await spool.open(`size${PIECE}`, secret(1)))?.size, await spool.open(`size${PIECE + 1}`, secret(1))];
  return seen;
}

export const EXPECTED: Record<string, unknown> = {
  "0 bytes": true,
  "5 bytes": true,
  [`${PIECE} bytes`]: true,
  [`${PIECE + 1} bytes`]: true,
  [`${3 * PIECE - 7} bytes`]: true,
  "across pieces": true,
  "another secret": undefined,
  "another name": undefined,
  ended: ["app/cancelled", undefined],
  broken: ["bug/unexpected", undefined],
  dropped: undefined,
  swept: [PIECE, undefined],
};
