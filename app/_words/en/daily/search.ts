// English: finding messages. The field, its filters, what was found, and how far back it reaches.

const messages = (count: number, shown: string) => (count === 1 ? "1 message" : `${shown} messages`);

export const search = {
  title: "Search",
  open: "Search this channel",
  field: "Search messages",
  placeholder: "Words, a “phrase”",
  clear: "Clear search",
  back: "Back",
  filters: "Filters",
  /** `count` as it is, `shown` as the locale writes it */
  found: messages,
  took: (ms: string) => `in ${ms} ms, on this device. Your words were not sent anywhere.`,
  results: "Messages found, newest first",
  none: "No message says that",
  away: (count: number, shown: string) =>
    count === 1
      ? "1 message was found that this device does not hold yet. It shows once you are connected."
      : `${shown} messages were found that this device does not hold yet. They show once you are connected.`,
  noneYet: "Not found so far. Older history is still arriving, and this list grows by itself.",
  noneSays:
    "Fewer letters find more: each word finds all words that begin with it. A phrase in quotes is found as it stands.",
  unknown: (value: string) => `Nothing here goes by “${value}”, so nothing is found.`,
  tips: "Find what was said",
  tipsSay: "Over everything you may read, on this device alone: neither your words nor the names in them leave it.",
  more: "Show more",
  inThread: "in a thread",
  edited: "edited",
  file: "file",
  operators: { from: "from", in: "in", before: "before", after: "after", on: "on", has: "has", is: "is" },
  values: {
    file: "file",
    files: "file",
    link: "link",
    links: "link",
    image: "image",
    images: "image",
    reaction: "reaction",
    reactions: "reaction",
    thread: "in a thread",
    dm: "direct message",
    saved: "saved",
    pinned: "pinned",
  } as Readonly<Record<string, string>>,
  remove: (words: string) => `Remove the filter: ${words}`,
  add: (words: string) => `Only: ${words}`,
  whole: "Everything that you may read is searched.",
  backTo: (date: string) => `Searched back to ${date}.`,
  arriving: (share: string) => `Older history is still arriving: ${share} is here.`,
  indexing: (share: string) => `This device is reading what it has: ${share} done.`,
  offline: "The rest arrives once you’re back online.",
  stopped: "Older history is not being fetched on this device.",
  stop: "Stop fetching",
  resume: "Fetch older history",
  full: "There is no room on this device for more of the index. What was said lately is found all the same; older messages are taken in once there is room.",
  broken: "The index can’t be written now; it goes on by itself.",
  switcher: (query: string) => `Search messages for “${query}”`,
  keys: { everywhere: "Search everywhere", channel: "Search in the open channel" },
  date: {
    menu: "Jump to a date",
    title: "Jump to a date",
    sentence:
      "The channel opens at the first message from then on. What this device doesn’t have yet is fetched first.",
    label: "Date",
    submit: "Jump",
    nothing: "Nobody wrote here from then on.",
  },
  toNewest: "To the newest messages",
};
