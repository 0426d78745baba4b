// My code for the other's camera, and my camera for theirs; both carry both keys and the head, so one scan compares all.
"use client";

import { ScanLine } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { QrCode } from "@/app/_ui/qr/qr-code.tsx";
import { QrScanner } from "@/app/_ui/qr/qr-scanner.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Person } from "@/lib/client/api.ts";
import styles from "./verify.module.css";

interface CodeSideProps {
  person: Person;
  code: string;
  onVerified: (freed: boolean) => void;
}

export function CodeSide({ person, code, onVerified }: CodeSideProps) {
  const words = useWords().verify;
  const { view } = useFrame();
  const [scanning, setScanning] = useState(false);
  const [last, setLast] = useState("");
  const scan = useCommand("verifyScan");
  const take = useCommand("takeHead");
  const about = { ws: view.ws, user: person.id };
  const read = async (text: string) => {
    setLast(text);
    const done = await scan.run({ ...about, text });
    if (done.ok) onVerified(done.value.freed);
  };
  const goOver = async () => {
    if (!(await take.run({ ...about, text: last })).ok) return;
    await read(last);
  };
  return (
    <section className={styles.code} aria-label={words.room}>
      <h3 className={styles.label}>{words.room}</h3>
      <p className={styles.help}>{words.roomHelp(person.name)}</p>
      {scanning ? (
        <QrScanner onRead={(text) => void read(text)} />
      ) : (
        <QrCode value={code} label={words.codeLabel(person.name)} />
      )}
      <div className={styles.scan}>
        <Button wide icon={<ScanLine />} onClick={() => setScanning(!scanning)}>
          {scanning ? words.stopScan : words.scan(person.name)}
        </Button>
      </div>
      <FaultLine fault={take.fault ?? scan.fault} />
      {scan.fault?.code === "verify/fork" && (
        <div className={styles.over}>
          <p className={styles.help}>{words.takeHeadSays}</p>
          <Button size="sm" disabled={take.pending} onClick={() => void goOver()}>
            {words.takeHead(person.name)}
          </Button>
        </div>
      )}
    </section>
  );
}
