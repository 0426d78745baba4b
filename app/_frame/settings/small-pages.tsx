// The short pages of the settings: keys, the workspace.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import { KeyTable } from "@/app/_frame/dialogs/key-list.tsx";
import { mayRename } from "@/app/_frame/sidebar/workspace-menu.tsx";
import { WorkspaceNumber } from "@/app/_frame/verify/workspace-number.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SettingRow } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";

export function KeyboardPage() {
  return <KeyTable />;
}

export function WorkspacePage() {
  const words = useWords().panels.workspacePage;
  const { view, open } = useFrame();
  return (
    <>
      <SettingRow label={words.name} sub={view.name}>
        {mayRename(view.me.role) && <Button onClick={() => open({ t: "rename-workspace" })}>{words.rename}</Button>}
      </SettingRow>
      <SettingRow label={words.position} sub={words.positionSays(view.position)} />
      <WorkspaceNumber />
      <SettingRow label={words.signOut} sub={words.signOutSays}>
        <Button onClick={() => open({ t: "sign-out" })}>{words.signOut}</Button>
      </SettingRow>
    </>
  );
}
