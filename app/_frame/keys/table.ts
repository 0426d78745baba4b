// Every key there is, in one table: what it is called, where it holds, how it is pressed. The list and the listeners read it.

/** Held down with a key: `Mod` is Ctrl, or ⌘ on a Mac. */
type Chord = `${"" | "Mod+"}${"" | "Alt+"}${"" | "Shift+"}${string}`;

/** Keys that work wherever the focus is. */
export const GLOBAL = {
  jump: "Mod+k",
  search: "Mod+g",
  searchHere: "Mod+f",
  previous: "Alt+ArrowUp",
  next: "Alt+ArrowDown",
  previousUnread: "Alt+Shift+ArrowUp",
  nextUnread: "Alt+Shift+ArrowDown",
  back: "Alt+ArrowLeft",
  forth: "Alt+ArrowRight",
  unreads: "Mod+Shift+a",
  threads: "Mod+Shift+t",
  activity: "Mod+Shift+m",
  later: "Mod+Shift+s",
  newDm: "Mod+Shift+k",
  browse: "Mod+Shift+l",
  panel: "Mod+.",
  region: "F6",
  regionBack: "Shift+F6",
  readAll: "Shift+Escape",
  reactLast: "Mod+Shift+\\",
  preferences: "Mod+,",
  lock: "Mod+Shift+f",
  list: "Mod+/",
} as const satisfies Record<string, Chord>;
export type GlobalKey = keyof typeof GLOBAL;

/** Keys on a message that has the focus. */
export const ON_MESSAGE = {
  react: "r",
  thread: "t",
  edit: "e",
  quote: "q",
  forward: "f",
  pin: "p",
  keep: "a",
  link: "c",
  remove: "Delete",
  menu: "Enter",
} as const satisfies Record<string, Chord>;
export type MessageKey = keyof typeof ON_MESSAGE;

/** Keys that a part of the screen has of its own: the list names them, the part listens. */
export const ELSEWHERE = {
  close: "Escape",
  read: "Escape",
  send: "Enter",
  newline: "Shift+Enter",
  editLast: "ArrowUp",
  bold: "Mod+b",
  italic: "Mod+i",
  strike: "Mod+Shift+x",
  code: "Mod+Shift+c",
  upload: "Mod+u",
  slash: "/",
  messageUp: "ArrowUp",
  messageDown: "ArrowDown",
} as const satisfies Record<string, Chord>;

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const SHIFTED: Readonly<Record<string, string>> = { "|": "\\", "?": "/", ">": ".", "<": "," };
const plain = (key: string): string => {
  const low = key.length === 1 ? key.toLowerCase() : key;
  return SHIFTED[low] ?? low;
};

/** A press as the table writes it. Shift shows only where the table may ask for it. */
export function chordOf(event: Pressed): string {
  const held = [event.ctrlKey || event.metaKey ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...held.filter((one) => one !== ""), plain(event.key)].join("+");
}

/** Which of these keys a press is. */
export function keyOf<K extends string>(table: Readonly<Record<K, string>>, event: Pressed): K | undefined {
  const chord = chordOf(event);
  return (Object.keys(table) as K[]).find((name) => table[name] === chord);
}

const SIGNS: Readonly<Record<string, string>> = {
  Mod: "Ctrl",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
};

/** A chord as people read it: "Ctrl Shift A". */
export function shown(chord: string): string {
  return chord
    .split("+")
    .map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}
