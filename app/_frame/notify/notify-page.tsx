// What one is told of, how, and when not; the same on all devices but for the first row of "How" (DESIGN 9).
"use client";

import { type ReactNode, useId, useState } from "react";
import { useDevice, useDeviceSwitch } from "@/app/_engine/device/notices.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Segment } from "@/app/_ui/controls/segment.tsx";
import { Switch } from "@/app/_ui/controls/switch.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { NotifyView } from "@/lib/client/api/live/notify.ts";
import type { NotifyLevel, NotifySetting } from "@/lib/protocol/setting/notify.ts";
import { CHOICES, channelChoice, choiceSetting } from "./choices.ts";
import styles from "./notify.module.css";

type Change = (change: Partial<NotifySetting>) => void;
const STEP = 30;
const TIMES = Array.from({ length: (24 * 60) / STEP }, (_, i) => i * STEP);
const LEVELS: readonly NotifyLevel[] = ["all", "mentions", "nothing"];

function WordsRow({ all, change }: { all: NotifySetting; change: Change }) {
  const words = useWords().notify.page;
  const formats = useFormats();
  const [text, setText] = useState<string | null>(null);
  const field = useId();
  const save = () => {
    change({ words: (text ?? "").split(",") });
    setText(null);
  };
  return (
    <SettingRow
      label={words.words}
      sub={all.words.length === 0 ? words.wordsSub : words.wordsAre(formats.list(all.words))}
    >
      {text === null ? (
        <Button onClick={() => setText(all.words.join(", "))}>{words.editWords}</Button>
      ) : (
        <form
          className={styles.words}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Input
            id={field}
            aria-label={words.wordsField}
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={2000}
            autoFocus
          />
          <Button type="submit" look="filled">
            {words.save}
          </Button>
        </form>
      )}
    </SettingRow>
  );
}

function AboutSection({ all, change }: { all: NotifySetting; change: Change }) {
  const { page, levels } = useWords().notify;
  return (
    <SettingSection title={page.about}>
      <SettingRow label={page.messages} sub={page.messagesSub}>
        <Segment
          label={page.messages}
          value={all.level}
          onChange={(level) => change({ level })}
          options={LEVELS.map((value) => ({ value, label: levels[value] }))}
        />
      </SettingRow>
      <SettingRow label={page.threads}>
        <Switch label={page.threads} on={all.threads} onChange={(threads) => change({ threads })} />
      </SettingRow>
      <WordsRow all={all} change={change} />
    </SettingSection>
  );
}

function DeviceRow() {
  const words = useWords().notify.page;
  const { permission, chosen } = useDevice();
  const session = useTopic("session");
  const { view } = useFrame();
  const [accounts] = useState(() => session?.accounts.map(({ ws }) => ws) ?? [view.ws]);
  const turn = useDeviceSwitch(accounts);
  const on = permission === "granted" && chosen !== false;
  return (
    <SettingRow label={words.device} sub={words.permission[permission]}>
      <Switch
        label={words.device}
        on={on}
        disabled={permission === "none" || permission === "denied"}
        onChange={(next) => void turn(next)}
      />
    </SettingRow>
  );
}

function HowSection({ all, change }: { all: NotifySetting; change: Change }) {
  const words = useWords().notify.page;
  return (
    <SettingSection title={words.how}>
      <DeviceRow />
      <SettingRow label={words.text} sub={words.textSub}>
        <Switch label={words.text} on={all.text} onChange={(text) => change({ text })} />
      </SettingRow>
      <SettingRow label={words.sound}>
        <Switch label={words.sound} on={all.sound} onChange={(sound) => change({ sound })} />
      </SettingRow>
    </SettingSection>
  );
}

