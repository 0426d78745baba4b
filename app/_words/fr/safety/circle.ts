// French: the recovery circle. Choosing helpers, being one, stopping it, and coming back by it.
import type { Words } from "@/app/_words/en.ts";
import { de, que } from "@/app/_words/fr/grammar.ts";

type Circle = Words["circle"];

const own: Circle["own"] = {
  title: "Cercle de secours",
  sentence:
    "Des personnes que vous choisissez peuvent, ensemble, vous faire revenir si vous perdez tous vos appareils et votre code de secours. Il y faut un code que vous lisez à chacune de vive voix, et 24 heures à leurs horloges et à celle du serveur, pendant lesquelles n’importe lequel de vos appareils peut tout arrêter.",
  danger: (threshold) =>
    `${threshold} d’entre elles, ensemble, peuvent prendre votre compte et lire tout ce que vous pouvez lire. Choisissez des personnes qui ne le feraient pas ensemble.`,
  none: "Pas encore de cercle",
  noneSays: "Choisissez de deux à sept membres de cet espace de travail.",
  unconfirmed: "Confirmez d’abord votre code de secours : c’est ce code que détient le cercle.",
  guest: "Les invités ne peuvent pas avoir de cercle : toutes les personnes nécessaires n’en seraient pas informées.",
  set: "Choisir des personnes de confiance",
  change: "Changer",
  end: "Dissoudre le cercle",
  is: (threshold, of) => `${threshold} de ces ${of} personnes, n’importe lesquelles, peuvent vous faire revenir`,
  since: (when) => `En place depuis le ${when}.`,
  gone: (name) => `${name} ne peut plus aider : départ de l’espace de travail, ou nouvelles clés.`,
  broken:
    "Ce cercle ne peut pas vous faire revenir : il reste trop peu de personnes de confiance, ou il détient un ancien code de secours. Choisissez de nouveau.",
  endTitle: "Dissoudre le cercle de secours ?",
  endSays:
    "Les applications de vos personnes de confiance ne donnent alors plus rien à personne. Celles qui auraient gardé copie de tout, et obtenu ce que détenait le serveur, pourraient encore ouvrir ensemble votre code de secours : créez aussi un nouveau code si vous le craignez.",
};

const helper: Circle["helper"] = {
  title: "Aider d’autres à revenir",
  of: (names) => `Vous êtes personne de confiance pour ${names}.`,
  none: "Personne ne vous a choisi jusqu’ici comme personne de confiance.",
  act: "On m’a lu un code",
  actSays: "Quelqu’un qui a tout perdu vous appelle et vous lit 24 caractères.",
  dialog: "Aider quelqu’un à revenir",
  sentence:
    "Seulement de vive voix ou en personne, avec quelqu’un que vous reconnaissez. Un message ne suffit pas, quoi qu’il dise : n’importe qui a pu l’écrire.",
  code: "Le code",
  help: "24 caractères, comme on vous les lit.",
  look: "Suivant",
  who: "Qui entendez-vous ?",
  whoSays: (name) =>
    `Vous dites ainsi que vous reconnaissez ${name}. Ses appareils et tous les membres en sont informés. Après 24 heures, vous pourrez donner votre part ; jusque-là, vous pouvez arrêter, et les appareils ${de(name)} aussi.`,
  yes: (name) => `C’est ${name}`,
  no: "Annuler",
  fits: "Le code est bon : il a été fait de la clé qui l’accompagne.",
  item: (name) => `Aide pour ${name}`,
  telling: "Tout le monde est d’abord informé. Les 24 heures commencent quand c’est fait.",
  waiting: (when) => `Vous pourrez donner votre part à partir du ${when}.`,
  ready: "Les 24 heures sont écoulées, et personne n’a arrêté. Êtes-vous toujours sûr de qui vous avez entendu ?",
  given: "Vous avez donné votre part.",
  ended: {
    helper: "Vous avez arrêté.",
    owner: "Un de ses appareils a arrêté, ou cette personne est déjà de retour. Votre part n’a pas été donnée.",
  },
  give: "Donner ma part",
  giveOf: (name) => `Donner ma part à ${name}`,
  stop: "Ne pas aider",
  stopOf: (name) => `Ne pas aider ${name}`,
};

const back: Circle["back"] = {
  door: "Pas de code non plus ? Demandez à votre cercle de secours",
  title: "Demander à votre cercle de secours",
  lede: "Si vous avez choisi des personnes de confiance, appelez-les l’une après l’autre. Affichez un code pour chacune et lisez-le-lui de vive voix : elle le saisit, et son application attend 24 heures.",
  start: "Afficher un code",
  another: "Afficher un code pour une autre personne",
  code: "À lire à une seule personne",
  valid: (minutes) =>
    `Valable ${minutes}. Chaque code est pour une seule personne, et fait d’une clé qui lui est propre.`,
  progress: (have, need) =>
    need === 0
      ? "Personne n’a encore répondu."
      : have < 2
        ? `${have} part sur ${need} est là.`
        : `${have} parts sur ${need} sont là.`,
  list: "Vos personnes de confiance",
  circle: (names) => `Votre cercle : ${names}.`,
  waiting: (name, when) => `${name} vous aide. Sa part pourra venir à partir du ${when}.`,
  given: (name) => `${name} a donné une part.`,
  refused: {
    helper: (name) => `${name} n’aide finalement pas.`,
    owner: (name) => `Un appareil de ce compte a arrêté ; ${name} ne donne pas de part.`,
  },
  failed: (name, why) => (name === "" ? why : `${name} : ${why}`),
  whose: (person, workspace) => `On vous dit que c’est le compte ${de(person)}, dans ${workspace}.`,
  drop: "Retirer",
  dropOf: (name) => `Retirer la demande à ${name}`,
  someone: "une personne de confiance",
  open: "Voir ce qu’ouvrent les parts",
  opening: "Ouverture…",
  back: "Utiliser plutôt le code de secours",
  asideTitle: "Vous pouvez fermer cette page.",
  aside:
    "Les demandes restent dans ce navigateur. Revenez ici demain ; vos personnes de confiance donnent chacune leur part après leurs 24 heures. Aucune d’elles n’apprend votre code, et le serveur non plus.",
};

export const circle: Circle = {
  own,
  choose: {
    title: "Choisissez vos personnes de confiance",
    sentence: "Elles en sont informées, et tout le monde voit dans le registre que vous avez un cercle.",
    people: "Membres",
    nobody: "Personne de ce nom ne pourrait aider.",
    many: "Combien d’entre elles il faut",
    of: (threshold, of) => `${threshold} sur ${of}`,
    words: "Votre code de secours",
    wordsSays:
      "Le cercle détient votre code, enfermé de sorte qu’il faut assez de personnes de confiance pour l’ouvrir. Saisissez-le depuis le papier.",
    act: "Mettre le cercle en place",
    changed: "Les personnes qui ne sont pas choisies de nouveau ne peuvent plus aider.",
  },
  helper,
  asks: {
    mine: (helpers) =>
      `Quelqu’un se présente comme vous et demande votre compte à votre cercle de secours, selon ${helpers}. Si ce n’est pas vous, arrêtez tout maintenant.`,
    stop: "Ce n’est pas moi : arrêter",
    look: "C’est moi",
    other: (helperName, name) =>
      `On a demandé à ${helperName} d’aider ${name} à revenir. Si vous doutez ${que(name)} en soit à l’origine, appelez cette personne.`,
    ready: (name) => `Les 24 heures sont écoulées : vous pouvez donner votre part à ${name}.`,
    open: "Voir",
    dismiss: "Ignorer",
  },
  back,
};
