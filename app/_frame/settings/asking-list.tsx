// Those who ask to be let in: who by which link, where guests go, and the decision.
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/invites/invites.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Checkbox } from "@/app/_ui/fields/choice.tsx";
import { SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Tag } from "@/app/_ui/signs/pill.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { AskingView, JoinAsk } from "@/lib/client/api/members.ts";

interface ChannelsProps {
  addable: AskingView["addable"];
  chosen: ReadonlySet<ChannelId>;
  onChange: (chosen: ReadonlySet<ChannelId>) => void;
}

function GuestChannels({ addable, chosen, onChange }: ChannelsProps) {
  const words = useWords().members.asking;
  const { view } = useFrame();
  if (addable.length === 0) return <p className={styles.sub}>{words.guestNone}</p>;
  const flip = (channel: ChannelId) => {
    const next = new Set(chosen);
    if (!next.delete(channel)) next.add(channel);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className={styles.sub}>{words.guestIn}</legend>
      {addable.map((channel) => (
        <Checkbox
          key={channel}
          label={view.channels.find((one) => one.id === channel)?.name ?? ""}
          checked={chosen.has(channel)}
          onChange={() => flip(channel)}
        />
      ))}
    </fieldset>
  );
}

function NewcomerWords({ ask, name }: { ask: JoinAsk; name: string }) {
  const words = useWords().members.asking;
  const formats = useFormats();
  const { nameOf } = useFrame();
  return (
    <>
      <p className={styles.title}>
        {name} {ask.role === "guest" && <Tag>{words.guest}</Tag>}
      </p>
      <p className={styles.sub}>
        {words.sub(nameOf(ask.invitedBy), `${formats.day(ask.at, Date.now())}, ${formats.time(ask.at)}`)}
        {ask.label !== "" && ` · ${ask.label}`}
      </p>
    </>
  );
}

/** One who was here and lost everything: whose place he asks for, and the digits that he must be able to read out. */
function ReturningWords({ ask }: { ask: JoinAsk }) {
  const words = useWords().renewal.asking;
  const formats = useFormats();
  const { nameOf } = useFrame();
  return (
    <>
      <p className={styles.title}>
        {nameOf(ask.user)} <Tag>{words.tag}</Tag>
      </p>
      <p className={styles.sub}>{words.sub(`${formats.day(ask.at, Date.now())}, ${formats.time(ask.at)}`)}</p>
      <p>{words.digits(ask.check ?? "")}</p>
    </>
  );
}

function Ask({ ask, addable }: { ask: JoinAsk; addable: AskingView["addable"] }) {
  const words = useWords().members.asking;
  const back = useWords().renewal.asking;
  const { view, nameOf } = useFrame();
  const approve = useCommand("approveJoin");
  const decline = useCommand("declineJoin");
  const [chosen, setChosen] = useState<ReadonlySet<ChannelId>>(() => new Set(ask.channels));
  const name = ask.returning ? nameOf(ask.user) : (ask.name ?? words.unknown);
  const says = ask.returning ? back : words;
  const busy = approve.pending || decline.pending;
  const letIn = async () => {
    const done = await approve.run({ ws: view.ws, user: ask.user, channels: ask.role === "guest" ? [...chosen] : [] });
    if (done.ok) toast(done.value.outcome === "let-in" ? says.done(name) : words.already(nameOf(done.value.by)));
  };
  const refuse = async () => {
    const done = await decline.run({ ws: view.ws, user: ask.user });
    if (done.ok) toast(done.value.outcome === "declined" ? words.declined : words.gone);
  };
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        {ask.returning ? <ReturningWords ask={ask} /> : <NewcomerWords ask={ask} name={name} />}
        {ask.expired && <p className={styles.sub}>{words.expired}</p>}
        {ask.role === "guest" && !ask.returning && (
          <GuestChannels addable={addable} chosen={chosen} onChange={setChosen} />
        )}
        <FaultLine fault={approve.fault ?? decline.fault} />
      </div>
      <div className={styles.acts}>
        <Button
          size="sm"
          look="filled"
          disabled={busy || ask.expired}
          aria-label={says.letInWho(name)}
          onClick={() => void letIn()}
        >
          {says.letIn}
        </Button>
        <Button size="sm" disabled={busy} aria-label={words.declineWho(name)} onClick={() => void refuse()}>
          {words.decline}
        </Button>
      </div>
    </li>
  );
}

export function AskingList() {
  const words = useWords().members.asking;
  const back = useWords().renewal.asking;
  const { view } = useFrame();
  const asking = useTopic(view.mayDecide ? `asking:${view.ws}` : null);
  if (asking === undefined || asking.asks.length === 0) return null;
  return (
    <SettingSection title={words.title}>
      <ul>
        {asking.asks.map((ask) => (
          <Ask key={ask.user} ask={ask} addable={asking.addable} />
        ))}
      </ul>
      <p className={styles.sub}>{back.someone}</p>
    </SettingSection>
  );
}
