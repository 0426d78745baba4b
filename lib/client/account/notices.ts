// What a person must be told and no single message shows; warnings outlive a restart, with their evidence (PROTOCOL L9).
import { type FaultCode, isFaultCode } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Notice } from "@/lib/client/api.ts";
import { sortable, type Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

const TABLE = "notice";
const EVIDENCE = "evidence";
/** Whoever floods gets no more than this many lines of each kind. */
const MOST = 100;

type Stored = { code: string; at: number; detail: string };

/** What only a lying server or device brings about is an alarm; the rest may have innocent causes. */
export function severityOf(code: FaultCode): Notice["severity"] {
  return code === "event/hole" || code === "event/equivocation" || code === "net/bad-answer" ? "alarm" : "note";
}

export class Notices {
  readonly #vault: Vault;
  #list: Notice[] = [];
  #next = 0;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Reads the warnings of earlier runs. */
  async load(): Promise<void> {
    for (const { key, value } of await this.#vault.scan<Stored & Cbor>(TABLE, { limit: MOST })) {
      this.#next = Math.max(this.#next, Number(key) + 1);
      const { code, at, detail } = value;
      if (isFaultCode(code)) this.#list.push({ id: `a${key}`, code, severity: "alarm", at, detail });
    }
  }

  get all(): readonly Notice[] {
    return this.#list;
  }

  /**
   * Adds a notice; false when it is there already. An alarm lasts: it is kept before anything else happens to it, with
   * what proves it.
   */
  add(notice: Omit<Notice, "id">, evidence: Cbor = null): boolean {
    const { code, severity, at, detail } = notice;
    if (this.#list.some((one) => one.code === code && one.detail === detail)) return false;
    const alike = this.#list.filter((one) => one.severity === severity);
    if (alike.length >= MOST) return false;
    const key = sortable(this.#next);
    this.#next += 1;
    this.#list.push({ ...notice, id: `${severity === "alarm" ? "a" : "n"}${key}` });
    if (severity === "alarm") void this.#keep(key, { code, at, detail }, evidence);
    return true;
  }

  /** What was kept with an alarm; null when nothing was. */
  async evidence(id: string): Promise<Cbor> {
    return (await this.#vault.get<Cbor>(EVIDENCE, id.slice(1))) ?? null;
  }

  /** What was told has ended: its notices go, from the vault too. False when there were none. */
  settle(code: FaultCode, detail?: string): boolean {
    const over = this.#list.filter((one) => one.code === code && (detail === undefined || one.detail === detail));
    this.#list = this.#list.filter((one) => !over.includes(one));
    const keys = over.filter((one) => one.severity === "alarm").map((one) => one.id.slice(1));
    const ops = keys.flatMap((key) => [TABLE, EVIDENCE].map((table) => ({ op: "delete" as const, table, key })));
    if (ops.length > 0) void this.#vault.write(ops);
    return over.length > 0;
  }

  /** The people whose verified events stated another history than this device's (L9). */
  forkers(): Set<UserId> {
    const forks = this.#list.filter((one) => one.code === FORK && one.severity === "alarm" && one.detail !== "");
    return new Set(forks.map((one) => one.detail as UserId));
  }

  async #keep(key: string, value: Stored, evidence: Cbor): Promise<void> {
    await this.#vault.write([
      { op: "put", table: TABLE, key, value },
      { op: "put", table: EVIDENCE, key, value: evidence },
    ]);
  }
}

const FORK: FaultCode = "proof/fork";
