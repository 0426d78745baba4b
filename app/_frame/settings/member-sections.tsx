// Those who were here once, and what the workspace lets its members do.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";

/** Admins take people back; their private channels wait for the members there. */
export function FormerPeople() {
  const words = useWords().members.roles;
  const formats = useFormats();
  const { view } = useFrame();
  const restore = useCommand("restoreMember");
  const former = view.people.filter((one) => !one.active && !one.me);
  if (!view.mayDecide || former.length === 0) return null;
  return (
    <SettingSection title={words.former}>
      <FaultLine fault={restore.fault} />
      {former.map((one) => (
        <SettingRow key={one.id} label={one.name} sub={words.left(formats.date(one.joinedAt))}>
          <Button
            size="sm"
            disabled={restore.pending}
            aria-label={`${words.takeBack}: ${one.name}`}
            onClick={() => void restore.run({ ws: view.ws, user: one.id })}
          >
            {words.takeBack}
          </Button>
        </SettingRow>
      ))}
    </SettingSection>
  );
}

export function RulesSection() {
  const words = useWords().members.rules;
  const { view } = useFrame();
  const set = useCommand("setPolicy");
  const { policy } = view;
  const options = [
    { value: "admins", label: words.admins },
    { value: "members", label: words.members },
  ] as const;
  const change = (next: Partial<typeof policy>) => void set.run({ ws: view.ws, ...policy, ...next });
  return (
    <SettingSection title={words.title}>
      <FaultLine fault={set.fault} />
      <SettingRow label={words.invites} sub={words.invitesSays}>
        <Select
          label={words.invites}
          options={options}
          value={policy.invites}
          onChange={(invites) => change({ invites })}
        />
      </SettingRow>
      <SettingRow label={words.channels}>
        <Select
          label={words.channels}
          options={options}
          value={policy.channels}
          onChange={(channels) => change({ channels })}
        />
      </SettingRow>
    </SettingSection>
  );
}
