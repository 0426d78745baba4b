// English: the words that parts of the interface bring along themselves.
import { alone } from "@/app/_words/en/first/alone.ts";

export const ui = {
  skip: "Skip to messages",
  close: "Close",
  back: "Back",
  more: "More",
  copy: "Copy",
  copied: "Copied",
  remove: (name: string) => `Remove ${name}`,
  undo: "Undo",
  notices: "Notices",
  unread: (count: number) => `${count} unread`,
  unreadPlace: "unread",
  mentions: (count: number) => (count === 1 ? "1 mention" : `${count} mentions`),
  draft: "draft",
  muted: "muted",
  privateChannel: "private",
  presence: { here: "here", away: "away", quiet: "do not disturb" },
  steps: (step: number, of: number) => `${step} of ${of}`,
  seen: { by: "Seen by", you: "you", server: "the server" },
  readers: (count: number) => `${count}: who can read this`,
  openHere: "open here",
  storedRow: (size: string, time: string) => `stored row, ${size}, ${time}`,
  ...alone,
};
