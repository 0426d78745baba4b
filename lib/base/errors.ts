// One Fault class; the table of codes says who is to blame, what the engine does, what people read, how it travels.
import type { FaultCode } from "./faults.ts";
import { FAULTS } from "./faults.ts";

export type { FaultCode } from "./faults.ts";

/** Everything that goes wrong on purpose. `detail` never holds secrets or plaintext. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly detail: string | undefined;

  constructor(code: FaultCode, options: { cause?: unknown; detail?: string } = {}) {
    super(options.detail === undefined ? code : `${code}: ${options.detail}`, { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
  }

  /** The row of the table for this code. */
  get entry(): (typeof FAULTS)[FaultCode] {
    return FAULTS[this.code];
  }
}

/** True for a Fault, of the given code when one is named. */
export function isFault(thrown: unknown, code?: FaultCode): thrown is Fault {
  return thrown instanceof Fault && (code === undefined || thrown.code === code);
}

/** Whatever was thrown, as a Fault: unknown things become bug/unexpected. */
export function asFault(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : new Fault("bug/unexpected", { cause: thrown });
}

/** True when `text` is a code of the table. */
export function isFaultCode(text: unknown): text is FaultCode {
  return typeof text === "string" && Object.hasOwn(FAULTS, text);
}
