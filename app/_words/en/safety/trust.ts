// English: how well a person's key is known.

export const trust = {
  you: "you",
  invite: "verified by invite",
  link: "joined by link",
  vouched: (by: string) => `vouched by ${by}`,
  inPerson: "verified in person",
  changed: "key changed",
  replaced: "key changed",
};
