// Commands of a working day, each on its account.
import type { ActivityCommands } from "@/lib/client/api/daily/activity.ts";
import type { EmojiCommands } from "@/lib/client/api/daily/emoji.ts";
import type { KeepCommands } from "@/lib/client/api/daily/keeping.ts";
import type { StatusCommands } from "@/lib/client/api/daily/people.ts";
import type { Daily } from "@/lib/client/daily/daily.ts";
import * as emoji from "@/lib/client/daily/emoji.ts";
import { setStatus } from "@/lib/client/daily/status.ts";
import { checkPost, checkWritable } from "./checks.ts";
import type { Host } from "./host.ts";

function keepCommands(host: Host): KeepCommands {
  /** Something may be due at once. */
  const looking = async <T>(daily: Daily, work: Promise<T>): Promise<T> => {
    const value = await work;
    daily.look();
    return value;
  };
  const dailyOf = (ws: Parameters<Host["account"]>[0]): Daily => {
    const account = host.account(ws);
    checkWritable(account);
    return account.daily;
  };
  return {
    saveLater: async ({ ws, channel, event, at }) => {
      const daily = dailyOf(ws);
      return { item: await looking(daily, daily.later.save(channel, event, at)) };
    },
    remind: async ({ ws, text, at }) => {
      const daily = dailyOf(ws);
      return { item: await looking(daily, daily.later.note(text, at)) };
    },
    changeLater: async ({ ws, item, ...next }) => {
      const daily = dailyOf(ws);
      await looking(daily, daily.later.change(item, next));
    },
    scheduleMessage: async ({ ws, ...input }) => {
      const daily = dailyOf(ws);
      checkPost(host.account(ws), input.channel);
      return { event: await looking(daily, daily.scheduled.add(input)) };
    },
    changeScheduled: async ({ ws, event, ...next }) => {
      const daily = dailyOf(ws);
      await looking(daily, daily.scheduled.change(event, next));
    },
    cancelScheduled: ({ ws, event }) => dailyOf(ws).scheduled.cancel(event),
    sendScheduled: ({ ws, event }) => dailyOf(ws).scheduled.send(event),
    takeDue: ({ ws, key }) => host.account(ws).daily.take(key),
    setPreference: ({ ws, key, value }) => dailyOf(ws).choose(key, value),
  };
}

export function dailyCommands(host: Host): ActivityCommands & EmojiCommands & KeepCommands & StatusCommands {
  return {
    addEmoji: ({ ws, ...input }) => emoji.addEmoji(host.account(ws), input),
    removeEmoji: ({ ws, name }) => emoji.removeEmoji(host.account(ws), name),
    setStatus: async ({ ws, ...input }) => {
      const account = host.account(ws);
      checkWritable(account);
      await setStatus(account, input);
      account.daily.look();
    },
    markActivity: ({ ws }) => host.account(ws).daily.activity.mark(),
    ...keepCommands(host),
  };
}
