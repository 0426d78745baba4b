// What two devices tell each other through a mailbox while one links the other: four letters, in this order (PROTOCOL D1).
import { z } from "zod";
import { devicePublic } from "@/lib/protocol/device.ts";
import { bytesOf, count, hash, id, signature, signKey, structure, text } from "@/lib/protocol/fields.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";

/** Letters by their slot. */
export const LINK_SLOTS = { request: 0, offer: 1, consent: 2, result: 3 } as const;

/** From the new device: its keys and r, which make the code; the name it would like to have. */
export const linkRequest = z.strictObject({
  v: z.literal(VERSION),
  device: devicePublic,
  r: bytesOf(32),
  name: text(LIMITS.nameChars),
});
export type LinkRequest = z.output<typeof linkRequest>;
export const linkRequestStructure = structure(linkRequest);

/** From the old device: whose account this is, and where its ledger stands. */
const account = z.strictObject({
  ws: id<"workspace">(32),
  user: id<"user">(),
  rik: signKey,
  n: count,
  head: hash,
  workspace: text(LIMITS.nameChars),
  person: text(LIMITS.profileChars),
});
export type LinkAccount = z.output<typeof account>;
/** `account` null: the person at the old device says no. */
const linkOffer = z.strictObject({ v: z.literal(VERSION), account: account.nullable() });
export const linkOfferStructure = structure(linkOffer);

/** From the new device: its proof that it holds its keys, for this account (L7). `pop` null: no. */
const linkConsent = z.strictObject({ v: z.literal(VERSION), pop: signature.nullable() });
export const linkConsentStructure = structure(linkConsent);

/** From the old device: where the ledger stands with device_add in it. `at` null: it could not be added. */
const linkResult = z.strictObject({
  v: z.literal(VERSION),
  at: z.strictObject({ n: count, head: hash }).nullable(),
});
export const linkResultStructure = structure(linkResult);
