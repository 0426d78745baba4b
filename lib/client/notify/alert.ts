// A message as a notification says it: who, where and one line of text, fit to stand outside the app (MS-25).

import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Alert } from "@/lib/client/api/live/notify.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainLabel } from "@/lib/client/view/label.ts";

const TEXT_CHARS = 180;
const MENTION = /<@([A-Za-z0-9_-]{22})>/g;
const CALL = /<!(here|channel)>/g;
const PLACE = /<#([A-Za-z0-9_-]{22})>/g;

function nameOf(account: Parts, user: UserId): string {
  return plainLabel(account.registers.profile(user)?.name ?? "");
}

/** One line, names in the place of mentions, nothing that turns text around or breaks out of its line. */
function lineOf(account: Parts, text: string): string {
  const named = text
    .replace(MENTION, (_, user: string) => `@${nameOf(account, user as UserId)}`)
    .replace(CALL, "@$1")
    .replace(PLACE, (_, id: string) => `#${plainLabel(account.registers.channel(id as ChannelId)?.name ?? "…")}`);
  const line = plainLabel(named);
  return line.length <= TEXT_CHARS ? line : `${line.slice(0, TEXT_CHARS).toWellFormed().trimEnd()}…`;
}

export function alertOf(account: Parts, record: EventRecord): Alert {
  const { channel, content } = record;
  const author = record.user ?? account.me;
  const text = content?.k === "message" ? content.text : content?.k === "poll" ? content.question : "";
  const direct = account.scopeState(channel)?.kind === "dm";
  return {
    id: record.id,
    channel,
    author,
    name: nameOf(account, author),
    place: direct ? "" : plainLabel(account.registers.channel(channel)?.name ?? ""),
    text: lineOf(account, text),
  };
}
