// French: the app lock, its screen and its settings; and a browser whose keys are gone.
import type { Words } from "@/app/_words/en.ts";

type Lock = Words["lock"];

const screen: Lock["screen"] = {
  title: "Verrouillé",
  lede: "Saisissez votre phrase secrète pour ouvrir ce que garde ce navigateur.",
  passphrase: "Phrase secrète",
  unlock: "Déverrouiller",
  unlocking: "Déverrouillage…",
  passkey: "Utiliser votre clé d’accès",
  forgotten: "Vous l’avez oubliée ?",
  asideTitle: "Rien n’est montré, rien n’est envoyé",
  aside:
    "Ce que garde ce navigateur est scellé, et sa clé n’est pas ici. En attendant, vos messages restent scellés sur le serveur.",
};

const lost: Lock["lost"] = {
  title: "Revenir sans elle",
  lede: "Personne ne peut vous dire votre phrase secrète, et personne ne peut la réinitialiser. Mais votre compte a d’autres accès. Ce que garde ce navigateur n’est effacé qu’une fois l’un d’eux réussi.",
  back: "Retour",
  asideTitle: "Ce qui part, et ce qui reste",
  aside:
    "Les messages écrits ici et jamais envoyés, et les brouillons de ce seul navigateur, sont perdus avec la phrase secrète. Tout le reste revient avec votre compte.",
};

const over: Lock["over"] = {
  title: "Aucun autre accès ?",
  says: "Recommencez ici, puis demandez aux personnes de confiance de votre cercle de secours, ou ouvrez une nouvelle invitation ou le lien par lequel un admin vous reprend. Ce que garde ce navigateur est oublié.",
  act: "Recommencer dans ce navigateur",
  sure: "C’est irréversible. Le code de secours ou un autre appareil vous ouvrent toujours votre compte ensuite.",
  yes: "Oublier ce qui est ici",
  no: "Le garder",
};

const on: Lock["on"] = {
  label: "Le verrou est activé",
  says: "Il s’ouvre avec votre phrase secrète.",
  saysPasskey: "Il s’ouvre avec votre phrase secrète ou votre clé d’accès.",
  now: "Verrouiller maintenant",
  shortcut: "Ctrl Maj F",
  change: "Changer la phrase secrète",
  changeSays: "Tout ce qui est gardé ici est scellé de nouveau ; l’ancienne phrase secrète n’en ouvre plus rien.",
  changeAct: "Changer",
  turnOff: "Désactiver le verrou",
  turnOffSays: "Ce navigateur s’ouvre alors sans rien demander.",
  turnOffAct: "Désactiver",
};

const form: Lock["form"] = {
  current: "Votre phrase secrète",
  fresh: "Nouvelle phrase secrète",
  again: "Encore une fois",
  help: "Au moins 8 caractères. Quatre ou cinq mots au hasard conviennent bien.",
  differ: "Les deux ne sont pas identiques.",
  warning:
    "Personne ne peut la réinitialiser. Qui l’oublie revient par le code de secours ou un autre appareil, et perd ce qui n’a pas été envoyé d’ici.",
  unconfirmed: "Confirmez d’abord votre code de secours : c’est le chemin du retour si vous oubliez la phrase secrète.",
  confirmCode: "Confirmer le code",
  pending: "Tout est scellé de nouveau…",
  cancel: "Annuler",
};

export const lock: Lock = {
  page: "Verrouillage",
  sentence:
    "Tient fermée la copie de ce navigateur jusqu’à ce que vous saisissiez une phrase secrète. Il protège ce qui se trouve sur cet appareil ; votre code de secours protège toujours le compte.",
  screen,
  lost,
  over,
  linked: "Associer à un autre de vos appareils",
  off: {
    label: "Verrouiller par une phrase secrète",
    says: "Demandée à chaque démarrage, quand vous verrouillez, et après un certain temps sans vous. Tout ce qui est gardé ici est scellé de nouveau sous elle.",
    act: "Activer",
  },
  on,
  idle: {
    label: "Verrouiller quand personne n’y touche",
    says: "Tous les onglets se verrouillent ensemble. Un ordinateur qui sort de veille après ce délai est verrouillé, lui aussi.",
    after: (minutes) =>
      minutes < 60 ? (minutes === 1 ? "Après 1 minute" : `Après ${minutes} minutes`) : "Après une heure",
    never: "Jamais de lui-même",
  },
  passkey: {
    label: "Clé d’accès",
    none: "Votre empreinte, votre visage, un code PIN ou une clé de sécurité peuvent aussi l’ouvrir. La phrase secrète reste.",
    some: "Une clé d’accès ouvre aussi ce navigateur.",
    unable: "Ce navigateur n’a pas de clé d’accès qui puisse l’ouvrir.",
    add: "Ajouter une clé d’accès",
    remove: "Retirer",
    name: "Tacit sur cet appareil",
  },
  form,
};
