// French: threads, beside a channel and as a list.
import type { Words } from "@/app/_words/en.ts";
import { plural } from "@/app/_words/fr/grammar.ts";

export const threads: Words["threads"] = {
  title: "Fils",
  sentence: "Les conversations dont vous faites partie, les dernières réponses d’abord.",
  panel: "Fil",
  log: (place) => `Fil dans ${place}`,
  open: "Ouvrir le fil",
  reply: "Répondre dans un fil",
  to: (name) => `Répondre à ${name}`,
  toThread: "Répondre",
  also: (place) => `Envoyer aussi dans ${place}`,
  inThread: "a répondu dans un fil",
  follow: "Suivre ce fil",
  unfollow: "Ne plus suivre ce fil",
  fresh: (count) => plural(count, `${count} nouvelle`, `${count} nouvelles`),
  rootAway: "Son premier message n’est pas sur cet appareil.",
  gone: "Personne n’a encore répondu ici.",
  markRead: "Marquer comme lu",
  markAll: "Tout marquer comme lu",
  empty: "Quand vous répondez, lancez un fil ou y êtes mentionné, il apparaît ici.",
  emptyTitle: "Pas encore de fil.",
  more: (count) =>
    plural(count, `${count} fil plus ancien n’est pas listé.`, `${count} fils plus anciens ne sont pas listés.`),
  elsewhere: "un canal que vous ne pouvez pas lire",
  calls: { here: "Toutes les personnes présentes", channel: "Toutes les personnes de ce canal" },
  channels: "Canaux à lier",
  ask: {
    title: (count) => `Appeler ${count} personnes ?`,
    sentence: "Ce message appelle toutes les personnes du canal, où qu’elles soient.",
    act: "Envoyer",
  },
};
