// Writing in a channel: text with formats and mentions, files, drafts; Enter sends.
"use client";

import { Smile } from "lucide-react";
import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { LaterMenu } from "@/app/_channel/composer/complete/later-menu.tsx";
import { OptionList } from "@/app/_channel/composer/complete/option-list.tsx";
import { PlaceList, usePlaceNames } from "@/app/_channel/composer/complete/place-names.tsx";
import { useCallQuestion } from "@/app/_channel/composer/complete/use-call-question.tsx";
import { useEmojiNames } from "@/app/_channel/composer/complete/use-emoji-names.ts";
import { useChannel } from "@/app/_channel/context.tsx";
import { QuoteDraft } from "@/app/_channel/conversation/quote-draft.tsx";
import { FILES_PER_MESSAGE, MESSAGE_CHARS } from "@/app/_channel/limits.ts";
import { useSlash } from "@/app/_channel/slash/use-slash.ts";
import { useSlashNames } from "@/app/_channel/slash/use-slash-names.ts";
import { toMentions, toNames } from "@/app/_channel/text/mention-text.ts";
import { useTypingSign } from "@/app/_channel/typing/use-typing-sign.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { EmojiPopover } from "@/app/_frame/emoji/emoji-popover.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { Composer } from "@/app/_ui/composer/composer.tsx";
import { type ComposerTool, ComposerTools, type Format } from "@/app/_ui/composer/composer-tools.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Checkbox } from "@/app/_ui/fields/choice.tsx";
import { later } from "@/app/_ui/later.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./channel-composer.module.css";
import { Chips } from "./chips.tsx";
import { applyEdit, formatEdit } from "./formats.ts";
import { MentionList, optionId } from "./mention-list.tsx";
import type { Attachment, Attachments } from "./use-attachments.ts";
import { useDraft } from "./use-draft.ts";
import { useMentions } from "./use-mentions.ts";

const VoiceDraft = later(async () => (await import("@/app/_channel/voice/voice-draft.tsx")).VoiceDraft);

/** Letters left are told from here on. */
const NEAR_LIMIT = 2000;
const TOUCH = "(hover: none) and (pointer: coarse)";

const KEYS: Readonly<Record<string, Format>> = { b: "bold", i: "italic" };
const SHIFTED: Readonly<Record<string, Format>> = { x: "strike", c: "code" };

/** The format of a shortcut: Ctrl B, I, Shift X, Shift C. */
function formatOf(event: KeyboardEvent): Format | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  return (event.shiftKey ? SHIFTED : KEYS)[event.key.toLowerCase()];
}

/** Inside an open ``` the Enter key writes a line. */
function inFence(text: string, caret: number): boolean {
  return (text.slice(0, caret).split("```").length - 1) % 2 === 1;
}

/** What is attached, as many at a time as one message carries; one part, also when there is nothing. */
function partsOf(held: readonly Attachment[]): (readonly Attachment[])[] {
  const count = Math.max(1, Math.ceil(held.length / FILES_PER_MESSAGE));
  return Array.from({ length: count }, (_, at) => held.slice(at * FILES_PER_MESSAGE, (at + 1) * FILES_PER_MESSAGE));
}

function useSend(
  attachments: Attachments,
  draft: Pick<ReturnType<typeof useDraft>, "take">,
  quoting: MessageItem | null,
  onSent: () => void,
) {
  const { ws, channel, acts, thread } = useChannel();
  const { run } = useCommand("sendMessage");
  const [refused, setRefused] = useState<string | null>(null);
  const faults = useWords().faults;
  const send = async (text: string) => {
    const held = attachments.take();
    const written = draft.take();
    setRefused(null);
    acts.quote(null);
    onSent();
    const where = thread === null ? {} : { thread: thread.root, also: thread.also };
    // More files than one message carries go as several; the words and what is quoted come with the first.
    for (const [index, part] of partsOf(held).entries()) {
      const ready = await Promise.all(part.map((one) => one.done));
      const files = ready.map(({ cleaned: _, smaller: __, ...file }) => file);
      const quote = index > 0 || quoting === null ? {} : { quote: { channel, id: quoting.id } };
      const sent = run({ ws, channel, text: index === 0 ? text : "", files, ...quote, ...where });
      // In the same turn: while files were made ready, what was written was still the draft.
      if (index === 0) written.gone();
      const outcome = await sent;
      if (outcome.ok) continue;
      setRefused(faults[outcome.fault.code]);
      if (index === 0) {
        written.back();
        acts.quote(quoting);
      }
      attachments.putBack(held.slice(index * FILES_PER_MESSAGE));
      return;
    }
    thread?.setAlso(false);
  };
  return { send, refused };
}

