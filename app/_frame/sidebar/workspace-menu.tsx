// What one can do with the workspace as a whole, behind its name.
"use client";

import {
  DoorOpen,
  Keyboard,
  LockKeyhole,
  LogOut,
  Pencil,
  ScrollText,
  Settings2,
  UserPlus,
  UsersRound,
} from "lucide-react";
import type { ReactElement } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";

/** Owners and admins name the workspace. */
export function mayRename(role: string): boolean {
  return role === "owner" || role === "admin";
}

export function WorkspaceMenu({ trigger }: { trigger: ReactElement<Record<string, unknown>> }) {
  const { frame: words, members, lock } = useWords();
  const locks = useTopic("lock")?.on === true;
  const lockNow = useCommand("lockNow");
  const { view, open } = useFrame();
  const { ws } = view;
  const invite: MenuEntry = { label: words.invite, icon: <UserPlus />, onSelect: () => open({ t: "invite" }) };
  const rename: MenuEntry = {
    label: words.renameWorkspace,
    icon: <Pencil />,
    onSelect: () => open({ t: "rename-workspace" }),
  };
  const leave: MenuEntry = {
    label: members.leave.act,
    icon: <DoorOpen />,
    onSelect: () => open({ t: "leave-workspace" }),
  };
  const shut: MenuEntry = {
    label: lock.on.now,
    icon: <LockKeyhole />,
    shortcut: lock.on.shortcut,
    onSelect: () => void lockNow.run({}),
  };
  const people: MenuEntry = {
    label: words.people,
    icon: <UsersRound />,
    sub: view.asking > 0 ? members.asking.badge(view.asking) : undefined,
    onSelect: () => go({ t: "settings", ws, page: "people" }),
  };
  const items: MenuEntry[] = [
    ...(view.mayInvite ? [invite] : []),
    people,
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
    ...(locks ? [shut] : []),
    ...(view.ended === null ? [leave] : []),
    { label: words.signOut, icon: <LogOut />, onSelect: () => open({ t: "sign-out" }) },
  ];
  return <Menu label={words.workspaceMenu} trigger={trigger} items={items} />;
}
