// What one is told of in one channel, and for how long it is muted.
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { CHOICES, type Choice, channelChoice, choiceSetting } from "./choices.ts";

const HOURS = { hour: 1, eight: 8, day: 24, week: 168 } as const;
type For = keyof typeof HOURS | "always";
const FORS: readonly For[] = ["hour", "eight", "day", "week", "always"];

export function ChannelNotifyDialog({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { choices, dialog, fors } = useWords().notify;
  const { view, titleOf } = useFrame();
  const notify = useTopic(`notify:${view.ws}`);
  const choose = useCommand("chooseChannelNotify");
  const [picked, setPicked] = useState<Choice | null>(null);
  const [span, setSpan] = useState<For>("always");
  const item = view.channels.find(({ id }) => id === channel);
  const choice = picked ?? channelChoice(notify?.channels[channel], Date.now());
  const act = async () => {
    const until = span === "always" ? undefined : Date.now() + HOURS[span] * 3_600_000;
    const done = await choose.run({ ws: view.ws, channel, setting: choiceSetting(choice, until) });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={dialog.title(item === undefined ? "" : titleOf(item))}
      act={dialog.save}
      pending={choose.pending}
      fault={choose.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <SettingRow label={dialog.about}>
        <Select
          label={dialog.about}
          options={CHOICES.map((value) => ({ value, label: choices[value] }))}
          value={choice}
          onChange={setPicked}
        />
      </SettingRow>
      {choice === "muted" && (
        <SettingRow label={dialog.for} sub={dialog.forSub}>
          <Select
            label={dialog.for}
            options={FORS.map((value) => ({ value, label: fors[value] }))}
            value={span}
            onChange={setSpan}
          />
        </SettingRow>
      )}
    </AskDialog>
  );
}
