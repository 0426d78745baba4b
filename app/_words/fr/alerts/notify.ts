// French: what is told of, where and when; the installed app, and who is there.
import type { Words } from "@/app/_words/en.ts";

export const notify: Words["notify"] = {
  update: "Une version plus récente de Tacit est prête.",
  updateAct: "L’ouvrir",
  typing: {
    some: (names) => (names.length === 1 ? `${names[0]} écrit…` : `${names.join(" et ")} écrivent…`),
    many: (count) => `${count} personnes écrivent…`,
  },
};
