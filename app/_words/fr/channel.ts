// French: the timeline of a channel, what stands in it beside messages, and what can be done with a message.
import type { Words } from "@/app/_words/en.ts";
import { de, plural } from "./grammar.ts";

const system: Words["channel"]["system"] = {
  openEntry: "Voir son entrée dans le registre",
  created: "a créé ce canal",
  joined: "a rejoint ce canal",
  added: ["a ajouté", ""],
  removed: ["a retiré", ""],
  left: "a quitté ce canal",
  renamed: (name) => `a renommé le canal en ${name}`,
  renamedPlain: "a renommé le canal",
  archived: "a archivé ce canal",
  pinned: "a épinglé un message",
  showPinned: "Aller au message épinglé",
  deviceAdded: "a ajouté un appareil",
  deviceRemoved: "a retiré un appareil",
  keyChanged: "a pris une nouvelle clé",
  keyChangedBy: ["a donné à", "une nouvelle clé"],
  lostEverything: ", après la perte de tous les appareils et du code de secours",
  askedFor: ", demandée depuis son propre appareil",
  readmitted: ["a laissé", " revenir"],
  historyCut: (date) => `Vous êtes là depuis le ${date}. Ce canal montre son historique à partir de cette date.`,
};

const empty: Words["channel"]["empty"] = {
  title: "Rien n’a encore été dit ici.",
  madeByYou: (place, when) => `Vous avez créé ${place} ${when}.`,
  onDate: (date) => `le ${date}`,
  madeBy: (name, place, when) => `${name} a créé ${place} ${when}.`,
  isPublic: "Tout l’espace de travail peut le lire.",
  isPrivate: (people) => `Il est privé : ${people} peuvent le lire.`,
  youAnd: (people, more) =>
    more > 0 ? ["vous", ...people, more === 1 ? "1 autre personne" : `${more} autres personnes`] : ["vous", ...people],
  onlyYou: "Il est privé : personne d’autre que vous ne peut le lire.",
  full: ["Les personnes que vous ajouterez verront ", "tout depuis le début", "."],
  sinceJoin: ["Les personnes que vous ajouterez verront ", "ce qui est écrit à partir de là", "."],
  dm: (people) => `Personne d’autre que vous et ${people} ne peut lire ce qui est écrit ici.`,
  selfTitle: "Vos notes.",
  self: "Personne d’autre que vous ne peut lire ce qui est écrit ici ; vous le lisez sur chacun de vos appareils.",
  addPeople: "Ajouter des personnes",
  addPeopleSays: "Elles reçoivent les clés, pas une copie.",
  topic: "Dire à quoi il sert",
  topicSays: "Le sujet est scellé, lui aussi.",
  readers: "Qui peut lire ceci",
  readersSays: "Les personnes, leurs appareils, et depuis quand.",
};

const server: Words["channel"]["server"] = {
  log: "Lignes stockées de ce canal",
  rows: "Lignes stockées",
  bytes: (count) => `${count} o`,
  spokenBytes: (count) => `${count} octets`,
  footLabel: "Ce que montre cette vue",
  lead: "C’est tout ce qu’il y a à lire, à indexer, à vendre ou à apprendre.",
  sees: "Il voit",
  seesWords:
    "quel compte a écrit, depuis quel appareil et quelle adresse, quand, dans quel canal, et la taille, arrondie vers le haut.",
  not: "Il ne voit pas",
  notWords: "les mots, les noms ni les fichiers, ni si une ligne est un message, une modification ou une réaction.",
  reading: "Lecture des lignes du serveur…",
  none: "0 ligne",
  failed: (why) => `Les lignes du serveur ne peuvent pas être lues pour l’instant. ${why}`,
  again: "Réessayer",
  purged: "vidée",
  keys: {
    open: "Ses clés et ses entrées",
    title: "Ce qui se trouve à côté des lignes",
    sentence: (time) =>
      `Lu sur le serveur à ${time} : des lignes entières, les plus récentes de chaque sorte. Il peut lire les entrées : qui a fait quoi, en nombres aléatoires. Les clés y sont scellées.`,
    tables: {
      links: "Entrées du registre",
      seals: "Clés, chacune scellée pour une personne ou une invitation",
      boxes: "Clés antérieures, scellées sous les suivantes",
    },
    none: "Aucune.",
  },
};

export const channel: Words["channel"] = {
  log: (place) => `Messages : ${place}`,
  dm: (people) => `vos messages avec ${people}`,
  self: "vos notes",
  deleted: "Ce message a été supprimé.",
  rowLabel: (parts) => parts.join(", "),
  files: (count) => plural(count, `${count} fichier`, `${count} fichiers`),
  apart: "arrivé au serveur",
  apartTitle: "La première heure est celle de l’auteur, la seconde celle du serveur.",
  late: "arrivé en retard",
  lateTitle: "Ce message a été écrit longtemps avant d’arriver au serveur.",
  older: "Lecture des messages plus anciens…",
  toEnd: "Aller au message le plus récent",
  newBelow: (count) => plural(count, `${count} nouveau message`, `${count} nouveaux messages`),
  code: (lang, start) => (lang === "" ? `Code : ${start}` : `Code en ${lang} : ${start}`),
  copyText: "Copier le texte",
  copied: "Copié.",
  editMessage: "Modifier le message",
  deleteMessage: "Supprimer le message",
  discard: "Abandonner",
  notSent: (why) => `Non envoyé. ${why}`,
  said: (name, text) => `${name} : ${text}`,
  edit: {
    label: "Modifier votre message",
    save: "Enregistrer",
    cancel: "Annuler",
    help: "Entrée enregistre, Échap annule.",
  },
  remove: {
    title: "Supprimer ce message ?",
    sentence:
      "Ses mots et ses fichiers quittent le serveur et les appareils de tout le monde. Qui l’a lu l’a lu ; là où il a été cité ou transféré, il reste.",
    other: (name) => `Ce message est ${de(name)}. Tout le monde ici verra qu’il a été supprimé.`,
    act: "Supprimer le message",
    keep: "Le garder",
    files: (count) => plural(count, `et ${count} fichier`, `et ${count} fichiers`),
  },
  actions: { title: "Message" },
  waiting: {
    one: (author, helpers) =>
      `Le message ${de(author)} est là, mais pas encore sa clé. Il s’ouvrira de lui-même dès que ${helpers} sera en ligne.`,
    nobody: (author) =>
      `Le message ${de(author)} est là, mais pas encore sa clé. Il s’ouvrira de lui-même dès qu’une personne qui peut le lire sera en ligne.`,
    label: (author, time) => `${author}, ${time}, sa clé n’est pas encore là`,
  },
  refused: {
    title: "Un message a été refusé",
    claimed: (name, time, why) => `Il se disait ${de(name)}, à ${time}. ${why}`,
    unclaimed: (time, why) => `Il est arrivé à ${time}. ${why}`,
    details: "Voir les détails",
  },
  system,
  empty,
  file: {
    opening: "Ouverture sur cet appareil…",
    openedFailed: (why) => `Non ouvert. ${why}`,
    uploading: (name) => `Envoi de ${name}`,
    save: "Enregistrer sur cet appareil",
    notDrawn:
      "Cette image ne peut pas être affichée ici. Vous pouvez l’enregistrer et l’ouvrir dans un autre programme.",
  },
  server,
};
