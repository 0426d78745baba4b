// French: one's devices, and linking one from both sides.
import type { Words } from "@/app/_words/en.ts";

const how: Words["devices"]["how"] = {
  founded: (when) => `Ici depuis que vous avez créé l’espace de travail, le ${when}`,
  joined: (when) => `Ici depuis votre arrivée, le ${when}`,
  linked: (when) => `Associé le ${when}`,
  reset: (when) => `Revenu avec votre code de secours, le ${when}`,
};

const adding: Words["devices"]["adding"] = {
  title: "Associer un appareil",
  sentence:
    "Sur le nouvel appareil, ouvrez cette adresse et choisissez « J’utilise Tacit sur un autre appareil ». Un code s’affiche.",
  code: "Code",
  help: "24 lettres et chiffres, en six groupes de quatre.",
  look: "Le chercher",
  camera: "Scanner avec la caméra",
  type: "Saisir le code",
  question: "Ajouter cet appareil ?",
  device: "Appareil",
  reads: "Il lira",
  everything: "tout ce que vous pouvez lire, depuis le début",
  key: "Clé",
  warning: "N’ajoutez qu’un appareil que vous avez en main. Personne n’a besoin de ce code pour vous aider.",
  add: "Ajouter l’appareil",
  notMine: "Pas le mien",
  offered: "Confirmez maintenant sur le nouvel appareil. Gardez cette fenêtre ouverte jusque-là.",
  working: "Ajout en cours…",
  done: (name) => `${name} est associé. Il lit tout ce que vous pouvez lire.`,
  close: "Fermer",
  again: "Essayer un autre code",
  unnamed: "Il n’a pas donné de nom",
};

const joining: Words["devices"]["joining"] = {
  entry: "J’utilise Tacit sur un autre appareil",
  title: "Associer cet appareil",
  lede: "Sur un appareil où vous utilisez déjà Tacit, ouvrez Réglages, puis Appareils, puis Associer un appareil. Pointez-le vers ce code.",
  qr: "Code à scanner avec votre autre appareil",
  or: "Pas de caméra ? Saisissez-y plutôt ceci",
  valid: (minutes) =>
    `Valable ${minutes}. Le code est fait des clés de cet appareil : personne entre les deux ne peut y glisser les siennes.`,
  key: (fingerprint) => `Clé de cet appareil : ${fingerprint}`,
  making: "Création des clés de cet appareil…",
  back: "Retour",
  again: "Afficher un nouveau code",
  failed: "Cet appareil n’a pas été associé",
  asked: "Est-ce votre compte ?",
  askedSays: (person, workspace) =>
    `Votre autre appareil dit : ${person}, dans ${workspace}. Ne répondez oui que si vous y avez saisi ou scanné le code vous-même.`,
  yes: "Oui, associer cet appareil",
  no: "Non",
  waiting: "Association en cours…",
  waitingSays:
    "Votre autre appareil ajoute celui-ci au registre de l’espace de travail. Ensuite, tout ce que vous pouvez lire s’ouvre ici.",
  asideTitle: "Tout vous suit.",
  aside:
    "Tous vos canaux, messages et fichiers s’ouvrent ici, depuis le premier jour. Le serveur les transmet scellés.",
  someone: "une personne sans nom",
  somewhere: "un espace de travail sans nom",
};

export const devices: Words["devices"] = {
  nav: "Appareils",
  sentence: "Chacun lit tout ce que vous pouvez lire. Retirez celui que vous n’avez plus en main.",
  link: "Associer un appareil",
  here: "cet appareil",
  unnamed: "Appareil sans nom",
  how,
  from: (name) => `depuis ${name}`,
  now: "Actif en ce moment",
  seen: (when) => `utilisé ${when}`,
  neverSeen: "n’a pas dit quand il a servi pour la dernière fois",
  key: (fingerprint) => `Clé ${fingerprint}`,
  rename: "Renommer",
  renameOf: (name) => `Renommer ${name}`,
  retire: "Retirer",
  retireOf: (name) => `Retirer ${name}`,
  hereSays: "Pour ne plus utiliser cet appareil, déconnectez-vous dessus. Retirez-le ensuite depuis un autre.",
  retiredTitle: "Retirés",
  retiredOn: (when) => `Retiré le ${when}`,
  renaming: { title: "Nommer cet appareil", name: "Nom", missing: "Donnez-lui un nom.", submit: "Enregistrer" },
  retiring: {
    title: (name) => `Retirer ${name} ?`,
    says: "Il ne pourra rien lire de ce qui sera écrit désormais : vous et chaque canal où vous êtes recevez de nouvelles clés, et les liens d’invitation ouverts se ferment. Ce qu’il a déjà lu y reste.",
    stolen: "A-t-il été volé, ou associé par quelqu’un d’autre ? Changez ensuite votre code de secours.",
    recovery: "Code de secours",
    submit: "Retirer l’appareil",
  },
  adding,
  joining,
  fresh: {
    says: (name, when) => `Un nouvel appareil a été associé à votre compte : ${name}, le ${when}.`,
    from: (name) => `Il a été ajouté depuis ${name}.`,
    mine: "C’est le mien",
    notMine: "Pas le mien",
  },
  lost: {
    retired:
      "Cet appareil a été retiré depuis un autre de vos appareils. Ce qu’il a lu auparavant est encore ici ; rien de nouveau n’arrive.",
    refused:
      "Le serveur n’accepte plus de connexion de cet appareil. Vous l’avez peut-être retiré depuis un autre appareil ; seul le serveur le dit. Ce qu’il a lu auparavant est encore ici.",
    leave: "Tout supprimer ici",
  },
  guess: (browser, system) => `${browser} sur ${system}`,
};