function Time({ label, value, onChange }: { label: string; value: number; onChange: (minute: number) => void }) {
  const two = (part: number) => String(part).padStart(2, "0");
  const name = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  const times = TIMES.includes(value) ? TIMES : [...TIMES, value].sort((a, b) => a - b);
  return (
    <Select
      label={label}
      options={times.map((minute) => ({ value: String(minute), label: name(minute) }))}
      value={String(value)}
      onChange={(minute) => onChange(Number(minute))}
    />
  );
}

function QuietSection({ all, change }: { all: NotifySetting; change: Change }) {
  const words = useWords().notify.page;
  const { quiet } = all;
  const set = (part: Partial<NotifySetting["quiet"]>) => change({ quiet: { ...quiet, ...part } });
  const now = Date.now();
  const paused = all.pause !== null && all.pause > now;
  return (
    <SettingSection title={words.quiet}>
      <SettingRow label={words.pause} sub={words.pauseSub}>
        <Switch label={words.pause} on={paused} onChange={(on) => change({ pause: on ? now + 60 * 60_000 : null })} />
      </SettingRow>
      <SettingRow label={words.everyDay} sub={words.everyDaySub}>
        {quiet.on && (
          <>
            <Time label={words.from} value={quiet.from} onChange={(from) => set({ from })} />
            <span className={styles.to}>{words.to}</span>
            <Time label={words.until} value={quiet.to} onChange={(to) => set({ to })} />
          </>
        )}
        <Switch label={words.everyDay} on={quiet.on} onChange={(on) => set({ on })} />
      </SettingRow>
      <SettingRow label={words.weekends}>
        <Switch label={words.weekends} on={quiet.weekends} onChange={(weekends) => set({ weekends })} />
      </SettingRow>
    </SettingSection>
  );
}

function SharesSection() {
  const words = useWords().notify.page;
  const { view } = useFrame();
  const shares = useTopic(`presence:${view.ws}`)?.shares;
  const share = useCommand("sharePresence");
  if (shares === undefined) return null;
  const row = (name: "presence" | "typing") => (
    <SettingRow label={words[name]} sub={words[`${name}Sub`]}>
      <Switch
        label={words[name]}
        on={shares[name]}
        onChange={(on) => void share.run({ ws: view.ws, ...shares, [name]: on })}
      />
    </SettingRow>
  );
  return (
    <SettingSection title={words.seen}>
      {row("presence")}
      {row("typing")}
    </SettingSection>
  );
}

function ApartSection({ channels }: { channels: NotifyView["channels"] }) {
  const { page, choices } = useWords().notify;
  const { view, titleOf } = useFrame();
  const { run } = useCommand("chooseChannelNotify");
  const apart = view.channels.filter(({ id }) => channels[id] !== undefined);
  const choose = (channel: ChannelId, choice: (typeof CHOICES)[number]) =>
    void run({ ws: view.ws, channel, setting: choiceSetting(choice) });
  return (
    <SettingSection title={page.apart}>
      {apart.length === 0 && <p className={styles.none}>{page.apartNone}</p>}
      {apart.map((one) => {
        const name = one.kind === "dm" ? titleOf(one) : `#${titleOf(one)}`;
        const label: ReactNode = <bdi>{name}</bdi>;
        return (
          <SettingRow key={one.id} label={label}>
            <Select
              label={name}
              options={CHOICES.map((value) => ({ value, label: choices[value] }))}
              value={channelChoice(channels[one.id], Date.now())}
              onChange={(choice) => choose(one.id, choice)}
            />
          </SettingRow>
        );
      })}
    </SettingSection>
  );
}

export function NotifyPage() {
  const { view } = useFrame();
  const notify = useTopic(`notify:${view.ws}`);
  const { run } = useCommand("chooseNotify");
  if (notify === undefined) return null;
  const { all, channels } = notify;
  const change: Change = (part) => void run({ ws: view.ws, setting: { ...all, ...part } });
  return (
    <>
      <AboutSection all={all} change={change} />
      <HowSection all={all} change={change} />
      <QuietSection all={all} change={change} />
      <SharesSection />
      <ApartSection channels={channels} />
    </>
  );
}
