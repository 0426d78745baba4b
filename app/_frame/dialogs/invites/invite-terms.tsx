// On what terms people come in by a link: at once or after a yes, as members or as guests of named channels.
"use client";

import { useState } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Checkbox, RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { InviteMode } from "@/lib/client/api/members.ts";
import styles from "./invites.module.css";

export type Terms = {
  readonly mode: InviteMode;
  readonly role: "member" | "guest";
  readonly channels: ReadonlySet<ChannelId>;
  readonly change: (terms: Partial<Pick<Terms, "mode" | "role" | "channels">>) => void;
};

/** An invite that lets people in at once makes members (I2). */
export function useTerms(): Terms {
  const { view } = useFrame();
  const [terms, setTerms] = useState<Omit<Terms, "change">>({
    mode: view.inviteModes[0] ?? "approval",
    role: "member",
    channels: new Set(),
  });
  const role = terms.mode === "instant" ? "member" : terms.role;
  const channels = role === "guest" ? terms.channels : new Set<ChannelId>();
  return { ...terms, role, channels, change: (next) => setTerms((old) => ({ ...old, ...next })) };
}

export function InviteTerms({ terms }: { terms: Terms }) {
  const words = useWords().members.invite;
  const { view } = useFrame();
  const rooms = view.channels.filter((one) => one.kind === "private" && !one.archived);
  const modes = {
    instant: { value: "instant" as const, label: words.instant, sub: words.instantSub },
    approval: { value: "approval" as const, label: words.approval, sub: words.approvalSub },
  };
  const flip = (channel: ChannelId) => {
    const next = new Set(terms.channels);
    if (!next.delete(channel)) next.add(channel);
    terms.change({ channels: next });
  };
  return (
    <>
      <RadioGroup
        label={words.mode}
        value={terms.mode}
        onChange={(mode) => terms.change({ mode })}
        options={view.inviteModes.map((mode) => modes[mode])}
      />
      {terms.mode === "approval" && (
        <RadioGroup
          label={words.role}
          value={terms.role}
          onChange={(role) => terms.change({ role })}
          options={[
            { value: "member", label: words.member },
            { value: "guest", label: words.guest },
          ]}
        />
      )}
      {terms.role === "guest" && rooms.length > 0 && (
        <fieldset>
          <legend className={styles.legend}>{words.guestIn}</legend>
          {rooms.map((one) => (
            <Checkbox
              key={one.id}
              label={one.name}
              checked={terms.channels.has(one.id)}
              onChange={() => flip(one.id)}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
