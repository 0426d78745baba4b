// Asking a question: 2 to 12 answers, one of them or several to choose.
"use client";

import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Checkbox } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./poll-dialog.module.css";

const MOST_QUESTION = 500;
const MOST_ANSWER = 200;
const LEAST = 2;
const MOST = 12;

type Line = { readonly key: number; readonly text: string };

/** The answers as they are written: a line more wherever one may still be wanted. */
function useAnswers(given: readonly string[]) {
  const start = [...given, "", ""].slice(0, Math.max(LEAST, given.length));
  const next = useRef(start.length);
  const [lines, setLines] = useState<readonly Line[]>(() => start.map((text, key) => ({ key, text })));
  const add = () => {
    next.current += 1;
    const key = next.current;
    setLines((now) => (now.length >= MOST ? now : [...now, { key, text: "" }]));
  };
  return {
    lines,
    /** lines from here on were added: whoever adds one goes on to write in it */
    first: start.length,
    add,
    write: (key: number, text: string) => setLines((now) => now.map((one) => (one.key === key ? { key, text } : one))),
    drop: (key: number) => setLines((now) => now.filter((one) => one.key !== key)),
  };
}

interface AnswersProps {
  answers: ReturnType<typeof useAnswers>;
}

function Answers({ answers }: AnswersProps) {
  const words = useWords().conversation.poll;
  const { lines, add, write, drop } = answers;
  const keys = (event: KeyboardEvent, last: boolean) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (last) add();
  };
  return (
    <div className={styles.answers}>
      {lines.map(({ key, text }, at) => (
        <div key={key} className={styles.line}>
          <Field label={words.answer(at + 1)} quiet>
            {(parts) => (
              <Input
                {...parts}
                placeholder={words.answer(at + 1)}
                autoFocus={key >= answers.first}
                maxLength={MOST_ANSWER}
                value={text}
                onChange={(event) => write(key, event.target.value)}
                onKeyDown={(event) => keys(event, at === lines.length - 1)}
              />
            )}
          </Field>
          {lines.length > LEAST && (
            <IconButton label={words.dropAnswer(at + 1)} icon={<X />} onClick={() => drop(key)} />
          )}
        </div>
      ))}
      {lines.length < MOST && (
        <Button size="sm" icon={<Plus />} onClick={add}>
          {words.addAnswer}
        </Button>
      )}
    </div>
  );
}

export interface PollDialogProps {
  /** What was written behind /poll: the question, and answers after it. */
  question?: string;
  options?: readonly string[];
  onClose: () => void;
}

export function PollDialog({ question: given = "", options = [], onClose }: PollDialogProps) {
  const { ws, channel, place, thread } = useChannel();
  const words = useWords();
  const says = words.conversation.poll;
  const [question, setQuestion] = useState(given);
  const answers = useAnswers(options);
  const [many, setMany] = useState(false);
  const { run, pending, fault } = useCommand("createPoll");
  const written = answers.lines.filter(({ text }) => text.trim() !== "");
  const ready = question.trim() !== "" && written.length >= LEAST;
  const ask = async () => {
    const input = {
      ws,
      channel,
      thread: thread?.root ?? null,
      question,
      options: written.map(({ text }) => text),
      many,
    };
    if ((await run(input)).ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={says.title}
      sentence={says.sentence(place)}
      footer={
        <>
          <Button look="filled" disabled={!ready || pending} onClick={() => void ask()}>
            {says.ask}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {words.dialogs.cancel}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label={says.question}>
          {(parts) => (
            <Input
              {...parts}
              maxLength={MOST_QUESTION}
              autoComplete="off"
              value={question}
              onChange={(event) => setQuestion(event.target.value)}
            />
          )}
        </Field>
        <fieldset className={styles.group}>
          <legend>{says.answers}</legend>
          <Answers answers={answers} />
        </fieldset>
        <Checkbox label={says.several} checked={many} onChange={setMany} />
        <FaultLine fault={fault} />
      </div>
    </Dialog>
  );
}
