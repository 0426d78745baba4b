// English: the words of pages that stand alone, before or without the catalogue.

export const alone = {
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
