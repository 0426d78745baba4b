// A workspace whose admins have yet to let this person in: what was asked, what came of it, and giving up.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Digits } from "@/app/_frame/renewal/digits.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SetupActs, SetupHelp, SetupPage } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { JoinWait } from "@/lib/client/api/members.ts";

export function WaitingScreen({ wait, onGone }: { wait: JoinWait; onGone: () => void }) {
  const words = useWords();
  const say = words.members.wait;
  const dismiss = useCommand("dismissJoin");
  const giveUp = async () => {
    const done = await dismiss.run({ ws: wait.ws });
    if (done.ok) onGone();
  };
  const waiting = wait.state === "waiting";
  const title = waiting ? say.title(wait.workspace) : wait.state === "declined" ? say.declined : say.closed;
  const closed = wait.fault === null ? "" : words.faults[wait.fault];
  const back = words.renewal.join;
  const says = wait.check === null ? say.lede(wait.inviter) : back.lede(wait.inviter);
  const lede = waiting ? says : wait.state === "declined" ? say.declinedSays(wait.workspace) : closed;
  return (
    <SetupPage title={title} lede={lede}>
      <div role="status">
        {waiting && wait.check === null && <SetupHelp>{say.name(wait.name)}</SetupHelp>}
        {waiting && wait.check !== null && <Digits label={words.renewal.section.digits} digits={wait.check} />}
      </div>
      <FaultLine fault={dismiss.fault} />
      <SetupActs>
        <Button size="lg" disabled={dismiss.pending} onClick={() => void giveUp()}>
          {waiting ? say.giveUp : say.forget}
        </Button>
      </SetupActs>
    </SetupPage>
  );
}
