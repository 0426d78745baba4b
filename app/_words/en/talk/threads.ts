// English: threads, beside a channel and as a list.

export const threads = {
  title: "Threads",
  sentence: "Conversations you are part of, the newest answers first.",
  panel: "Thread",
  log: (place: string) => `Thread in ${place}`,
  open: "Open the thread",
  reply: "Reply in thread",
  to: (name: string) => `Reply to ${name}`,
  toThread: "Reply",
  also: (place: string) => `Also send to ${place}`,
  inThread: "answered in a thread",
  follow: "Follow this thread",
  unfollow: "Stop following this thread",
  fresh: (count: number) => `${count} new`,
  rootAway: "Its first message isn’t on this device.",
  gone: "Nobody has answered here yet.",
  markRead: "Mark as read",
  markAll: "Mark all as read",
  empty: "When you answer, start a thread or are named in one, it shows here.",
  emptyTitle: "No threads yet.",
  more: (count: number) => (count === 1 ? "1 older thread is not listed." : `${count} older threads are not listed.`),
};
