// A partner's key changed after it was compared: the one red thing in a timeline, where writing waits.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import type { LineAttributes } from "@/app/_channel/timeline/line.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { usePersonLinks } from "@/app/_frame/panels/person-links.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Notice } from "@/app/_ui/notices/notice.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Person, SystemItem } from "@/lib/client/api.ts";

/** The person because of whom this line is a notice, if what one writes waits because of just this change. */
export function useWaiting(item: SystemItem): Person | undefined {
  const { people, held } = useChannel();
  const person = item.subject === null ? undefined : people.get(item.subject);
  const waits = item.what === "key-changed" && person?.change?.waits === true && `n${person.change.n}` === item.id;
  return waits && held ? person : undefined;
}

export function KeyNotice({ line, item, person }: { line: LineAttributes; item: SystemItem; person: Person }) {
  const words = useWords().verify;
  const formats = useFormats();
  const { people, ws } = useChannel();
  const { open } = useFrame();
  const links = usePersonLinks();
  const accept = useCommand("acceptKey");
  const { change } = person;
  if (change === null || change.after === null) return null;
  const name = people.shortOf(person.id);
  const by = people.shortOf(item.actor);
  const goOn = async () => {
    if ((await accept.run({ ws, user: person.id })).ok) toast(words.changed.accepted);
  };
  const asks = item.actor !== people.me.id && item.actor !== person.id;
  return (
    <Notice
      {...line}
      alarm
      title={words.changed.title[change.after](name)}
      acts={
        <>
          <Button size="sm" look="filled" onClick={() => open({ t: "verify", user: person.id })}>
            {words.again}
          </Button>
          {asks && (
            <Button size="sm" onClick={() => void links.message(item.actor)}>
              {words.changed.ask(by)}
            </Button>
          )}
          <Button size="sm" look="quiet" disabled={accept.pending} onClick={() => void goOn()}>
            {words.changed.accept}
          </Button>
        </>
      }
    >
      {words.changed.says[change.why](formats.full(item.at), by, name)}
    </Notice>
  );
}
