// English: what is told of, where and when; the installed app, and who is there.

export const notify = {
  update: "A newer version of Tacit is ready.",
  updateAct: "Open it",
  typing: {
    some: (names: readonly string[]) =>
      names.length === 1 ? `${names[0]} is writing…` : `${names.join(" and ")} are writing…`,
    many: (count: number) => `${count} people are writing…`,
  },
};
