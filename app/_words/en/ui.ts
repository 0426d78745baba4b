// English: the words that parts of the interface bring along themselves.

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
  storedRow: (size: string, time: string) => `stored row, ${size}, ${time}`,
  notFound: {
    title: "There is nothing at this address.",
    sentence: "The link may be incomplete. Nothing about it was sent anywhere.",
    back: "Open Tacit",
  },
  failed: {
    title: "Tacit stopped on this page.",
    sentence: "Your messages and keys are kept on this device and were not touched.",
    again: "Open it again",
  },
};
