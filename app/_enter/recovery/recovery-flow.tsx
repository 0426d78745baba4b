// The recovery code from showing to confirming: at once for a founder, from the checklist for an invited person (D3).
"use client";

import { useEffect, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { CodeScreen } from "@/app/_enter/code-screen.tsx";
import { ConfirmScreen } from "@/app/_enter/confirm-screen.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { SetupActs, SetupPage } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";

export interface RecoveryFlowProps {
  ws: WorkspaceId;
  workspace: string;
  /** A founder goes through it before anything else; others may put it off. */
  founder: boolean;
  /** the code is confirmed, on whichever device */
  confirmed: boolean;
  onLeave: () => void;
}

function Confirmed({ workspace, onLeave }: Pick<RecoveryFlowProps, "workspace" | "onLeave">) {
  const say = useWords().enter.confirm;
  return (
    <SetupPage title={say.confirmedTitle} lede={say.confirmed}>
      <SetupActs>
        <Button look="filled" size="lg" onClick={onLeave}>
          {say.back(workspace)}
        </Button>
      </SetupActs>
    </SetupPage>
  );
}

/** A linked device never holds the words: they wait where the account was made (D3). */
function Elsewhere({ ws, workspace, onLeave }: Pick<RecoveryFlowProps, "ws" | "workspace" | "onLeave">) {
  const say = useWords().enter.confirm;
  return (
    <SetupPage title={say.elsewhereTitle} lede={say.elsewhere}>
      <SetupActs>
        <Button look="filled" size="lg" onClick={onLeave}>
          {say.back(workspace)}
        </Button>
        <ButtonLink look="quiet" size="lg" href={hrefOf({ t: "settings", ws, page: "recovery" })}>
          {say.elsewhereLost}
        </ButtonLink>
      </SetupActs>
    </SetupPage>
  );
}

export function RecoveryFlow({ ws, workspace, founder, confirmed, onLeave }: RecoveryFlowProps) {
  const say = useWords().enter;
  const { run, fault } = useCommand("recoveryWords");
  const [words, setWords] = useState<readonly string[] | null | undefined>(undefined);
  const [written, setWritten] = useState(false);
  useEffect(() => {
    let here = true;
    void run({ ws }).then((answer) => {
      if (here && answer.ok) setWords(answer.value);
    });
    return () => {
      here = false;
    };
  }, [run, ws]);
  if (words === undefined)
    return (
      <SetupPage title={say.code.title}>
        <FaultLine fault={fault} />
      </SetupPage>
    );
  if (words === null && !confirmed) return <Elsewhere ws={ws} workspace={workspace} onLeave={onLeave} />;
  if (words === null) return <Confirmed workspace={workspace} onLeave={onLeave} />;
  const step = (now: number) => (founder ? { now: now + 1, of: 3 } : { now, of: 2 });
  if (!written)
    return (
      <CodeScreen
        words={words}
        workspace={workspace}
        step={step(1)}
        onWritten={() => setWritten(true)}
        onLater={founder ? undefined : onLeave}
      />
    );
  return (
    <ConfirmScreen
      ws={ws}
      words={words}
      step={step(2)}
      doneLabel={founder ? say.confirm.open(workspace) : say.confirm.done}
      onDone={onLeave}
      onAgain={() => setWritten(false)}
    />
  );
}
