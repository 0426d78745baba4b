// First of three: the founder names the workspace and themselves; the keys are made here.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import styles from "./enter.module.css";
import { RefusedScreen } from "./refused-screen.tsx";

const NAME_CHARS = 80;
/** Refusals that no other name would mend. */
const FINAL = new Set<string>(["may/setup-used", "wire/bad-setup-link", "wire/unknown-version", "may/not-found"]);

function Side() {
  const words = useWords().enter.setup;
  return (
    <SetupSide title={words.asideTitle} staff={<Staff />}>
      {words.aside}
    </SetupSide>
  );
}

export function SetupScreen({ fragment, onDone }: { fragment: string; onDone: (ws: WorkspaceId) => void }) {
  const words = useWords().enter;
  const create = useCommand("createWorkspace");
  const [workspace, setWorkspace] = useState("");
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (workspace.trim() === "" || name.trim() === "" || create.pending) return;
    const done = await create.run({ fragment, workspace: workspace.trim(), name: name.trim() });
    if (done.ok) onDone(done.value.ws);
  };
  if (create.fault !== null && FINAL.has(create.fault.code)) return <RefusedScreen code={create.fault.code} />;
  return (
    <SetupPage title={words.setup.title} lede={words.setup.lede} step={{ now: 1, of: 3 }} side={<Side />}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={words.setup.workspace}
          error={tried && workspace.trim() === "" ? words.setup.workspaceMissing : undefined}
        >
          {(parts) => (
            <Input
              {...parts}
              name="workspace"
              maxLength={NAME_CHARS}
              autoComplete="organization"
              autoFocus
              value={workspace}
              onChange={(event) => setWorkspace(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={words.yourName}
          help={words.yourNameHelp}
          error={tried && name.trim() === "" ? words.nameMissing : undefined}
        >
          {(parts) => (
            <Input
              {...parts}
              name="name"
              maxLength={NAME_CHARS}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={create.fault} />
        <SetupActs>
          <Button look="filled" size="lg" type="submit" disabled={create.pending}>
            {create.pending ? words.setup.making : words.continue}
          </Button>
        </SetupActs>
      </form>
    </SetupPage>
  );
}
