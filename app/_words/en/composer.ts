// English: the box one writes in.

export const composer = {
  send: "Send",
  attach: "Attach a file",
  formatting: "Formatting",
  bold: "Bold",
  italic: "Italic",
  strike: "Strike through",
  link: "Link",
  list: "List",
  quote: "Quote",
  code: "Code",
  mention: "Mention",
  emoji: "Emoji",
  voice: "Voice message",
};
