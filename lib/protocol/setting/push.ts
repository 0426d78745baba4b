// Wake-ups by Web Push: what a device gives the server for them, and what every one of them holds (PROTOCOL S2).
import { z } from "zod";
import { jsonBytes } from "@/lib/protocol/fields.ts";

export const PUSH = {
  version: 1,
  /** bytes of every wake-up before it is sealed */
  plainBytes: 64,
  endpointChars: 1000,
} as const;

/** The address of a subscription and the browser's keys for it, as the browser made them. */
export const pushSubscribeInput = z.strictObject({
  endpoint: z.string().min(1).max(PUSH.endpointChars),
  p256dh: jsonBytes(65, 65),
  auth: jsonBytes(16, 16),
});
/** The server's public key toward push services: 65 bytes. */
export type PushKeyAnswer = { key: string };
export const pushKeyAnswer = z.strictObject({ key: jsonBytes(65, 65) });
