// Ctrl K: type a few letters of a channel or a person and be there.
"use client";

import { Hash, Lock, Search, Settings2, UserPlus, Users } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { type Frame, useFrame } from "@/app/_frame/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { openSearch } from "@/app/_frame/search/open.ts";
import { cx } from "@/app/_ui/cx.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { Kbd, Pill } from "@/app/_ui/signs/pill.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { ChannelItem, Person } from "@/lib/client/api.ts";
import { type Match, matchName } from "./fuzzy.ts";
import styles from "./switcher.module.css";

const MOST = 8;

type Target =
  | { readonly t: "channel"; readonly channel: ChannelItem }
  | { readonly t: "person"; readonly person: Person };
type Row = {
  readonly key: string;
  readonly icon: ReactNode;
  readonly match: Match;
  readonly meta: ReactNode;
  readonly run: () => void;
};

/** Channels and DMs that fit, then people one has no DM with yet; unread and recent ones first. */
function findTargets(frame: Frame, query: string, current: ChannelId | null): { target: Target; match: Match }[] {
  const { view, titleOf } = frame;
  const fits: { target: Target; match: Match; rank: number }[] = [];
  for (const channel of view.channels) {
    if (channel.id === current && query.trim() === "") continue;
    const match = matchName(titleOf(channel), query);
    if (match === null) continue;
    const held = channel.archived ? -20 : channel.joined ? 5 : -5;
    const fresh = channel.unread > 0 ? 8 : 0;
    fits.push({ target: { t: "channel", channel }, match, rank: match.score + held + fresh });
  }
  const met = new Set(view.channels.flatMap((one) => (one.kind === "dm" && one.people.length === 1 ? one.people : [])));
  for (const person of view.people) {
    if (!person.active || person.me || met.has(person.id)) continue;
    const match = matchName(person.name, query);
    if (match !== null) fits.push({ target: { t: "person", person }, match, rank: match.score });
  }
  const at = (target: Target) => (target.t === "channel" ? target.channel.lastAt : 0);
  return fits.sort((a, b) => b.rank - a.rank || at(b.target) - at(a.target)).slice(0, MOST);
}

function TargetMeta({ target }: { target: Target }) {
  const words = useWords();
  if (target.t === "person") return words.frame.switcher.message;
  const { channel } = target;
  if (channel.archived) return words.frame.archived;
  const count = channel.kind === "dm" ? channel.unread : channel.mentions;
  if (count === 0) return null;
  return <Pill count={count} label={channel.kind === "dm" ? words.ui.unread(count) : words.ui.mentions(count)} />;
}

function TargetIcon({ target }: { target: Target }) {
  const { person } = useFrame();
  if (target.t === "person") return <Face person={target.person} size={24} />;
  const { channel } = target;
  if (channel.kind === "public") return <Hash />;
  if (channel.kind === "private") return <Lock />;
  const other = channel.people.length === 1 ? person(channel.people[0] as Person["id"]) : undefined;
  return other === undefined ? <Users /> : <Face person={other} size={24} />;
}

