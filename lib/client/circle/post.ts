// Letters between helpers and one who lost everything, which the server keeps for days (PROTOCOL D6).
import { equal } from "@/lib/base/bytes.ts";
import { Fault, isFault } from "@/lib/base/errors.ts";
import type { Transport } from "@/lib/client/ports.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { type Mailbox, openLetter, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** A helper lays a letter; the same again is no error: an answer may have been lost. Throws circle/code-used, may/quota. */
export async function layLetter(session: Session, mailbox: Mailbox, slot: number, content: Uint8Array): Promise<void> {
  const letter = toJson(sealLetter(mailbox, slot, content, LIMITS.circleLetterBytes));
  try {
    await session.call("circle.put", { mailbox: mailbox.id, slot, letter });
  } catch (thrown) {
    if (!isFault(thrown, "may/letter-exists")) throw thrown;
    const there = await fetchLetter(session.transport, mailbox, slot);
    if (there === null || !equal(there, content)) throw new Fault("circle/code-used");
  }
}

/** What lies in a slot; null while nothing does. Throws circle/forged for what nobody who knows the code wrote. */
export async function fetchLetter(transport: Transport, mailbox: Mailbox, slot: number): Promise<Uint8Array | null> {
  const { letter } = await transport.call("circle.read", { mailbox: mailbox.id, slot }, null);
  if (letter === null) return null;
  const content = openLetter(mailbox, slot, fromJson(letter), LIMITS.circleLetterBytes);
  if (typeof content === "string") throw new Fault("circle/forged", { detail: content });
  return content;
}
