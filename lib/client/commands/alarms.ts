// An alarm with its evidence as a file, so that a colleague or an expert can compare it with what he sees (PROTOCOL L9).
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Account } from "@/lib/client/account/account.ts";

/** Throws may/not-found for a notice that is over. */
export async function alarmFile(account: Account, id: string): Promise<{ name: string; text: string }> {
  const notice = account.notices.find((one) => one.id === id);
  if (notice === undefined) throw new Fault("may/not-found");
  const { state, ports, ws, me } = account;
  const { code, at, detail } = notice;
  const file = {
    format: "tacit-alarm-1",
    workspace: ws,
    server: ports.transport.origin,
    noticed: { code, at, about: detail },
    here: { user: me, position: state.n, head: toBase64url(state.head) },
    evidence: await account.warnings.evidence(id),
  };
  const plain = (_: string, value: unknown) => (value instanceof Uint8Array ? toBase64url(value) : value);
  return { name: `alarm-${code.replace("/", "-")}-${state.n}.json`, text: JSON.stringify(file, plain, 1) };
}
