// English: what is told of, where and when; the installed app, and who is there.

export const notify = {
  update: "A newer version of Tacit is ready.",
  updateAct: "Open it",
};
