// One person: face, name, title, how well their key is known, since when they are here.
"use client";

import { MessageCircle, Pencil, ShieldCheck, UserMinus } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { mayRemovePerson } from "@/app/_frame/parts/may-remove.ts";
import { TrustOf } from "@/app/_frame/parts/trust-of.tsx";
import { usePresence } from "@/app/_frame/presence/use-presence.ts";
import { KeyHistory } from "@/app/_frame/record/key-history.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useLocalTime } from "@/app/_frame/status/local-time.ts";
import { StatusLine, useLiveStatus } from "@/app/_frame/status/status-sign.tsx";
import { TrustSays } from "@/app/_frame/verify/trust-says.tsx";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Panel, PanelGroup } from "@/app/_ui/layout/panel.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person } from "@/lib/client/api.ts";
import styles from "./panels.module.css";
import { usePersonLinks } from "./person-links.ts";

function Acts({ person }: { person: Person }) {
  const words = useWords().panels.profile;
  const { verify } = useWords();
  const { view, open } = useFrame();
  const links = usePersonLinks();
  return (
    <div className={styles.column}>
      {person.me ? (
        <ButtonLink icon={<Pencil />} href={hrefOf({ t: "settings", ws: view.ws, page: "profile" })}>
          {words.edit}
        </ButtonLink>
      ) : (
        person.active && (
          <Button icon={<MessageCircle />} onClick={() => void links.message(person.id)}>
            {words.message}
          </Button>
        )
      )}
      {!person.me && person.active && (
        <Button icon={<ShieldCheck />} onClick={() => open({ t: "verify", user: person.id })}>
          {person.trust === "changed" ? verify.again : verify.act}
        </Button>
      )}
      {mayRemovePerson(view.me, person) && (
        <Button icon={<UserMinus />} onClick={() => open({ t: "remove-from-workspace", user: person.id })}>
          {words.removeAll}
        </Button>
      )}
      <FaultLine fault={links.fault} />
    </div>
  );
}

/** What holds now: the status, and what time it is there. */
function Now({ person }: { person: Person }) {
  const words = useWords().status;
  const when = useWhen();
  const status = useLiveStatus(person.status);
  const time = useLocalTime(person.zone);
  return (
    <>
      {status !== null && (
        <div className={styles.fact}>
          <dt>{words.label}</dt>
          <dd>
            <StatusLine status={status} />
            {status.until !== null && ` · ${words.ends(when(status.until))}`}
          </dd>
        </div>
      )}
      {time !== undefined && (
        <div className={styles.fact}>
          <dt>{words.localTime}</dt>
          <dd>{time}</dd>
        </div>
      )}
    </>
  );
}

export function ProfilePanel({ user, onClose }: { user: UserId; onClose: () => void }) {
  const words = useWords().panels;
  const formats = useFormats();
  const { person } = useFrame();
  const who = person(user);
  const sign = usePresence()(user);
  const signs = useWords().ui.presence;
  if (who === undefined)
    return (
      <Panel title={words.profile.title} onClose={onClose}>
        {null}
      </Panel>
    );
  return (
    <Panel title={words.profile.title} onClose={onClose}>
      <div className={styles.person}>
        <Face person={who} size={56} sign={sign} />
        <div className={styles.names}>
          <p className={styles.name}>{who.name}</p>
          {who.pronouns !== "" && <p className={styles.sub}>{who.pronouns}</p>}
          <p className={styles.sub}>{who.active ? who.title : words.profile.removed}</p>
          {sign && <p className={styles.sub}>{signs[sign]}</p>}
        </div>
      </div>
      <PanelGroup title={words.profile.trust}>
        <div className={styles.text}>
          <TrustOf person={who} />
          <TrustSays person={who} />
        </div>
      </PanelGroup>
      <dl className={styles.facts}>
        <Now person={who} />
        <div className={styles.fact}>
          <dt>{words.profile.role}</dt>
          <dd>{words.profile.roles[who.role]}</dd>
        </div>
        <div className={styles.fact}>
          <dt>{words.profile.joined}</dt>
          <dd>{formats.date(who.joinedAt)}</dd>
        </div>
        <div className={styles.fact}>
          <dt>{words.profile.devices}</dt>
          <dd>{words.readers.devices(who.devices)}</dd>
        </div>
      </dl>
      <Acts person={who} />
      <KeyHistory user={user} />
    </Panel>
  );
}