function useRows(query: string, current: ChannelId | null, onClose: () => void) {
  const words = useWords();
  const frame = useFrame();
  const start = useCommand("startDm");
  const { view, open } = frame;
  const found = useMemo(() => findTargets(frame, query, current), [frame, query, current]);
  const visit = (channel: ChannelId) => {
    onClose();
    go({ t: "channel", ws: view.ws, channel, panel: null });
  };
  const write = async (person: Person) => {
    const done = await start.run({ ws: view.ws, users: [person.id] });
    if (done.ok) visit(done.value.channel);
  };
  const places = found.map(({ target, match }): Row => {
    const meta = <TargetMeta key="meta" target={target} />;
    const icon = <TargetIcon key="icon" target={target} />;
    if (target.t === "person")
      return { key: target.person.id, icon, match, meta, run: () => void write(target.person) };
    return { key: target.channel.id, icon, match, meta, run: () => visit(target.channel.id) };
  });
  const settings = () => {
    onClose();
    go({ t: "settings", ws: view.ws, page: "appearance" });
  };
  const acts = [
    { key: "settings", icon: <Settings2 />, name: words.frame.preferences, meta: <Kbd>Ctrl ,</Kbd>, run: settings },
    ...(view.mayInvite
      ? [
          {
            key: "invite",
            icon: <UserPlus />,
            name: words.frame.invite,
            meta: null,
            run: () => open({ t: "invite" }),
          },
        ]
      : []),
  ].flatMap(({ name, ...act }): Row[] => {
    const match = matchName(name, query);
    return match === null ? [] : [{ ...act, match }];
  });
  const sought = query.trim();
  const seek: Row = {
    key: "search",
    icon: <Search />,
    match: { score: 0, parts: [{ at: 0, text: words.search.switcher(sought), hit: false }] },
    meta: <Kbd>Ctrl G</Kbd>,
    run: () => {
      onClose();
      openSearch(view.ws, { text: sought, filters: [] });
    },
  };
  return { places, acts: sought === "" ? acts : [...acts, seek], fault: start.fault };
}

function Option({ row, id, on, onPick }: { row: Row; id: string; on: boolean; onPick: () => void }) {
  const words = useWords().frame.switcher;
  return (
    <div
      className={cx(styles.option, on && styles.on)}
      id={id}
      role="option"
      aria-selected={on}
      tabIndex={-1}
      onClick={onPick}
      onKeyDown={(event) => event.key === "Enter" && onPick()}
    >
      <span className={styles.icon}>{row.icon}</span>
      <span className={styles.name}>
        {row.match.parts.map((part) => (part.hit ? <b key={part.at}>{part.text}</b> : part.text))}
      </span>
      <span className={styles.meta}>
        {row.meta}
        {on && (
          <span aria-hidden="true" title={words.open}>
            <Kbd>Enter</Kbd>
          </span>
        )}
      </span>
    </div>
  );
}

/** Who jumped somewhere wants to write there. */
function writingField(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#main textarea");
}

export function Switcher({ onClose, current }: { onClose: () => void; current: ChannelId | null }) {
  const words = useWords().frame.switcher;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const base = useId();
  const { places, acts, fault } = useRows(query, current, onClose);
  const rows = [...places, ...acts];
  const chosen = Math.min(at, rows.length - 1);
  const pressed = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.nativeEvent.isComposing || (step === 0 && event.key !== "Enter")) return;
    event.preventDefault();
    if (step === 0) rows[chosen]?.run();
    else if (rows.length > 0) setAt((chosen + step + rows.length) % rows.length);
  };
  const draw = (row: Row, place: number) => (
    <Option key={row.key} row={row} id={`${base}-${place}`} on={place === chosen} onPick={row.run} />
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.label}
      size="jump"
      headless
      initialFocus={input}
      finalFocus={writingField}
    >
      <div className={styles.top}>
        <Search />
        <input
          ref={input}
          className={styles.input}
          type="text"
          role="combobox"
          aria-label={words.label}
          aria-expanded={rows.length > 0}
          aria-controls={`${base}-list`}
          aria-activedescendant={rows.length > 0 ? `${base}-${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={words.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className={styles.list} id={`${base}-list`} role="listbox" aria-label={words.results}>
        {places.map((row, place) => draw(row, place))}
        {acts.length > 0 && (
          <div className={styles.group} role="presentation">
            {words.act}
          </div>
        )}
        {acts.map((row, place) => draw(row, places.length + place))}
      </div>
      {rows.length === 0 && <p className={styles.none}>{words.none(query.trim())}</p>}
      <FaultLine fault={fault} />
      <p className="sr" role="status">
        {words.count(rows.length)}
      </p>
      <div className={styles.foot} aria-hidden="true">
        <span>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          {words.choose}
        </span>
        <span>
          <Kbd>Enter</Kbd>
          {words.open}
        </span>
      </div>
    </Dialog>
  );
}
