// Verifying a person: by code in the same room, by number on a call, and what comes of it.
"use client";

import { useEffect, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { TrustOf } from "@/app/_frame/parts/trust-of.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { VerifyView } from "@/lib/client/api/verify.ts";
import type { Person } from "@/lib/client/api.ts";
import { CodeSide } from "./code-side.tsx";
import { NumberSide } from "./number-side.tsx";
import styles from "./verify.module.css";

type End = "verified" | "freed" | "differ";

function Verified({ person, freed, onClose }: { person: Person; freed: boolean; onClose: () => void }) {
  const words = useWords().verify;
  const { view } = useFrame();
  const vouch = useCommand("vouch");
  const about = { ws: view.ws, user: person.id };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(person.name)}
      footer={
        <>
          <Button disabled={vouch.pending} onClick={() => void vouch.run({ ...about, on: !person.vouching })}>
            {person.vouching ? words.vouchStop : words.vouch(person.name)}
          </Button>
          <Button look="filled" onClick={onClose}>
            {words.close}
          </Button>
        </>
      }
    >
      <div role="status" className={styles.end}>
        <TrustOf person={person} />
        <p>
          {words.done(person.name)} {words.doneSays}
        </p>
        {freed && <p>{words.freed}</p>}
      </div>
      <p className={styles.help}>{words.vouchSays}</p>
      <FaultLine fault={vouch.fault} />
    </Dialog>
  );
}

function Differ({ person, onClose }: { person: Person; onClose: () => void }) {
  const words = useWords().verify;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.differTitle}
      footer={<Button onClick={onClose}>{words.close}</Button>}
    >
      <p role="alert">{words.differSays(person.name)}</p>
    </Dialog>
  );
}

function Ceremony({ person, onEnd, onClose }: { person: Person; onEnd: (end: End) => void; onClose: () => void }) {
  const words = useWords().verify;
  const { view } = useFrame();
  const { run, fault } = useCommand("verifyStart");
  const differs = useCommand("verifyDiffers");
  const [shown, setShown] = useState<VerifyView | null>(null);
  const { ws } = view;
  const user = person.id;
  useEffect(() => {
    let here = true;
    void run({ ws, user }).then((done) => {
      if (here && done.ok) setShown(done.value);
    });
    return () => {
      here = false;
    };
  }, [run, ws, user]);
  const again = async () => {
    const done = await run({ ws, user });
    if (done.ok) setShown(done.value);
  };
  const differ = async () => {
    if ((await differs.run({ ws, user })).ok) onEnd("differ");
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="verify"
      flush
      title={words.title(person.name)}
      sentence={words.why(person.name)}
    >
      <FaultLine fault={fault ?? differs.fault} />
      {shown !== null && (
        <div className={styles.body}>
          <CodeSide person={person} code={shown.code} onVerified={(freed) => onEnd(freed ? "freed" : "verified")} />
          <div className={styles.right}>
            <NumberSide
              key={shown.asked.join()}
              person={person}
              view={shown}
              onVerified={() => onEnd("verified")}
              onDiffer={() => void differ()}
              onAgain={again}
            />
            <p className={styles.state}>
              {words.now}
              <TrustOf person={person} />
            </p>
          </div>
        </div>
      )}
    </Dialog>
  );
}

export function VerifyDialog({ user, onClose }: { user: UserId; onClose: () => void }) {
  const { person } = useFrame();
  const [end, setEnd] = useState<End | null>(null);
  const who = person(user);
  if (who === undefined) return null;
  if (end === null) return <Ceremony person={who} onEnd={setEnd} onClose={onClose} />;
  if (end === "differ") return <Differ person={who} onClose={onClose} />;
  return <Verified person={who} freed={end === "freed"} onClose={onClose} />;
}
