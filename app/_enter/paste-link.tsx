// A field for an invite link; it goes to the join page, or says where else the link belongs.
"use client";

import { type FormEvent, useState } from "react";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SetupActs } from "@/app/_ui/pages/setup-page.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./enter.module.css";
import { openInvite, type PastedLink, readPasted } from "./secret-link.ts";

export function PasteLink({ onOpened }: { onOpened?: (() => void) | undefined }) {
  const words = useWords().enter.landing;
  const [text, setText] = useState("");
  const [read, setRead] = useState<PastedLink | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const pasted = readPasted(text, window.location.origin);
    setRead(pasted);
    if (pasted.t !== "fragment") return;
    onOpened?.();
    openInvite(pasted.fragment);
  };
  const elsewhere = read?.t === "elsewhere" ? read : null;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        label={words.paste}
        help={elsewhere ? words.elsewhere(elsewhere.host) : words.pasteHelp}
        error={read?.t === "none" ? words.notALink : undefined}
      >
        {(parts) => (
          <Input
            {...parts}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setRead(null);
            }}
          />
        )}
      </Field>
      <SetupActs>
        {elsewhere ? (
          <ButtonLink look="filled" size="lg" href={elsewhere.url} rel="noreferrer">
            {words.openThere(elsewhere.host)}
          </ButtonLink>
        ) : (
          <Button look="filled" size="lg" type="submit" disabled={text.trim() === ""}>
            {words.open}
          </Button>
        )}
      </SetupActs>
    </form>
  );
}
