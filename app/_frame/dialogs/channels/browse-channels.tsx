// Every open channel, and one's own private ones: look for one, open it, join it.
"use client";

import { Hash, Lock, Plus } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem } from "@/lib/client/api.ts";

function Row({ channel, onOpen, onJoin }: { channel: ChannelItem; onOpen: () => void; onJoin: () => void }) {
  const words = useWords();
  const say = words.dialogs.browse;
  return (
    <li className={styles.row}>
      {channel.kind === "private" ? <Lock /> : <Hash />}
      <span className={styles.words}>
        <span className={styles.name}>{channel.name}</span>
        {channel.topic !== "" && <span className={styles.sub}>{channel.topic}</span>}
      </span>
      {channel.archived ? (
        <span className={styles.end}>{words.frame.archived}</span>
      ) : (
        channel.joined && <span className={styles.end}>{say.joined}</span>
      )}
      {channel.joined || channel.archived ? (
        <Button size="sm" onClick={onOpen} aria-label={`${say.open} ${channel.name}`}>
          {say.open}
        </Button>
      ) : (
        <Button size="sm" onClick={onJoin} aria-label={`${say.join} ${channel.name}`}>
          {say.join}
        </Button>
      )}
    </li>
  );
}

export function BrowseChannels({ onClose }: { onClose: () => void }) {
  const words = useWords().dialogs.browse;
  const { view, open } = useFrame();
  const join = useCommand("joinChannel");
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLocaleLowerCase();
  const found = view.channels
    .filter((one) => one.kind !== "dm" && `${one.name} ${one.topic}`.toLocaleLowerCase().includes(wanted))
    .sort(
      (a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
  const visit = (channel: ChannelItem) => {
    onClose();
    go({ t: "channel", ws: view.ws, channel: channel.id, panel: null });
  };
  const enter = async (channel: ChannelItem) => {
    const done = await join.run({ ws: view.ws, channel: channel.id });
    if (done.ok) visit(channel);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      sentence={words.sentence}
      footer={
        view.mayCreateChannels && (
          <Button icon={<Plus />} onClick={() => open({ t: "create-channel" })}>
            {words.create}
          </Button>
        )
      }
    >
      <div className={styles.filter}>
        <Field label={words.filter} quiet>
          {(parts) => (
            <Input
              {...parts}
              type="search"
              placeholder={words.filter}
              autoFocus
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={join.fault} />
        {found.length === 0 ? (
          <p className={styles.none} role="status">
            {words.none}
          </p>
        ) : (
          <ul className={styles.list}>
            {found.map((one) => (
              <Row key={one.id} channel={one} onOpen={() => visit(one)} onJoin={() => void enter(one)} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
