// The settings: their list at the left, one page at the right; first the list, then a page, on phones.
"use client";

import {
  ArrowLeft,
  Bell,
  Building2,
  CircleUser,
  Keyboard,
  KeyRound,
  LockKeyhole,
  MonitorSmartphone,
  ScrollText,
  SmilePlus,
  SunMoon,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import { DevicesPage, LinkButton } from "@/app/_frame/devices/devices-page.tsx";
import { EmojiPage } from "@/app/_frame/emoji/emoji-page.tsx";
import { LockPage } from "@/app/_frame/lock/lock-page.tsx";
import { NotifyPage } from "@/app/_frame/notify/notify-page.tsx";
import { RecordPage, SaveRecord } from "@/app/_frame/record/record-page.tsx";
import { hrefOf, type SettingsPageName } from "@/app/_frame/routing/route.ts";
import { PHONE, useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { SettingsPage } from "@/app/_ui/pages/settings-page.tsx";
import { SidebarItem } from "@/app/_ui/sidebar/sidebar-item.tsx";
import { SidebarSection } from "@/app/_ui/sidebar/sidebar-section.tsx";
import { useWords } from "@/app/_words/words.ts";
import { AppearancePage } from "./appearance-page.tsx";
import { InviteButton, PeoplePage } from "./people-page.tsx";
import { ProfilePage } from "./profile-page.tsx";
import { RecoveryPage } from "./recovery-page.tsx";
import { KeyboardPage, WorkspacePage } from "./small-pages.tsx";

const ICONS: Readonly<Record<SettingsPageName, ReactNode>> = {
  profile: <CircleUser />,
  notifications: <Bell />,
  appearance: <SunMoon />,
  keyboard: <Keyboard />,
  devices: <MonitorSmartphone />,
  recovery: <KeyRound />,
  lock: <LockKeyhole />,
  people: <UsersRound />,
  workspace: <Building2 />,
  emoji: <SmilePlus />,
  record: <ScrollText />,
};

const BODIES: Readonly<Record<SettingsPageName, () => ReactNode>> = {
  profile: ProfilePage,
  notifications: NotifyPage,
  appearance: AppearancePage,
  keyboard: KeyboardPage,
  devices: DevicesPage,
  recovery: RecoveryPage,
  lock: LockPage,
  people: PeoplePage,
  workspace: WorkspacePage,
  emoji: EmojiPage,
  record: RecordPage,
};

/** On phones the list is a screen of its own and so has the heading. */
function Nav({ page, alone }: { page: SettingsPageName; alone: boolean }) {
  const words = useWords().panels.settings;
  const { view } = useFrame();
  const item = (name: SettingsPageName) => (
    <SidebarItem
      href={hrefOf({ t: "settings", ws: view.ws, page: name })}
      name={words[name]}
      glyph={ICONS[name]}
      current={!alone && page === name}
    />
  );
  return (
    <>
      {alone && <h1 className="sr">{words.label}</h1>}
      <ul>
        <SidebarItem
          href={hrefOf({ t: "home", ws: view.ws, list: "all" })}
          name={words.back(view.name)}
          glyph={<ArrowLeft />}
        />
      </ul>
      <SidebarSection title={words.you}>
        {item("profile")}
        {item("notifications")}
        {item("appearance")}
        {item("keyboard")}
      </SidebarSection>
      <SidebarSection title={words.access}>
        {item("devices")}
        {item("recovery")}
        {item("lock")}
      </SidebarSection>
      <SidebarSection title={view.name}>
        {item("people")}
        {item("workspace")}
        {item("emoji")}
        {item("record")}
      </SidebarSection>
    </>
  );
}

function actOf(page: SettingsPageName, mayInvite: boolean): ReactNode {
  if (page === "record") return <SaveRecord />;
  if (page === "devices") return <LinkButton />;
  return page === "people" && mayInvite ? <InviteButton /> : undefined;
}

/** `page` null: on phones the list itself, on wide screens the first page beside it. */
export function SettingsFrame({ page }: { page: SettingsPageName | null }) {
  const { panels, notify, record, devices, lock, emoji } = useWords();
  const { view } = useFrame();
  const shown = page ?? "profile";
  const alone = useMediaQuery(PHONE) && page === null;
  const Body = BODIES[shown];
  const sentences: Readonly<Record<SettingsPageName, string | undefined>> = {
    profile: panels.profilePage.sentence,
    notifications: notify.page.sentence,
    appearance: panels.appearance.sentence,
    keyboard: undefined,
    devices: devices.sentence,
    recovery: panels.recoveryPage.sentence,
    lock: lock.sentence,
    people: panels.peoplePage.sentence,
    workspace: panels.workspacePage.sentence,
    emoji: emoji.sentence,
    record: record.sentence,
  };
  return (
    <SettingsPage
      navLabel={panels.settings.label}
      nav={<Nav page={shown} alone={alone} />}
      title={panels.settings[shown]}
      sentence={sentences[shown]}
      act={actOf(shown, view.mayInvite)}
      wide={shown === "people"}
      back={{ href: hrefOf({ t: "settings", ws: view.ws, page: null }), label: panels.settings.all }}
      list={page === null}
    >
      <Body />
    </SettingsPage>
  );
}