/** What begins with a slash runs here; all else is sent. */
function useCommands(send: (text: string) => Promise<void>, clear: () => void) {
  const slash = useSlash();
  const running = useRef(false);
  const [refused, setRefused] = useState<string | null>(null);
  const say = async (stored: string) => {
    setRefused(null);
    if (!stored.startsWith("/")) return await send(stored);
    if (running.current) return;
    running.current = true;
    const ran = await slash(stored);
    running.current = false;
    if ("refused" in ran) setRefused(ran.refused);
    else if ("send" in ran) await send(ran.send);
    else clear();
  };
  return { say, refused };
}

/** Whoever quotes goes on to write. */
function useQuoteFocus(area: RefObject<HTMLTextAreaElement | null>, quoting: MessageItem | null): void {
  useEffect(() => {
    if (quoting !== null) area.current?.focus();
  }, [area, quoting]);
}

export interface ChannelComposerProps {
  /** As the engine keeps it. */
  draft: string;
  label: string;
  /** Why one cannot write here; null when one can. */
  closed: string | null;
  attachments: Attachments;
  /** A message to stand in the next one. */
  quoting: MessageItem | null;
  /** ↑ in an empty box. */
  onEditLast: () => void;
  /** A message is on its way. */
  onSent: () => void;
}

function useBox(kept: string) {
  const { ws, channel, people, thread } = useChannel();
  const area = useRef<HTMLTextAreaElement>(null);
  const mentions = useMentions(area, people.active);
  const emoji = useEmojiNames(area);
  const commands = useSlashNames(area);
  const places = usePlaceNames(area);
  const { picked } = mentions;
  const show = useCallback(
    (stored: string) => toNames(stored, (id) => people.get(id)?.name, places.nameOf),
    [people, places.nameOf],
  );
  const store = useCallback(
    (shown: string) => toMentions(shown, people.active, picked.current, places.channels),
    [people, picked, places.channels],
  );
  const draft = useDraft({ ws, channel, thread: thread?.root ?? null, draft: kept, show, store });
  const lists = [mentions, emoji, commands, places.list];
  const look = () => {
    for (const one of lists) one.look();
  };
  const close = () => {
    for (const one of lists) one.close();
  };
  return { area, mentions, emoji, commands, places: places.list, lists, look, close, store, draft };
}

type Box = ReturnType<typeof useBox>;

/** What a key does in the box; an open list has the first say. */
function useKeys(box: Box, submit: () => void, tool: (kind: ComposerTool) => void, editLast: (() => void) | null) {
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || box.lists.some((one) => one.onKey(event))) return;
    const kind = formatOf(event);
    const command = event.ctrlKey || event.metaKey;
    const plain = event.key === "Enter" && !event.shiftKey && !event.altKey;
    const enter = plain && !window.matchMedia(TOUCH).matches;
    if (kind !== undefined) tool(kind);
    else if (command && event.key === "u") tool("attach");
    else if (enter && (command || !inFence(box.draft.text, event.currentTarget.selectionStart))) submit();
    else if (event.key === "ArrowUp" && editLast !== null) editLast();
    else return;
    event.preventDefault();
  };
}

/** What a button of the bar, or its shortcut, does. */
function toolOf(box: Box, other: Record<"attach" | "poll" | "voice", () => void>) {
  return (kind: ComposerTool) => {
    const area = box.area.current;
    if (kind === "attach" || kind === "poll" || kind === "voice") other[kind]();
    else if (area === null || kind === "emoji") return;
    else if (kind === "mention") startMention(area, box.mentions.look);
    else applyEdit(area, formatEdit(kind, area.value, area.selectionStart, area.selectionEnd));
  };
}

function pasteFiles(event: ClipboardEvent, attachments: Attachments): void {
  const { files, types } = event.clipboardData;
  // office programs put a picture beside the text that one copied: then the text is meant
  if (files.length === 0 || types.includes("text/plain")) return;
  event.preventDefault();
  attachments.add([...files]);
}

function useNote(left: number): string | undefined {
  const words = useWords().composer;
  const formats = useFormats();
  if (left < 0) return words.tooLong(formats.number(-left));
  return left < NEAR_LIMIT ? words.left(formats.number(left)) : undefined;
}

