// An invite: who invited to what, one's own name and picture, and in.
"use client";

import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { later } from "@/app/_ui/later.tsx";
import { InvitedBy, SetupActs, SetupHelp, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { Avatar } from "@/app/_ui/signs/avatar.tsx";
import { TrustSign } from "@/app/_ui/signs/trust-sign.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { allWords, useWords } from "@/app/_words/words.ts";
import type { FaultCode } from "@/lib/base/faults.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { InvitePreview } from "@/lib/client/api/access/invites.ts";
import type { Picture } from "@/lib/client/api.ts";
import styles from "./enter.module.css";
import { RefusedScreen } from "./refused-screen.tsx";

const AvatarField = later(async () => {
  const [{ AvatarField: field }] = await Promise.all([import("@/app/_frame/parts/avatar-field.tsx"), allWords()]);
  return field;
});

const NAME_CHARS = 80;

function useInvite(fragment: string) {
  const { run, pending } = useCommand("inspectInvite");
  const [read, setRead] = useState<{ preview: InvitePreview | null; fault: FaultCode | null } | null>(null);
  const latest = useRef(fragment);
  const again = useCallback(async () => {
    latest.current = fragment;
    setRead(null);
    const answer = await run({ fragment });
    if (latest.current !== fragment) return;
    setRead(answer.ok ? { preview: answer.value, fault: null } : { preview: null, fault: answer.fault.code });
  }, [run, fragment]);
  useEffect(() => void again(), [again]);
  return { read, pending, again };
}

function Side({ preview }: { preview: InvitePreview }) {
  const words = useWords().enter.join;
  const back = useWords().renewal.join;
  if (preview.returning)
    return (
      <SetupSide title={back.asideTitle} staff={<Staff />}>
        {back.aside}
      </SetupSide>
    );
  const title = preview.role === "guest" ? words.asideGuest : words.asideTitle;
  return (
    <SetupSide title={title} staff={<Staff />}>
      {words.aside} {words.asideNext}
    </SetupSide>
  );
}

interface JoinFormProps {
  fragment: string;
  preview: InvitePreview;
  onDone: (ws: WorkspaceId) => void;
  onRefused: (code: FaultCode) => void;
}

/** One who comes back is known here: nothing is asked but that he wants to (D7). */
function ReturnForm({ fragment, preview, onDone, onRefused }: JoinFormProps) {
  const words = useWords();
  const say = words.renewal.join;
  const ask = useCommand("requestToJoin");
  const run = async () => {
    const done = await ask.run({ fragment, name: preview.workspace });
    if (done.ok) onDone(done.value.ws);
    else if (done.fault.code.startsWith("proof/invite-")) onRefused(done.fault.code);
  };
  return (
    <div className={styles.form}>
      <FaultLine fault={ask.fault} />
      <div className={styles.close}>
        <SetupActs>
          <Button look="filled" size="lg" disabled={ask.pending} onClick={() => void run()}>
            {ask.pending ? words.members.wait.asking : say.submit(preview.workspace)}
          </Button>
        </SetupActs>
        <SetupHelp>{say.proof(preview.inviter)}</SetupHelp>
      </div>
    </div>
  );
}

function JoinForm({ fragment, preview, onDone, onRefused }: JoinFormProps) {
  const words = useWords().enter;
  const formats = useFormats();
  const join = useCommand("joinWorkspace");
  const ask = useCommand("requestToJoin");
  const asks = preview.mode === "approval";
  const pending = join.pending || ask.pending;
  const [name, setName] = useState("");
  const [avatar, setAvatar] = useState<Picture | null>(null);
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || pending) return;
    const done = asks
      ? await ask.run({ fragment, name: name.trim() })
      : await join.run({ fragment, name: name.trim(), avatar });
    if (done.ok) onDone(done.value.ws);
    else if (done.fault.code.startsWith("proof/invite-")) onRefused(done.fault.code);
  };
  const wait = useWords().members.wait;
  const idle = asks ? wait.ask(preview.workspace) : words.join.submit(preview.workspace);
  const label = pending ? (asks ? wait.asking : words.join.joining) : idle;
  const one = preview.singleUse ? words.join.single(preview.inviter) : words.join.several(preview.inviter);
  const proof = asks ? wait.asks(preview.inviter) : one;
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field label={words.yourName} error={tried && name.trim() === "" ? words.nameMissing : undefined}>
        {(parts) => (
          <Input
            {...parts}
            name="name"
            maxLength={NAME_CHARS}
            autoComplete="name"
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {!asks && (
        <AvatarField label={words.join.picture} help={words.join.pictureHelp} value={avatar} onChange={setAvatar} />
      )}
      <FaultLine fault={join.fault ?? ask.fault} />
      <div className={styles.close}>
        <SetupActs>
          <Button look="filled" size="lg" type="submit" disabled={pending}>
            {label}
          </Button>
        </SetupActs>
        {preview.singleUse && !asks && <TrustSign state="invite" />}
        <SetupHelp>
          {proof} {words.join.expires(`${formats.day(preview.expires, Date.now())}, ${formats.time(preview.expires)}`)}
        </SetupHelp>
      </div>
    </form>
  );
}

export function JoinScreen({ fragment, onDone }: { fragment: string; onDone: (ws: WorkspaceId) => void }) {
  const words = useWords().enter;
  const back = useWords().renewal.join;
  const { read, again } = useInvite(fragment);
  const [refused, setRefused] = useState<FaultCode | null>(null);
  const fault = refused ?? read?.fault ?? null;
  if (fault !== null) {
    const passing = fault.startsWith("net/") || fault === "may/too-many" || fault === "bug/unexpected";
    return <RefusedScreen code={fault} onAgain={passing ? () => void again() : undefined} />;
  }
  if (read?.preview == null) return <SetupPage title={words.join.reading}>{null}</SetupPage>;
  const { preview } = read;
  const Form = preview.returning ? ReturnForm : JoinForm;
  return (
    <SetupPage
      title={preview.returning ? back.title : words.join.title}
      above={
        <InvitedBy
          face={<Avatar id={preview.inviter} name={preview.inviter} size={56} />}
          name={preview.inviter}
          sub={words.join.invitedTo(preview.workspace)}
        />
      }
      side={<Side preview={preview} />}
    >
      <Form fragment={fragment} preview={preview} onDone={onDone} onRefused={setRefused} />
    </SetupPage>
  );
}
