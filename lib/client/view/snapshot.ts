// What each topic of one account shows, by its name.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Topic } from "@/lib/client/api.ts";
import { circleView } from "@/lib/client/circle/view.ts";
import { emojiView } from "@/lib/client/daily/emoji.ts";
import { renewalView } from "@/lib/client/renewal/view.ts";
import { threadsView, threadView } from "@/lib/client/threads/view.ts";
import { singleView } from "@/lib/client/view/items/single.ts";
import { ledgerView } from "@/lib/client/view/ledger/of-account.ts";
import { readersView } from "@/lib/client/view/ledger/readers.ts";
import { askingView } from "./asking.ts";
import { channelView } from "./channel.ts";
import { devicesView } from "./devices.ts";
import { invitesView } from "./invites.ts";
import { recoveryView } from "./recovery.ts";
import { timelineView } from "./timeline.ts";
import { workspaceView } from "./workspace.ts";

/** Topics that no single channel's events change. */
export const WHOLE: ReadonlySet<string> = new Set([
  "invites",
  "asking",
  "ledger",
  "renewals",
  "recovery",
  "circle",
  "search",
  "files",
  "emoji",
  "keeps",
  "activity",
]);

/** Undefined: there is nothing to show yet. */
export function accountSnapshot(account: Account, topic: Topic): unknown {
  const [kind, , channel, event] = topic.split(":");
  if (kind === "workspace") return workspaceView(account);
  if (kind === "circle") return circleView(account);
  if (kind === "recovery") return recoveryView(account);
  if (kind === "invites") return invitesView(account);
  if (kind === "emoji") return emojiView(account);
  if (kind === "keeps") return account.daily.view();
  if (kind === "activity") return account.daily.activity.view();
  if (kind === "ledger") return ledgerView(account);
  if (kind === "readers") return readersView(account, channel as ChannelId, (event ?? null) as EventId | null);
  if (kind === "renewals") return renewalView(account);
  if (kind === "devices") return devicesView(account);
  if (kind === "notify") return account.notify.view();
  if (kind === "alerts") return account.notify.alertsView();
  if (kind === "presence") return account.here.view();
  if (kind === "typing") return account.here.typingView(channel as ChannelId);
  if (kind === "threads") return threadsView(account);
  if (kind === "asking") return askingView(account);
  if (kind === "message" || kind === "pins")
    return singleView(account, channel as ChannelId, event as EventId | undefined);
  if (account.scopeOf(channel as ChannelId) === undefined) return undefined;
  if (
    kind === "timeline" &&
    event !== undefined &&
    !account.log.past.isMissing(channel as ChannelId, event as EventId)
  ) {
    const stretch = account.log.past.get(channel as ChannelId, event as EventId);
    return stretch === undefined ? undefined : timelineView(account, channel as ChannelId, stretch);
  }
  if (kind === "thread") return threadView(account, channel as ChannelId, event as EventId);
  // Half of what is stored would show as if the rest were lost.
  if (kind === "timeline" && !account.log.isOpen(channel as ChannelId)) return undefined;
  return kind === "timeline" ? timelineView(account, channel as ChannelId) : channelView(account, channel as ChannelId);
}
