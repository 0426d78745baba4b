// French: the panels at the right and the pages of the settings.
import type { Words } from "@/app/_words/en.ts";
import { plural } from "./grammar.ts";

/** Small numbers, as a sentence begins with them. */
const COUNTED = ["", "", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze"];

const readers: Words["panels"]["readers"] = {
  title: "Qui peut lire ceci",
  lead: (people) => (people === 1 ? "Vous, sans personne d’autre." : `${COUNTED[people] ?? people} personnes.`),
  leadEnd: "Personne d’autre, le serveur non plus.",
  leadInvites: "Et qui détient un lien d’invitation ouvert. Le serveur n’en fait pas partie.",
  leadGone: "Et les personnes parties qui détenaient sa clé. Le serveur n’en fait pas partie.",
  text: "Cette liste est l’ensemble des clés sous lesquelles le canal est scellé. Un nom qui n’y figure pas ne peut pas ouvrir ce qui s’écrit maintenant, qui que ce soit qui le demande.",
  messageTitle: "Qui peut lire ce message",
  messageText: (epoch) =>
    `Il est scellé sous la clé ${epoch} de ce lieu. Ces personnes détiennent cette clé, ou peuvent la calculer à partir d’une plus récente.`,
  messageFull:
    "Les personnes ajoutées plus tard lisent tout depuis le début ; elles figurent donc aussi dans la liste.",
  messageSince: "Les personnes ajoutées plus tard ne reçoivent pas cette clé.",
  later: "arrivée plus tard, historique lisible",
  gone: "Plus ici",
  goneText:
    "Ces personnes détenaient la clé de ce message. Ce qu’elles ont gardé, elles peuvent encore le lire ; rien de nouveau ne leur parvient.",
  links: "Liens d’invitation ouverts",
  linkBy: (name) => `Un lien créé par ${name}`,
  linkUntil: (when) => `ouvert jusqu’au ${when}, ou jusqu’à ce qu’il soit épuisé ou fermé`,
  linkText: "Qui détient l’un de ces liens peut lire ceci avant même d’entrer.",
  closedLinks: (count) =>
    plural(
      count,
      `${count} lien qui pouvait l’ouvrir est maintenant fermé.`,
      `${count} liens qui pouvaient l’ouvrir sont maintenant fermés.`,
    ),
  removedDevices: (count) => plural(count, `${count} appareil retiré depuis`, `${count} appareils retirés depuis`),
  device: (mark, when) => `${mark}, depuis le ${when}`,
  entry: (n) => `entrée ${n}`,
  lastChange: "Dernier changement : ",
  record: "Voir le registre",
  people: "Personnes",
  since: (when) => `depuis le ${when}`,
  devices: (count) => plural(count, `${count} appareil`, `${count} appareils`),
  addedBy: (name) => `ajout par ${name}`,
  manager: "responsable",
  foot: (position) =>
    `Vérifié sur cet appareil d’après le registre de l’espace de travail, jusqu’à l’entrée ${position}.`,
  add: "Ajouter des personnes",
  more: (name) => `Plus sur ${name}`,
  profile: "Profil",
  message: "Message",
  remove: "Retirer de ce canal",
};

const profile: Words["panels"]["profile"] = {
  title: "Profil",
  trust: "Confiance",
  role: "Rôle",
  joined: "Arrivée",
  devices: "Appareils",
  message: "Message",
  edit: "Modifier votre profil",
  removed: "ne fait plus partie de l’espace de travail",
  removeAll: "Retirer de l’espace de travail",
  roles: { owner: "Propriétaire", admin: "Admin", member: "Membre", guest: "Invité" },
  trustShort: {
    self: "vous",
    invite: "par invitation",
    link: "par lien",
    vouched: "sous garantie",
    person: "en personne",
    changed: "clé changée",
  },
  trustSays: {
    self: "C’est vous, sur cet appareil.",
    invite: "Arrivée par un lien fait pour une seule personne, qui a prouvé chaque côté à l’autre.",
    link: "Arrivée par un lien que plusieurs personnes pouvaient utiliser. Il prouve l’espace de travail à ces personnes, mais ne vous prouve pas qui elles sont.",
    vouched: "Une personne que vous avez vérifiée s’est portée garante de cette clé.",
    person: "Vous avez comparé les numéros en personne.",
    changed:
      "La clé a changé après votre vérification. Posez la question en personne ou de vive voix avant d’écrire quoi que ce soit d’important.",
  },
};

const recoveryPage: Words["panels"]["recoveryPage"] = {
  sentence: "Le chemin du retour quand tous vos appareils sont perdus.",
  unconfirmed: "Pas encore confirmé. Notez les 24 mots et redonnez-en trois.",
  act: "Le noter",
  confirmed: "Confirmé. Il n’est gardé nulle part ici et ne peut donc plus être affiché.",
  code: "Code de secours",
  since: (when) => `En vigueur depuis le ${when}.`,
  change: "Changer le code",
  changeTitle: "Un nouveau code contre l’ancien",
  changeSays:
    "Saisissez le code en vigueur. Vous recevez alors 24 nouveaux mots ; dès cet instant, les anciens n’ouvrent plus rien sur le serveur.",
  changeAct: "Créer un nouveau code",
  stolen: "Un appareil a été volé",
  stolenSays:
    "Retirez-le d’abord parmi vos appareils. Si quelqu’un a pu l’utiliser, le code de secours déconnecte tous les autres appareils d’un coup et montre ce qui a été fait en votre nom.",
  stolenAct: "Utiliser le code de secours",
  leaked: "Quelqu’un d’autre connaît peut-être le code",
  leakedSays:
    "Un nouveau code lui ferme le serveur. Cela ne suffit pas contre qui a copié ce que le serveur stocke : les anciens mots ouvrent cette copie pour toujours. Renouvelez alors votre identité, ce qui change vos numéros de sécurité.",
  reset: (when) => `Vous êtes de retour par le code de secours depuis le ${when}`,
  resetSays: (count) =>
    count === 0
      ? "Vos autres appareils sont restés. Ce qui avait été fait en votre nom auparavant figure dans le registre."
      : `${count === 1 ? "Un appareil a été déconnecté" : `${count} appareils ont été déconnectés`}. Ce qui avait été fait en votre nom auparavant figure dans le registre.`,
  record: "Ouvrir le registre",
};

export const panels: Words["panels"] = {
  readers,
  details: {
    title: "À propos de ce canal",
    topic: "Sujet",
    noTopic: "Pas encore de sujet.",
    edit: "Changer le nom et le sujet",
    made: "Création",
    madeBy: (name, when) => `par ${name}, le ${when}`,
    kind: "Sorte",
    public: "Ouvert à tout l’espace de travail",
    private: "Privé, avec ses propres clés",
    dm: "Message direct, avec ses propres clés",
    history: "Historique",
    full: "Les personnes qui arrivent plus tard lisent tout depuis le début",
    sinceJoin: "Les personnes qui arrivent plus tard ne lisent que la suite",
    readers: "Qui peut lire ceci",
    leave: "Quitter le canal",
    archive: "Archiver le canal",
  },
  profile,
  settings: {
    label: "Réglages",
    back: (workspace) => `Retour à ${workspace}`,
    you: "Vous",
    access: "Accès",
    profile: "Profil",
    notifications: "Notifications",
    appearance: "Apparence",
    keyboard: "Clavier",
    devices: "Appareils",
    recovery: "Code de secours",
    lock: "Verrouillage",
    people: "Membres et invitations",
    workspace: "Espace de travail",
    emoji: "Émojis",
    record: "Registre des changements",
    save: "Enregistrer",
    saved: "Enregistré.",
    all: "Réglages",
  },
  profilePage: {
    sentence: "Scellé, et montré à tout l’espace de travail.",
    name: "Nom",
    nameMissing: "Écrivez le nom que les autres doivent voir.",
    jobTitle: "Fonction",
    jobHelp: "Facultatif. Ce que vous faites ici.",
    picture: "Photo",
    choose: "Choisir une photo",
    change: "Changer de photo",
    removePicture: "Retirer la photo",
    pictureFailed: "Ce fichier n’est pas une image qui puisse être affichée. Prenez un PNG, JPEG, WebP, GIF ou AVIF.",
    pictureSays: "Découpée en carré sur cet appareil ; le lieu de la prise de vue est omis.",
  },
  appearance: {
    sentence: "L’aspect pour vous, sur tous vos appareils ; la langue reste dans ce navigateur.",
    devices: "Appareils",
    same: "Le même sur tous mes appareils",
    sameSub: "Désactivé : ce navigateur garde un aspect à lui.",
    paper: "Papier",
    themes: { light: "Jour", dark: "Nuit", system: "Suivre le système" },
    text: "Texte",
    size: "Taille des messages",
    density: "Densité",
    densitySub: "Compact en montre plus à l’écran",
    roomy: "Aéré",
    compact: "Compact",
    language: "Langue",
    movement: "Mouvement",
    reduce: "Réduire les mouvements",
    reduceSub: (on) => `Demandé par votre système : ${on ? "oui" : "non"}`,
  },
  peoplePage: {
    sentence:
      "Chaque personne ici est entrée par un lien qui lui a prouvé l’espace de travail. Rien de plus n’est nécessaire ; la comparaison de numéros en personne est là pour qui veut en être sûr.",
    invite: "Inviter",
    name: "Nom",
    role: "Rôle",
    joined: "Arrivée",
    trust: "Confiance",
    more: (name) => `Plus sur ${name}`,
    openInvites: "Invitations ouvertes",
    noInvites: "Aucune invitation n’est ouverte.",
  },
  recoveryPage,
  workspacePage: {
    sentence: "Comment s’appelle cet espace de travail, et comment quitter ce navigateur.",
    name: "Nom",
    rename: "Renommer",
    position: "Registre",
    positionSays: (position) =>
      plural(
        position,
        `${position} entrée, signée et vérifiée sur cet appareil`,
        `${position} entrées, chacune signée et vérifiée sur cet appareil`,
      ),
    signOut: "Se déconnecter",
    signOutSays: "Ce navigateur oublie vos clés et ce qu’il a conservé.",
  },
};
