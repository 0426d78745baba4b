// Handing the workspace over, leaving it, and forgetting one that this person is out of.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";

export function TransferDialog({ user, onClose }: { user: UserId; onClose: () => void }) {
  const words = useWords().members.transfer;
  const { view, nameOf } = useFrame();
  const transfer = useCommand("transferOwnership");
  const act = async () => {
    const done = await transfer.run({ ws: view.ws, user });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.title(nameOf(user))}
      act={words.submit}
      pending={transfer.pending}
      fault={transfer.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.says(nameOf(user))}</p>
    </AskDialog>
  );
}

/** The last owner is led to handing over: nobody leaves a workspace orphaned. */
export function LeaveWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const say = words.members.leave;
  const { view } = useFrame();
  const leave = useCommand("leaveWorkspace");
  const act = async () => {
    const done = await leave.run({ ws: view.ws });
    if (done.ok) go({ t: "root" }, { replace: true });
  };
  const toPeople = () => {
    onClose();
    go({ t: "settings", ws: view.ws, page: "people" });
  };
  if (view.lastOwner)
    return (
      <Dialog
        open
        modal
        onOpenChange={onClose}
        title={say.title(view.name)}
        footer={<Button onClick={toPeople}>{words.panels.peoplePage.name}</Button>}
      >
        <p>{say.lastOwner}</p>
      </Dialog>
    );
  return (
    <AskDialog
      title={say.title(view.name)}
      act={say.submit}
      pending={leave.pending}
      fault={leave.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{say.says}</p>
    </AskDialog>
  );
}

export function ForgetWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().members.ended;
  const { view } = useFrame();
  const forget = useCommand("forgetWorkspace");
  const act = async () => {
    const done = await forget.run({ ws: view.ws });
    if (done.ok) go({ t: "root" }, { replace: true });
  };
  return (
    <AskDialog
      title={words.title(view.name)}
      act={words.submit}
      pending={forget.pending}
      fault={forget.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.says}</p>
    </AskDialog>
  );
}
