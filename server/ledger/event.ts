// What the server checks of an event: its header against the login and the place it came to (PROTOCOL M2, M5, S1).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { EventHeader, SealedEvent } from "@/lib/protocol/event.ts";
import { headerStructure } from "@/lib/protocol/event.ts";
import type { DeviceSession } from "@/server/auth/tokens.ts";
import { judgeEpoch } from "@/server/may.ts";
import type { NewEvent } from "@/server/store/port.ts";

/** The header of a sealed event, and the event as it is stored. Throws wire/… for a malformed header. */
export function parseEvent(sealed: SealedEvent): { header: EventHeader; event: NewEvent } {
  const header = headerStructure.parse(sealed.header);
  const { id, epoch, device, session, seq } = header;
  return { header, event: { id, epoch, device, session, seq, ...sealed } };
}

/** Null when the header says what the login and the request say, under the epoch that counts now. */
export function judgeEvent(
  state: LedgerState,
  by: DeviceSession,
  header: EventHeader,
  place: { readonly channel: ChannelId; readonly class: EventHeader["class"] },
): FaultCode | null {
  if (header.ws !== state.ws) return "proof/wrong-workspace";
  if (header.channel !== place.channel || header.class !== place.class) return "event/wrong-place";
  if (header.user !== by.user || header.device !== by.device) return "event/wrong-author";
  return judgeEpoch(state, by.user, header.channel, header.epoch);
}
