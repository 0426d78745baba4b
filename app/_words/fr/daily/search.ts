// French: finding messages. The field, its filters, what was found, and how far back it reaches.
import type { Words } from "@/app/_words/en.ts";

export const search: Words["search"] = {
  title: "Recherche",
  open: "Chercher dans ce canal",
  field: "Chercher dans les messages",
  placeholder: "Des mots, une « phrase »",
  clear: "Effacer la recherche",
  back: "Retour",
  filters: "Filtres",
  found: (count, shown) =>
    count === 0 ? "Aucun message trouvé" : count === 1 ? "1 message trouvé" : `${shown} messages trouvés`,
  took: (ms) => `en ${ms} ms, sur cet appareil. Vos mots n’ont été envoyés nulle part.`,
  results: "Messages trouvés, du plus récent au plus ancien",
  none: "Aucun message ne dit cela",
  away: (count: number, shown: string) =>
    count === 1
      ? "1 message trouvé n’est pas encore sur cet appareil. Il s’affichera une fois connecté."
      : `${shown} messages trouvés ne sont pas encore sur cet appareil. Ils s’afficheront une fois connecté.`,
  noneYet: "Rien pour l’instant. L’historique ancien arrive encore, et cette liste s’allonge d’elle-même.",
  noneSays:
    "Moins de lettres trouvent davantage : chaque mot trouve tous ceux qui commencent par lui. Une phrase entre guillemets est cherchée telle quelle.",
  unknown: (value) => `Rien ici ne s’appelle « ${value} » : rien n’est donc trouvé.`,
  tips: "Retrouver ce qui a été dit",
  tipsSay:
    "Dans tout ce que vous pouvez lire, sur cet appareil seul : ni vos mots ni les noms qui s’y trouvent ne le quittent.",
  more: "En voir plus",
  inThread: "dans un fil",
  edited: "modifié",
  file: "fichier",
  operators: { from: "de", in: "dans", before: "avant", after: "après", on: "le", has: "avec", is: "est" },
  values: {
    file: "fichier",
    files: "fichier",
    link: "lien",
    links: "lien",
    image: "une image",
    images: "une image",
    reaction: "réaction",
    reactions: "réaction",
    thread: "dans un fil",
    dm: "message direct",
    saved: "gardé",
    pinned: "épinglé",
  },
  remove: (words) => `Retirer le filtre : ${words}`,
  add: (words) => `Seulement : ${words}`,
  whole: "Tout ce que vous pouvez lire a été cherché.",
  backTo: (date) => `Recherche faite jusqu’au ${date}.`,
  arriving: (share) => `L’historique ancien arrive encore : ${share} est ici.`,
  indexing: (share) => `Cet appareil lit ce qu’il a : ${share} fait.`,
  offline: "Le reste arrivera quand vous serez de nouveau en ligne.",
  stopped: "L’historique ancien n’est pas téléchargé sur cet appareil.",
  stop: "Ne plus télécharger",
  resume: "Télécharger l’historique",
  full: "Il n’y a plus de place sur cet appareil pour l’index. Ce qui a été dit récemment est trouvé quand même ; le reste suivra dès qu’il y aura de la place.",
  broken: "L’index ne peut pas être écrit pour l’instant ; il reprendra de lui-même.",
  switcher: (query) => `Chercher « ${query} » dans les messages`,
  keys: { everywhere: "Chercher partout", channel: "Chercher dans le canal ouvert" },
  date: {
    menu: "Aller à une date",
    title: "Aller à une date",
    sentence:
      "Le canal s’ouvre au premier message écrit à partir de ce jour. Ce que cet appareil n’a pas encore est d’abord téléchargé.",
    label: "Jour",
    submit: "Y aller",
    nothing: "Personne n’a écrit ici à partir de ce jour.",
  },
  toNewest: "Aux derniers messages",
};
