// Every answer of the server, checked for shape and size before the engine looks at it (MS-23, MS-24).
import { Fault } from "@/lib/base/errors.ts";
import type { Api, Procedure, Transport } from "@/lib/client/ports.ts";
import { ANSWERS } from "@/lib/protocol/answers.ts";

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown } };

/** An answer as the protocol has it. Throws net/bad-answer; nothing of a malformed one is used. */
export function parseAnswer<P extends Procedure>(procedure: P, value: unknown): Api[P]["output"] {
  // Also a proof by types that no procedure lacks its schema.
  const schemas: { readonly [P in Procedure]: Schema } = ANSWERS;
  const parsed = schemas[procedure].safeParse(value);
  if (!parsed.success) throw new Fault("net/bad-answer", { detail: procedure });
  return parsed.data as Api[P]["output"];
}

/** The same transport, of which no unchecked answer comes. */
export function checkedTransport(transport: Transport): Transport {
  return {
    origin: transport.origin,
    call: async (procedure, input, token, signal) =>
      parseAnswer(procedure, await transport.call(procedure, input, token, signal)),
    live: (handlers) => transport.live(handlers),
    putSegment: (at, bytes, token, options) => transport.putSegment(at, bytes, token, options),
    getSegment: (at, token, options) => transport.getSegment(at, token, options),
  };
}
