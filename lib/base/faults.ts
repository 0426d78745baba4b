// The table of fault codes, by area. A test checks that it is whole and that nothing else is thrown.
import { APP } from "@/lib/base/faults/app.ts";
import { CRYPTO } from "@/lib/base/faults/crypto.ts";
import { DAILY } from "@/lib/base/faults/daily/day.ts";
import { EVENT } from "@/lib/base/faults/event.ts";
import { LINK } from "@/lib/base/faults/link.ts";
import { MAY } from "@/lib/base/faults/may.ts";
import { NET } from "@/lib/base/faults/net.ts";
import { PROOF } from "@/lib/base/faults/proof.ts";
import { RECOVERY } from "@/lib/base/faults/recovery.ts";
import { type FaultEntry, row } from "@/lib/base/faults/row.ts";
import { START } from "@/lib/base/faults/start.ts";
import { STORE } from "@/lib/base/faults/store.ts";
import { CIRCLE } from "@/lib/base/faults/trust/circle.ts";
import { LOCK } from "@/lib/base/faults/trust/lock.ts";
import { VERIFY } from "@/lib/base/faults/trust/verify.ts";
import { WIRE } from "@/lib/base/faults/wire.ts";

export type { FaultEntry } from "@/lib/base/faults/row.ts";

/** Every fault that can happen. */
export const FAULTS = {
  ...WIRE,
  ...PROOF,
  ...CRYPTO,
  ...RECOVERY,
  ...EVENT,
  ...LINK,
  ...MAY,
  ...NET,
  ...STORE,
  ...START,
  ...VERIFY,
  ...LOCK,
  ...CIRCLE,
  ...APP,
  ...DAILY,
  "bug/unexpected": row(
    "bug",
    "retry",
    "INTERNAL_SERVER_ERROR",
    "Something went wrong inside Tacit. Nothing was lost; try again.",
  ),
} as const satisfies Record<string, FaultEntry>;

/** `area/what`. */
export type FaultCode = keyof typeof FAULTS;