export function ChannelComposer(props: ChannelComposerProps) {
  const { draft: kept, label, closed, attachments, quoting, onEditLast, onSent } = props;
  const { composer: words, threads } = useWords();
  const { acts, thread, place } = useChannel();
  const root = thread?.root ?? null;
  const [voice, setVoice] = useState(false);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const box = useBox(kept);
  const { draft } = box;
  const typing = useTypingSign(draft.text);
  const { send, refused } = useSend(attachments, draft, quoting, onSent);
  const calls = useCallQuestion(send);
  const commands = useCommands(calls.send, draft.clear);
  useQuoteFocus(box.area, quoting);
  const left = MESSAGE_CHARS - draft.text.length;
  const empty = draft.text.trim() === "" && attachments.list.length === 0;
  const ready = left >= 0 && !empty;
  const submit = () => {
    if (ready) void commands.say(box.store(draft.text).trim());
  };
  const tool = toolOf(box, {
    attach: () => input.current?.click(),
    poll: () => acts.poll({ question: "", options: [] }),
    voice: () => setVoice(true),
  });
  const onKeyDown = useKeys(box, submit, tool, draft.text === "" && empty ? onEditLast : null);
  const shown = box.lists.find((one) => one.open);
  return (
    <>
      <p className={styles.refused} role="status">
        {refused !== null && words.notSent(refused)}
        {commands.refused}
      </p>
      <Composer
        label={label}
        value={draft.text}
        onChange={(text) => {
          draft.setText(text);
          typing(text);
        }}
        onSend={submit}
        ready={ready}
        closed={closed}
        note={useNote(left)}
        beside={<Beside box={box} files={attachments.list.length > 0} />}
        textRef={box.area}
        above={
          <>
            <Lists id={list} box={box} />
            {voice && <VoiceDraft thread={root} onEnd={() => setVoice(false)} />}
            {quoting !== null && <QuoteDraft item={quoting} onEnd={() => acts.quote(null)} />}
          </>
        }
        narrow={thread !== null}
        chips={attachments.list.length > 0 && <Chips attachments={attachments} />}
        tools={<ComposerTools narrow={thread !== null} onTool={tool} emoji={<EmojiTool area={box.area} />} />}
        text={{
          onKeyDown,
          onPaste: (event) => pasteFiles(event, attachments),
          onSelect: box.look,
          onInput: box.look,
          onBlur: box.close,
          "aria-autocomplete": "list",
          "aria-haspopup": "listbox",
          "aria-controls": shown ? list : undefined,
          "aria-activedescendant": shown ? optionId(list, shown.active) : undefined,
        }}
      />
      {thread !== null && closed === null && (
        <div className={styles.also}>
          <Checkbox label={threads.also(place)} checked={thread.also} onChange={thread.setAlso} />
        </div>
      )}
      <FileInput input={input} add={attachments.add} />
      {calls.question}
    </>
  );
}

function Beside({ box, files }: { box: Box; files: boolean }) {
  const { draft, store } = box;
  if (draft.text.trim() === "") return null;
  return <LaterMenu text={() => store(draft.text).trim()} files={files} onPlanned={draft.clear} />;
}

/** The list that is open, if one is. */
function Lists({ id, box }: { id: string; box: Box }) {
  const words = useWords();
  const { mentions, emoji, commands, places } = box;
  if (mentions.open)
    return <MentionList id={id} found={mentions.found} active={mentions.active} onPick={mentions.pick} />;
  if (places.open) return <PlaceList id={id} places={places} />;
  if (commands.open)
    return (
      <OptionList
        id={id}
        label={words.slash.list}
        options={commands.found.map((one) => ({ key: one.name, name: one.usage, note: one.about }))}
        active={commands.active}
        onPick={(index) => {
          const one = commands.found[index];
          if (one !== undefined) commands.pick(one);
        }}
      />
    );
  if (!emoji.open) return null;
  const options = emoji.found.map((one) => ({
    key: one.name,
    glyph: <EmojiSign emoji={one.emoji} large silent />,
    name: one.name,
    note: one.label,
  }));
  const pick = (index: number) => {
    const one = emoji.found[index];
    if (one !== undefined) emoji.pick(one);
  };
  return <OptionList id={id} label={words.emoji.complete} options={options} active={emoji.active} onPick={pick} />;
}

function EmojiTool({ area }: { area: RefObject<HTMLTextAreaElement | null> }) {
  const words = useWords().composer;
  const insert = (emoji: string) => {
    const box = area.current;
    if (box === null) return;
    const at = box.selectionStart;
    const gap = at > 0 && emoji.startsWith(":") && !/\s$/.test(box.value.slice(0, at)) ? " " : "";
    const text = `${gap}${emoji}${emoji.startsWith(":") ? " " : ""}`;
    applyEdit(box, {
      start: at,
      end: box.selectionEnd,
      text,
      selectStart: at + text.length,
      selectEnd: at + text.length,
    });
  };
  return (
    <EmojiPopover
      trigger={<IconButton bare label={words.emoji} icon={<Smile />} />}
      align="start"
      onPick={insert}
      finalFocus={() => area.current}
    />
  );
}

function FileInput({ input, add }: { input: RefObject<HTMLInputElement | null>; add: Attachments["add"] }) {
  const words = useWords().composer;
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    add([...(event.target.files ?? [])]);
    event.target.value = "";
  };
  return <input ref={input} type="file" multiple hidden aria-label={words.attach} onChange={chosen} />;
}

/** Writes the @ that opens the list, with a space before it where one is missing. */
function startMention(area: HTMLTextAreaElement, look: () => void): void {
  const at = area.selectionStart;
  const before = at === 0 || /\s$/.test(area.value.slice(0, at)) ? "" : " ";
  const caret = at + before.length + 1;
  applyEdit(area, { start: at, end: area.selectionEnd, text: `${before}@`, selectStart: caret, selectEnd: caret });
  look();
}
