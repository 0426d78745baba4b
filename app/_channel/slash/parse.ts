// What is written behind a slash: a command, an unknown one, or words that only begin with a slash.

export const COMMANDS = [
  "me",
  "shrug",
  "remind",
  "status",
  "dnd",
  "away",
  "active",
  "mute",
  "topic",
  "invite",
  "leave",
  "msg",
  "open",
  "poll",
  "help",
] as const;
export type Command = (typeof COMMANDS)[number];

export type Slash =
  /** a message with these words */
  | { readonly t: "text"; readonly text: string }
  | { readonly t: "command"; readonly name: Command; readonly rest: string }
  | { readonly t: "unknown"; readonly name: string };

/** The message that an action is: everybody reads "Ana waves". */
export const ACTION = "/me ";

/** Two slashes are one that is meant; a path or a lone slash is no command. */
export function parseSlash(written: string): Slash {
  const text = written.trim();
  // What would read as an action is written so that it does not.
  if (text.startsWith("//"))
    return { t: "text", text: text.startsWith("//me ") ? `\\${text.slice(1)}` : text.slice(1) };
  const found = /^\/([a-zA-Z]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (found === null) return { t: "text", text };
  const name = (found[1] ?? "").toLowerCase();
  const known = COMMANDS.find((one) => one === name);
  if (known === undefined) return { t: "unknown", name };
  return { t: "command", name: known, rest: (found[2] ?? "").trim() };
}

/** A status: an emoji at its beginning, words behind it; `clear` ends it. */
export function parseStatus(rest: string): { emoji: string; text: string } {
  if (/^(?:clear|off|effacer)$/i.test(rest)) return { emoji: "", text: "" };
  const found =
    /^(:[a-z0-9][a-z0-9_-]{0,31}:|(?:\p{Extended_Pictographic}|\p{RI}\p{RI})(?:\p{Emoji_Modifier}|\uFE0F|\u200D|\p{Extended_Pictographic})*)\s*([\s\S]*)$/u.exec(
      rest,
    );
  return found === null ? { emoji: "", text: rest } : { emoji: found[1] ?? "", text: (found[2] ?? "").trim() };
}
