// What one who lost everything and a helper of his circle tell each other through a mailbox (PROTOCOL D6).
import { z } from "zod";
import { bytesOf, bytesUpTo, count, hash, id, kemKey, signKey, structure, text } from "@/lib/protocol/fields.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { BOX_BYTES, SEAL_BYTES } from "@/lib/protocol/room.ts";

/** Letters by their slot: the first as in linking, the others kept by the server for days. */
export const CIRCLE_SLOTS = { request: 0, word: 1, part: 2 } as const;
/** Most boxes of a code: every 3 or 4 of 7 helpers. */
export const MOST_CIRCLE_BOXES = 35;

/** From the asker: the key that the code was made from; the part is sealed to it. */
const circleRequest = z.strictObject({ v: z.literal(VERSION), kem: kemKey, r: bytesOf(32) });
export const circleRequestStructure = structure(circleRequest);

const helper = z.strictObject({ user: id<"user">(), hash, name: text(LIMITS.profileChars) });
/** From the helper: who he is, whose circle it is as his ledger has it, and how long he waits by his own clock. */
const account = z.strictObject({
  ws: id<"workspace">(32),
  user: id<"user">(),
  rik: signKey,
  n: count,
  head: hash,
  workspace: text(LIMITS.nameChars),
  person: text(LIMITS.profileChars),
  threshold: count,
  helpers: z.array(helper).min(LIMITS.circleThreshold).max(LIMITS.circleHelpers),
});
const circleWord = z.strictObject({ v: z.literal(VERSION), by: id<"user">(), waits: count, account });
export type CircleWord = z.output<typeof circleWord>;
export const circleWordStructure = structure(circleWord);

/** From the helper, after his time: his part, and the boxes. Or that none will come, and by whose doing. */
const circlePart = z.strictObject({
  v: z.literal(VERSION),
  part: z.strictObject({ seal: bytesOf(SEAL_BYTES), boxes: bytesUpTo(MOST_CIRCLE_BOXES * BOX_BYTES) }).nullable(),
  why: z.enum(["given", "helper", "owner"]),
});
export type CirclePart = z.output<typeof circlePart>;
export const circlePartStructure = structure(circlePart);
