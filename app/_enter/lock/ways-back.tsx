// Every way back into one's account from a browser that cannot open it: code, another device, starting over (PROTOCOL A5).
"use client";

import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import styles from "@/app/_enter/enter.module.css";
import { LinkScreen } from "@/app/_enter/link/link-screen.tsx";
import { RecoverDoor } from "@/app/_enter/recovery/recover-door.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";
import { StartOver } from "./start-over.tsx";

interface WaysBackProps {
  title: string;
  lede: string;
  asideTitle: string;
  aside: string;
  onBack?: () => void;
}

function WaysBack({ title, lede, asideTitle, aside, onBack }: WaysBackProps) {
  const words = useWords().lock;
  const [linking, setLinking] = useState(false);
  if (linking) return <LinkScreen onBack={() => setLinking(false)} />;
  return (
    <SetupPage title={title} lede={lede} side={<SetupSide title={asideTitle}>{aside}</SetupSide>}>
      <div className={styles.form}>
        <RecoverDoor filled />
        <SetupActs>
          <Button size="lg" icon={<MonitorSmartphone />} onClick={() => setLinking(true)}>
            {words.linked}
          </Button>
          {onBack && (
            <Button look="quiet" size="lg" onClick={onBack}>
              {words.lost.back}
            </Button>
          )}
        </SetupActs>
        <StartOver />
      </div>
    </SetupPage>
  );
}

/** The passphrase is forgotten. */
export function ForgottenScreen({ onBack }: { onBack: () => void }) {
  const { title, lede, asideTitle, aside } = useWords().lock.lost;
  return <WaysBack title={title} lede={lede} asideTitle={asideTitle} aside={aside} onBack={onBack} />;
}

/** The browser cleared what was kept here. */
export function KeysGoneScreen() {
  const { title, lede, asideTitle, aside } = useWords().enter.gone;
  return <WaysBack title={title} lede={lede} asideTitle={asideTitle} aside={aside} />;
}
