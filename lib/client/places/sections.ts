// One's own sections and stars: settings in the self scope, so that all of one's devices show the same list.

import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { type Section, STARRED } from "@/lib/client/api/daily/places.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { randomBytes } from "@/lib/crypto/random.ts";

const LIST = "sections";
const MOST = 30;
const NAME_CHARS = 60;
const ID = /^[A-Za-z0-9_-]{1,16}$/;
const keyOf = (channel: ChannelId): string => `section ${channel}`;

/** What a setting says now: what is on its way counts before it has landed. */
function setting(account: Account, key: string): { readonly rev: number; readonly value: string } | undefined {
  let newest: { rev: number; value: string } | undefined = account.registers.setting(key);
  for (const { content } of account.outbox.entries(account.selfChannel))
    if (content.k === "setting" && content.key === key && content.rev > (newest?.rev ?? 0)) newest = content;
  return newest;
}

async function say(account: Account, key: string, value: string): Promise<void> {
  const rev = account.registers.nextRev(setting(account, key));
  await account.send(account.selfChannel, { k: "setting", key, rev, value });
  account.changed("workspace");
}

/** One's own sections; what another version wrote and makes no sense is left out. */
export function sectionsOf(account: Account): Section[] {
  const said = setting(account, LIST)?.value ?? "";
  const lines = said.split("\n").slice(0, MOST);
  return lines.flatMap((line): Section[] => {
    const [id = "", ...name] = line.split(" ");
    return ID.test(id) && name.length > 0 ? [{ id, name: plainLabel(name.join(" ")) }] : [];
  });
}

/** The section of a channel: STARRED, one's own, or null. */
export function sectionOf(account: Account, channel: ChannelId, sections: readonly Section[]): string | null {
  const said = setting(account, keyOf(channel))?.value ?? "";
  return said === STARRED || sections.some(({ id }) => id === said) ? said : null;
}

export async function moveChannel(
  account: Account,
  input: { channel: ChannelId; section: string | null },
): Promise<void> {
  const { channel, section } = input;
  if (account.scopeOf(channel) === undefined) throw new Fault("may/not-found");
  const known = section === null || section === STARRED || sectionsOf(account).some(({ id }) => id === section);
  if (!known) throw new Fault("may/not-found");
  await say(account, keyOf(channel), section ?? "");
}

export async function setSections(
  account: Account,
  input: { sections: readonly { id: string | null; name: string }[] },
): Promise<void> {
  const lines = input.sections.slice(0, MOST).map(({ id, name }) => {
    const clean = name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, NAME_CHARS);
    if (clean === "") throw new Fault("app/empty");
    return `${id ?? toBase64url(randomBytes(6))} ${clean}`;
  });
  await say(account, LIST, lines.join("\n"));
}
