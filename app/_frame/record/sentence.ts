// An entry of the ledger as one plain sentence, with the names that people know.

import { hexGroups } from "@/app/_channel/server/row-facts.ts";
import type { Told } from "@/app/_words/en/safety/record.ts";
import type { Words } from "@/app/_words/en.ts";
import { parseBase64url } from "@/lib/base/encoding.ts";
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { Deed, DeedPlace, LedgerLine } from "@/lib/client/api/ledger.ts";

export type EntryLine = Extract<LedgerLine, { t: "entry" }>;

/** What a sentence needs besides the entry. */
export type Teller = {
  readonly words: Words["record"];
  readonly nameOf: (user: UserId) => string;
  readonly list: (names: readonly string[]) => string;
};

const MARK_BYTES = 6;

/** `3f9a 22b1 07c4`: a device's fingerprint, short. It is a hash of the device's public keys. */
export function deviceMark(device: DeviceId): string {
  return hexGroups((parseBase64url(device) ?? new Uint8Array()).subarray(0, MARK_BYTES));
}

function placeOf(place: DeedPlace | null, actor: UserId, { words, nameOf, list }: Teller): string {
  if (place === null || place.kind === "workspace") return words.workspace;
  if (place.kind === "dm") return words.dmWith(list(place.people.filter((user) => user !== actor).map(nameOf)));
  if (place.name !== "") return `#${place.name}`;
  return place.kind === "public" ? words.aChannel : words.aPrivateChannel;
}

function causesOf(deed: Deed, { words, nameOf, list }: Teller): string {
  const clauses = deed.causes.map(({ type, subject }) => {
    const clause = words.because[type];
    return clause === undefined ? words.becauseOther : clause(subject === null ? words.someone : nameOf(subject));
  });
  return list([...new Set(clauses)]);
}

function toldOf({ actor, deed }: EntryLine, teller: Teller): Told {
  const { words, nameOf, list } = teller;
  const subject = deed.subject ?? actor;
  const role = (value: Deed["role"]) => (value === null ? "" : words.roles[value]);
  const value = (name: string) => deed.settings.find((one) => one.name === name)?.value ?? "";
  const others = deed.people.filter((user) => user !== actor);
  const clauses = deed.settings.map((one) => words.setting(one.name, one.value)).filter((clause) => clause !== "");
  return {
    actor: nameOf(actor),
    subject: nameOf(subject),
    own: subject === actor,
    people: list(others.map(nameOf)),
    count: deed.type === "user_reset" ? deed.devices.length : others.length,
    place: placeOf(deed.place, actor, teller),
    dm: deed.place?.kind === "dm",
    devices: list(deed.devices.map(deviceMark)),
    inviter: deed.invite === null ? "" : nameOf(deed.invite.by),
    inviterIsActor: deed.invite?.by === actor,
    uses: deed.invite?.maxUses ?? 1,
    approval: deed.invite?.mode === "approval",
    role: role(deed.role),
    before: role(deed.before),
    epoch: deed.epoch ?? 0,
    causes: causesOf(deed, teller),
    settings: list(clauses),
    version: value("version"),
    threshold: Number(value("threshold")),
    confirmed: value("confirmed") === "yes",
  };
}

/** The sentence of an entry; for a void one, what it would have done. */
export function sentenceOf(line: EntryLine, teller: Teller): string {
  return teller.words.says[line.deed.type](toldOf(line, teller));
}
