// French: the dialogs.
import type { Words } from "@/app/_words/en.ts";
import { de, plural } from "./grammar.ts";

const invite: Words["dialogs"]["invite"] = {
  title: "Inviter des personnes",
  sentence:
    "Envoyez le lien par une voie sûre : qui le détient peut entrer, ou demander à entrer, selon votre choix ici.",
  uses: "Pour qui",
  one: "Une personne",
  oneSub: "L’invitation elle-même vérifie chaque côté pour l’autre.",
  several: "Plusieurs personnes",
  severalSub: "Leur arrivée par lien sera indiquée.",
  howMany: "Combien",
  expiry: "Ouverte pendant",
  hours: (hours) => (hours < 48 ? plural(hours, `${hours} heure`, `${hours} heures`) : `${hours / 24} jours`),
  label: "Note pour vous",
  labelHelp: "Facultatif. Par exemple le nom de la personne à qui elle est destinée.",
  make: "Créer le lien",
  made: "Le lien",
  madeSays: (uses, until) =>
    `${uses === 1 ? "Il fait entrer une personne" : `Il fait entrer ${uses} personnes`} jusqu’au ${until}. Il n’est affiché que sur cet appareil.`,
  copyLink: "Copier le lien",
  another: "En créer un autre",
  done: "Terminé",
  list: "Invitations jusqu’ici",
  none: "Aucune invitation pour l’instant.",
  forOne: "Pour une personne",
  forSeveral: (count) => `Pour ${count} personnes`,
  by: (name) => `par ${name}`,
  usedBy: (names) => `entrées : ${names}`,
  usedOf: (used, max) => plural(used, `${used} utilisation sur ${max}`, `${used} utilisations sur ${max}`),
  until: (when) => `ouverte jusqu’au ${when}`,
  state: { open: "ouverte", used: "utilisée", expired: "expirée", closed: "fermée" },
  close: "Fermer l’invitation",
  closed: "L’invitation est fermée. Son lien ne fait plus entrer personne.",
};

export const dialogs: Words["dialogs"] = {
  cancel: "Annuler",
  create: {
    title: "Créer un canal",
    sentence: "Son nom et son sujet sont scellés, comme ce qui s’y dit.",
    name: "Nom",
    nameHelp: "Court et en minuscules, par exemple notes-terrain.",
    nameMissing: "Donnez un nom au canal.",
    nameTaken: "Un canal porte déjà ce nom. Choisissez-en un autre.",
    topic: "Sujet",
    topicHelp: "Facultatif. À quoi il sert, en une phrase.",
    who: "Qui peut le lire",
    public: "Tout l’espace de travail",
    publicSub: "Les membres le trouvent dans la liste et le rejoignent d’eux-mêmes. Les invités, non.",
    private: "Seulement les personnes que vous ajoutez",
    privateSub:
      "Il a ses propres clés. Personne d’autre ne voit qu’il existe, sauf le serveur, qui voit des lignes sans nom.",
    history: "Ce que peuvent lire les personnes ajoutées plus tard",
    full: "Tout depuis le début",
    fullSub: "Elles reçoivent les clés de ce qui a été dit auparavant.",
    sinceJoin: "Seulement ce qui est dit après leur arrivée",
    sinceJoinSub: "Les clés antérieures ne sont pas transmises.",
    people: "Personnes à ajouter maintenant",
    submit: "Créer le canal",
  },
  browse: {
    title: "Parcourir les canaux",
    sentence: "Tous les canaux ouverts de cet espace de travail. Les privés n’apparaissent ici que pour leurs membres.",
    filter: "Filtrer les canaux",
    join: "Rejoindre",
    joined: "rejoint",
    open: "Ouvrir",
    none: "Aucun canal ne correspond.",
    create: "Créer un canal",
  },
  dm: {
    title: "Nouveau message direct",
    sentence: "Une personne, ou jusqu’à huit. Seules les personnes qui en font partie reçoivent les clés.",
    to: "À",
    filter: "Nom",
    chosen: "Personnes choisies",
    none: "Personne ici ne porte ce nom.",
    full: "Un message direct réunit au plus neuf personnes. Au-delà, créez un canal privé.",
    submit: (count) => (count > 1 ? "Commencer le message de groupe" : "Commencer le message"),
  },
  add: {
    title: (channel) => `Ajouter des personnes à #${channel}`,
    full: "Elles reçoivent les clés de tout ce qui a été dit ici, depuis le début.",
    sinceJoin: "Elles reçoivent les clés de ce qui sera dit ici désormais.",
    filter: "Nom",
    none: "Tout le monde y est déjà.",
    submit: (count) => (count > 1 ? `Ajouter ${count} personnes` : "Ajouter"),
    done: (names, channel) => `#${channel} est maintenant lisible pour ${names}.`,
  },
  invite,
  rename: {
    title: "Renommer l’espace de travail",
    sentence: "Tout le monde voit le nouveau nom ; le serveur ne voit ni l’ancien ni le nouveau.",
    name: "Nom",
    submit: "Renommer",
  },
  topic: {
    title: "Nom et sujet",
    sentence: "Les deux sont scellés. Tout le monde dans le canal voit le changement et qui l’a fait.",
    name: "Nom",
    topic: "Sujet",
    submit: "Enregistrer",
  },
  signOut: {
    title: (workspace) => `Se déconnecter ${de(workspace)}`,
    says: "Ce navigateur oublie vos clés et tout ce qu’il a conservé. Votre code de secours est alors le seul retour vers ce compte. Ce qui a été envoyé reste où il est.",
    waiting: (count) =>
      plural(
        count,
        `${count} entrée n’est pas encore partie et serait perdue.`,
        `${count} entrées ne sont pas encore parties et seraient perdues.`,
      ),
    submit: "Se déconnecter et tout oublier ici",
    noWayTitle: "Pas encore : il n’y aurait pas de retour",
    noWay:
      "Votre code de secours n’est pas confirmé. Sans lui, personne ne pourrait vous faire revenir après la déconnexion, pas même l’exploitant du serveur.",
    confirmCode: "Noter le code",
  },
  archive: {
    title: (channel) => `Archiver #${channel}`,
    says: "Il reste lisible et quitte la liste de tout le monde. Personne ne peut plus y écrire.",
    submit: "Archiver le canal",
  },
  leave: {
    title: (channel) => `Quitter #${channel}`,
    public: "Il quitte votre liste. Vous pouvez le rejoindre quand vous voulez.",
    private:
      "Le canal reçoit une nouvelle clé que vous n’avez pas. Vous ne lisez plus ici ; pour revenir, quelqu’un qui en fait partie doit vous rajouter.",
    submit: "Quitter le canal",
  },
  remove: {
    title: (name, channel) => `Retirer ${name} de #${channel}`,
    says: (name) =>
      `Le canal reçoit une nouvelle clé que ${name} n’a pas. Ce que ${name} a lu jusqu’ici peut rester sur ses appareils.`,
    submit: "Retirer du canal",
    titleAll: (name, workspace) => `Retirer ${name} ${de(workspace)}`,
    saysAll: (name) =>
      `Toutes les clés que détient ${name} sont remplacées. ${name} ne lit et n’écrit plus nulle part, et toutes les invitations ouvertes se ferment. Ce que ${name} a lu jusqu’ici peut rester sur ses appareils.`,
    submitAll: "Retirer de l’espace de travail",
  },
  workspace: {
    title: "Rejoindre un autre espace de travail",
    sentence: "Collez le lien d’invitation que quelqu’un y a créé pour vous.",
  },
};
