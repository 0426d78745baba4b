// What the commands behind a slash do, on this device: nothing of them goes out but what they say.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { pollStart } from "@/app/_channel/polls/poll-start.ts";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { ACTION, type Command, parseSlash, parseStatus } from "./parse.ts";
import { parseRemind, timeOf } from "./remind-time.ts";

/** `send`: a message of these words; `refused`: why nothing was done; neither: it is done. */
export type Ran = { readonly send: string } | { readonly refused: string } | { readonly done: true };
type Run = (rest: string) => Promise<Ran>;

const SHRUG = "¯\\\\_(ツ)_/¯";
const NAMED = /^<@([A-Za-z0-9_-]{22})>\s*([\s\S]*)$/;
const HOUR = 3_600_000;
const DONE: Ran = { done: true };
/** Muted until it is taken back. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/** Leads on to a dialog or place; nothing more is to be said. */
function opened(_: unknown): Ran {
  return DONE;
}

/** What concerns this person and device. */
function usePersonal(): Partial<Record<Command, Run>> {
  const engine = useEngine();
  const { ws, channel } = useChannel();
  const { open } = useFrame();
  const words = useWords().slash;
  const when = useWhen();
  const notify = useTopic(`notify:${ws}`);
  const shares = useTopic(`presence:${ws}`)?.shares;
  const share = async (presence: boolean) => {
    await engine.sharePresence({ ws, presence, typing: shares?.typing ?? true });
    toast(presence ? words.said.active : words.said.away);
    return DONE;
  };
  return {
    remind: async (rest) => {
      const asked = parseRemind(rest, Date.now());
      if (!asked.ok) return { refused: asked.why === "text" ? words.refused.remindText : words.refused.remindTime };
      await engine.remind({ ws, text: asked.text, at: asked.at });
      if (asked.at > Date.now()) toast(words.said.remind(when(asked.at)));
      return DONE;
    },
    status: async (rest) => {
      if (rest === "") return opened(open({ t: "status" }));
      await engine.setStatus({ ws, ...parseStatus(rest), until: null });
      toast(words.said.status);
      return DONE;
    },
    dnd: async (rest) => {
      if (notify === undefined) return { refused: words.refused.wait };
      const now = Date.now();
      const off = /^(?:off|non)$/i.test(rest);
      const at = off
        ? null
        : rest === ""
          ? now + HOUR
          : (timeOf(rest, now) ?? timeOf(`in ${rest}`, now) ?? timeOf(`at ${rest}`, now));
      if (at === undefined || (at !== null && at <= now)) return { refused: words.refused.dnd };
      await engine.chooseNotify({ ws, setting: { ...notify.all, pause: at } });
      toast(at === null ? words.said.dndOff : words.said.dnd(when(at)));
      return DONE;
    },
    away: () => share(false),
    active: () => share(true),
    mute: async () => {
      const setting = notify?.channels[channel] ?? { level: null, muted: null };
      const muted = setting.muted === null ? FOREVER : null;
      await engine.chooseChannelNotify({ ws, channel, setting: { ...setting, muted } });
      toast(muted === null ? words.said.unmuted : words.said.muted);
      return DONE;
    },
    help: async () => opened(open({ t: "slash" })),
  };
}

/** What concerns places and others. */
function useShared(): Partial<Record<Command, Run>> {
  const engine = useEngine();
  const { ws, channel, people, acts } = useChannel();
  const { view, open } = useFrame();
  const words = useWords().slash;
  const about = useTopic(`channel:${ws}:${channel}`);
  return {
    me: async (rest) => (rest === "" ? { refused: words.refused.me } : { send: `${ACTION}${rest}` }),
    shrug: async (rest) => ({ send: `${rest} ${SHRUG}`.trim() }),
    topic: async (rest) => {
      if (about === undefined || !about.mayRename) return { refused: words.refused.topic };
      if (rest === "") return opened(open({ t: "topic", channel }));
      await engine.renameChannel({ ws, channel, name: about.name, topic: rest });
      toast(words.said.topic);
      return DONE;
    },
    invite: async (rest) => {
      const user = NAMED.exec(rest)?.[1] as UserId | undefined;
      if (user === undefined) return rest === "" ? opened(open({ t: "invite" })) : { refused: words.refused.person };
      if (about === undefined || !about.mayAdd) return { refused: words.refused.add };
      await engine.addMember({ ws, channel, user });
      toast(words.said.added(people.nameOf(user)));
      return DONE;
    },
    leave: async () =>
      about?.mayLeave === true ? opened(open({ t: "leave", channel })) : { refused: words.refused.leave },
    msg: async (rest) => {
      const named = NAMED.exec(rest);
      const user = named?.[1] as UserId | undefined;
      if (user === undefined) return { refused: words.refused.person };
      const { channel: dm } = await engine.startDm({ ws, users: user === people.me.id ? [] : [user] });
      const text = (named?.[2] ?? "").trim();
      if (text !== "") await engine.sendMessage({ ws, channel: dm, text, files: [] });
      go({ t: "channel", ws, channel: dm, panel: null });
      return DONE;
    },
    poll: async (rest) => opened(acts.poll(pollStart(rest))),
    open: async (rest) => {
      const name = rest.replace(/^#/, "").toLowerCase();
      const found = view.channels.find((one) => one.kind !== "dm" && one.name.toLowerCase() === name);
      if (found === undefined)
        return rest === "" ? opened(open({ t: "switcher" })) : { refused: words.refused.open(rest) };
      go({ t: "channel", ws, channel: found.id, panel: null });
      return DONE;
    },
  };
}

/** Runs what is written, as it would be stored; a text that is no command is to be sent. */
export function useSlash(): (stored: string) => Promise<Ran> {
  const { slash, faults } = useWords();
  const acts = { ...usePersonal(), ...useShared() };
  return async (stored) => {
    const said = parseSlash(stored);
    if (said.t === "text") return { send: said.text };
    if (said.t === "unknown") return { refused: slash.refused.unknown(said.name) };
    const run = acts[said.name];
    if (run === undefined) return { refused: slash.refused.unknown(said.name) };
    try {
      return await run(said.rest);
    } catch (thrown) {
      return { refused: faults[asFault(thrown).code] };
    }
  };
}
