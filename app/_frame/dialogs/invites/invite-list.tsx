// The invites of a workspace: for whom, by whom, how far used, and closing one.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { CopyButton } from "@/app/_ui/controls/copy-button.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Tag } from "@/app/_ui/signs/pill.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { InviteId } from "@/lib/base/ids.ts";
import type { InviteItem } from "@/lib/client/api/access/invites.ts";
import styles from "./invites.module.css";

function useLines(invite: InviteItem): { title: string; sub: string } {
  const words = useWords().dialogs.invite;
  const formats = useFormats();
  const { nameOf } = useFrame();
  const when = `${formats.day(invite.expires, Date.now())}, ${formats.time(invite.expires)}`;
  const who = invite.maxUses === 1 ? words.forOne : words.forSeveral(invite.maxUses);
  const sub = [
    words.by(nameOf(invite.by)),
    invite.maxUses > 1 && words.usedOf(invite.uses, invite.maxUses),
    invite.joined.length > 0 && words.usedBy(formats.list(invite.joined.map(nameOf))),
    invite.state === "open" && words.until(when),
  ];
  return {
    title: invite.label === "" ? who : `${invite.label} · ${who.toLocaleLowerCase(formats.locale)}`,
    sub: sub.filter((one) => one !== false).join(" · "),
  };
}

function Row({ invite, onClose, busy }: { invite: InviteItem; onClose: (id: InviteId) => void; busy: boolean }) {
  const words = useWords().dialogs.invite;
  const { view } = useFrame();
  const { title, sub } = useLines(invite);
  const open = invite.state === "open";
  const mayClose = open && (invite.by === view.me.id || view.me.role === "owner" || view.me.role === "admin");
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.title}>
          {title} {!open && <Tag>{words.state[invite.state]}</Tag>}
        </p>
        <p className={styles.sub}>{sub}</p>
      </div>
      <div className={styles.acts}>
        {open && invite.link !== null && <CopyButton size="sm" text={invite.link} label={words.copyLink} />}
        {mayClose && (
          <Button size="sm" disabled={busy} onClick={() => onClose(invite.id)}>
            {words.close}
          </Button>
        )}
      </div>
    </li>
  );
}

/** `only`: leaves out what can no longer be used. */
export function InviteList({ only }: { only?: "open" | undefined }) {
  const { dialogs, panels } = useWords();
  const { view } = useFrame();
  const topic = useTopic(`invites:${view.ws}`);
  const close = useCommand("closeInvite");
  const shut = async (invite: InviteId) => {
    const done = await close.run({ ws: view.ws, invite });
    if (done.ok) toast(dialogs.invite.closed);
  };
  const invites = (topic?.invites ?? []).filter((one) => only === undefined || one.state === "open");
  if (invites.length === 0)
    return <p className={styles.none}>{only === undefined ? dialogs.invite.none : panels.peoplePage.noInvites}</p>;
  return (
    <>
      <FaultLine fault={close.fault} />
      <ul>
        {invites.map((one) => (
          <Row key={one.id} invite={one} busy={close.pending} onClose={(id) => void shut(id)} />
        ))}
      </ul>
    </>
  );
}
