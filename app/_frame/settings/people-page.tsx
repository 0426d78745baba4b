// Everybody in the workspace, how well each key is known, and the invites that are open.
"use client";

import { Link2, MoreHorizontal } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { InviteList } from "@/app/_frame/dialogs/invites/invite-list.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { mayLetBack, mayRemovePerson } from "@/app/_frame/parts/may-remove.ts";
import { TrustOf } from "@/app/_frame/parts/trust-of.tsx";
import { RootRequests } from "@/app/_frame/renewal/root-requests.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person } from "@/lib/client/api.ts";
import type { Role } from "@/lib/protocol/link.ts";
import { AskingList } from "./asking-list.tsx";
import { FormerPeople, RulesSection } from "./member-sections.tsx";
import styles from "./people-page.module.css";

export function InviteButton() {
  const words = useWords().panels.peoplePage;
  const { open } = useFrame();
  return (
    <Button look="filled" icon={<Link2 />} onClick={() => open({ t: "invite" })}>
      {words.invite}
    </Button>
  );
}

/** Owners give roles; an owner hands over to somebody; the last one keeps his own until he did. */
function useRoleEntries(person: Person, onRole: (user: UserId, role: Role) => void): MenuEntry[] {
  const words = useWords().members.roles;
  const { view, open } = useFrame();
  if (view.me.role !== "owner" || (person.me && view.lastOwner)) return [];
  const says = {
    owner: words.makeOwner,
    admin: words.makeAdmin,
    member: words.makeMember,
    guest: words.makeGuest,
  } as const;
  const entries = (["owner", "admin", "member", "guest"] as const)
    .filter((role) => role !== person.role)
    .map((role) => ({ label: says[role], onSelect: () => onRole(person.id, role) }));
  const transfer = {
    label: `${words.transfer} ${person.name}`,
    onSelect: () => open({ t: "transfer", user: person.id }),
  };
  return [{ kind: "line" }, ...entries, ...(person.me ? [] : [transfer]), { kind: "line" }];
}

interface RowProps {
  person: Person;
  onMessage: (user: UserId) => void;
  onRole: (user: UserId, role: Role) => void;
}

function Row({ person, onMessage, onRole }: RowProps) {
  const words = useWords();
  const say = words.panels.profile;
  const formats = useFormats();
  const { view, open } = useFrame();
  const remove: MenuEntry = {
    label: say.removeAll,
    onSelect: () => open({ t: "remove-from-workspace", user: person.id }),
  };
  const verify: MenuEntry = { label: words.verify.act, onSelect: () => open({ t: "verify", user: person.id }) };
  const back: MenuEntry = { label: words.renewal.back.menu, onSelect: () => open({ t: "return", user: person.id }) };
  const roleEntries = useRoleEntries(person, onRole);
  const items: MenuEntry[] = [
    person.me
      ? { label: say.edit, onSelect: () => go({ t: "settings", ws: view.ws, page: "profile" }) }
      : { label: say.message, onSelect: () => onMessage(person.id) },
    ...(person.me ? [] : [verify]),
    ...roleEntries,
    ...(mayLetBack(view.me, person) ? [back] : []),
    ...(mayRemovePerson(view.me, person) ? [remove] : []),
  ];
  const more = words.panels.peoplePage.more(person.name);
  return (
    <tr>
      <th scope="row" className={styles.person}>
        <span className={styles.who}>
          <Face person={person} size={28} />
          <span className={styles.name}>{person.name}</span>
        </span>
      </th>
      <td className={styles.role}>{say.roles[person.role]}</td>
      <td className={styles.joined}>{formats.date(person.joinedAt)}</td>
      <td className={styles.trust}>
        <TrustOf person={person} />
      </td>
      <td className={styles.more}>
        <Menu
          label={more}
          align="end"
          trigger={<IconButton label={more} icon={<MoreHorizontal />} bare />}
          items={items}
        />
      </td>
    </tr>
  );
}

export function PeoplePage() {
  const words = useWords().panels.peoplePage;
  const { view } = useFrame();
  const start = useCommand("startDm");
  const give = useCommand("setRole");
  const people = view.people
    .filter((one) => one.active)
    .sort((a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name, undefined, { numeric: true }));
  const message = async (user: UserId) => {
    const done = await start.run({ ws: view.ws, users: [user] });
    if (done.ok) go({ t: "channel", ws: view.ws, channel: done.value.channel, panel: null });
  };
  return (
    <>
      <FaultLine fault={start.fault ?? give.fault} />
      <RootRequests />
      <AskingList />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className={styles.role}>
              {words.role}
            </th>
            <th scope="col" className={styles.joined}>
              {words.joined}
            </th>
            <th scope="col" className={styles.trust}>
              {words.trust}
            </th>
            <td className={styles.more} />
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <Row
              key={one.id}
              person={one}
              onMessage={(user) => void message(user)}
              onRole={(user, role) => void give.run({ ws: view.ws, user, role })}
            />
          ))}
        </tbody>
      </table>
      {view.mayInvite && (
        <SettingSection title={words.openInvites}>
          <InviteList only="open" />
        </SettingSection>
      )}
      <FormerPeople />
      {view.me.role === "owner" && <RulesSection />}
    </>
  );
}
