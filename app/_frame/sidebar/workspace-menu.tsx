// What one can do with the workspace as a whole, behind its name.
"use client";

import { Keyboard, LogOut, Pencil, ScrollText, Settings2, UserPlus, UsersRound } from "lucide-react";
import type { ReactElement } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";

/** Owners and admins name the workspace. */
export function mayRename(role: string): boolean {
  return role === "owner" || role === "admin";
}

export function WorkspaceMenu({ trigger }: { trigger: ReactElement<Record<string, unknown>> }) {
  const words = useWords().frame;
  const { view, open } = useFrame();
  const { ws } = view;
  const invite: MenuEntry = { label: words.invite, icon: <UserPlus />, onSelect: () => open({ t: "invite" }) };
  const rename: MenuEntry = {
    label: words.renameWorkspace,
    icon: <Pencil />,
    onSelect: () => open({ t: "rename-workspace" }),
  };
  const items: MenuEntry[] = [
    ...(view.mayInvite ? [invite] : []),
    { label: words.people, icon: <UsersRound />, onSelect: () => go({ t: "settings", ws, page: "people" }) },
    { label: words.record, icon: <ScrollText />, onSelect: () => go({ t: "settings", ws, page: "record" }) },
    ...(mayRename(view.me.role) ? [rename] : []),
    { kind: "line" },
    {
      label: words.preferences,
      icon: <Settings2 />,
      shortcut: "Ctrl ,",
      onSelect: () => go({ t: "settings", ws, page: "appearance" }),
    },
    { label: words.shortcuts, icon: <Keyboard />, shortcut: "Ctrl /", onSelect: () => open({ t: "keys" }) },
    { kind: "line" },
    { label: words.signOut, icon: <LogOut />, onSelect: () => open({ t: "sign-out" }) },
  ];
  return <Menu label={words.workspaceMenu} trigger={trigger} items={items} />;
}
