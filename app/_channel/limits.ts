// The protocol's bounds that screens check before the engine does; the types hold them to the protocol's own.

import type { LIMITS } from "@/lib/protocol/limits.ts";

type Limits = typeof LIMITS;

export const MESSAGE_CHARS: Limits["messageChars"] = 100_000;
export const FILES_PER_MESSAGE: Limits["filesPerMessage"] = 10;
/** Files that wait in one composer; more than one message carries go as several messages. */
export const FILES_AT_ONCE = 50;
export const FILE_BYTES: Limits["fileBytes"] = 4 * 1024 * 1024 * 1024;
