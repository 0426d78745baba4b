// For admins: people who ask for a new root key, each to be called before it is put in force (D7).
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { RootRequest } from "@/lib/client/api/renewal.ts";
import { Digits } from "./digits.tsx";
import { useDeviceName } from "./use-device-name.ts";

function ApproveDialog({ request, onClose }: { request: RootRequest; onClose: () => void }) {
  const words = useWords().renewal;
  const { view, nameOf } = useFrame();
  const approve = useCommand("approveRoot");
  const name = nameOf(request.user);
  const act = async () => {
    const done = await approve.run({ ws: view.ws, user: request.user, root: request.root });
    if (!done.ok) return;
    toast(words.requests.done(name));
    onClose();
  };
  return (
    <AskDialog
      title={words.requests.confirm(name)}
      act={words.requests.act}
      pending={approve.pending}
      fault={approve.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.requests.confirmSays(name)}</p>
      <Digits label={words.section.digits} digits={request.check} />
      <p>{words.requests.confirmEffect(name)}</p>
    </AskDialog>
  );
}

function Request({ request }: { request: RootRequest }) {
  const words = useWords().renewal.requests;
  const formats = useFormats();
  const { nameOf } = useFrame();
  const deviceName = useDeviceName();
  const [asking, setAsking] = useState(false);
  const name = nameOf(request.user);
  const when = `${formats.day(request.at, Date.now())}, ${formats.time(request.at)}`;
  const sub = words.sub(deviceName(request.device), when);
  return (
    <>
      <SettingRow label={name} sub={request.mayApprove ? sub : `${sub}. ${words.ownerOnly}`}>
        {request.mayApprove && (
          <Button aria-label={words.actOf(name)} onClick={() => setAsking(true)}>
            {words.act}
          </Button>
        )}
      </SettingRow>
      {asking && <ApproveDialog request={request} onClose={() => setAsking(false)} />}
    </>
  );
}

export function RootRequests() {
  const words = useWords().renewal.requests;
  const { view } = useFrame();
  const requests = useTopic(`renewals:${view.ws}`)?.requests ?? [];
  if (requests.length === 0) return null;
  return (
    <SettingSection title={words.title} sentence={words.sentence}>
      {requests.map((one) => (
        <Request key={one.user} request={one} />
      ))}
    </SettingSection>
  );
}
