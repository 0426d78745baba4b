// French: verifying a person, and what is said when a key changed.
import type { Words } from "@/app/_words/en.ts";
import { de } from "@/app/_words/fr/grammar.ts";

type Verify = Words["verify"];

const changed: Verify["changed"] = {
  title: {
    person: (name) => `La clé ${de(name)} a changé après votre vérification en personne`,
    vouched: (name) => `La clé ${de(name)} a changé après avoir été garantie`,
  },
  says: {
    rekey: (when, by, name) =>
      `Le ${when}, signé par ${by} : ${name} a perdu tous ses appareils et est de retour avec une nouvelle clé. Vos messages à ${name} attendent ici votre décision.`,
    "root-renew": (when, by, name) =>
      `Le ${when}, signé par ${by} : ${name} a demandé une nouvelle clé depuis un de ses appareils. Vos messages à ${name} attendent ici votre décision.`,
  },
  ask: (by) => `Demander à ${by}`,
  accept: "Envoyer sans vérifier",
  accepted: "Ce que vous avez écrit part maintenant. La clé n’est toujours pas vérifiée.",
};

const changedAfter: Verify["changedAfter"] = {
  person: (name, when) => `Vous avez vérifié ${name} en personne le ${when}. La clé d’identité a été remplacée depuis.`,
  vouched: (name) =>
    `Une personne que vous avez vérifiée s’était portée garante ${de(name)}. La clé d’identité a été remplacée depuis.`,
  none: (name) =>
    `La clé d’identité ${de(name)} a été remplacée après son arrivée. Vous n’aviez pas vérifié la précédente.`,
};

export const verify: Verify = {
  act: "Vérifier",
  again: "Vérifier de nouveau",
  title: (name) => `Vérifier ${name}`,
  why: (name) =>
    `Cela prouve que le serveur n’a pas échangé de clés entre vous et ${name}. Une fois suffit ; de nouveaux appareils ne changent pas le numéro.`,
  room: "Dans la même pièce",
  roomHelp: (name) => `Laissez ${name} scanner ceci, puis scannez son code.`,
  codeLabel: (name) => `Votre code, pour la caméra ${de(name)}`,
  scan: (name) => `Scanner le code ${de(name)}`,
  stopScan: "Montrer mon code",
  call: "Au téléphone",
  callHelp: (name, one, two) =>
    `${name} lit tout le numéro à voix haute. Les groupes ${one} et ${two} manquent ici : saisissez-les comme vous les entendez, et suivez le reste des yeux.`,
  readHelp: (name) => `Lisez tout le numéro à voix haute, groupe par groupe. ${name} saisit deux groupes en retour.`,
  number: (name) => `Le numéro que vous partagez avec ${name}`,
  group: (n) => `Groupe ${n}`,
  match: "Ils concordent",
  differ: "Ils ne concordent pas",
  read: "Je l’ai lu à voix haute",
  type: "Je saisis",
  asWords: "En mots",
  asDigits: "En chiffres",
  digits: ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
  wrong:
    "Ces deux groupes ne sont pas ceux de cet appareil. Demandez-les encore une fois ; s’ils diffèrent toujours, les numéros ne concordent pas.",
  differTitle: "Les numéros ne concordent pas",
  differSays: (name) =>
    `Soit l’un de vous a lu un autre numéro, soit le serveur a placé sa propre clé entre vous et ${name}. Rien n’est vérifié. N’écrivez rien de privé à ${name}, comparez encore une fois en personne, et prévenez un propriétaire de l’espace de travail.`,
  now: "Maintenant : ",
  done: (name) => `La clé ${de(name)} est vérifiée en personne.`,
  doneSays:
    "Tous vos appareils le savent. Si la clé de cette personne change, ce que vous lui écrivez attend votre décision.",
  freed: "Vos histoires concordent : les avertissements d’histoires différentes sont levés et l’écriture reprend.",
  close: "Terminé",
  vouch: (name) => `Se porter garant ${de(name)}`,
  vouchStop: "Ne plus se porter garant",
  vouchSays: "Les personnes qui vous ont vérifié en personne voient que vous vous portez garant de cette clé.",
  takeHead: (name) => `Continuer avec l’histoire ${de(name)}`,
  takeHeadSays:
    "Ne le faites que si vous êtes sûr que l’autre appareil montre la bonne. Cet appareil abandonne alors la sienne.",
  workspaceNumber: "Numéro de l’espace de travail",
  workspaceNumberSays: (owner) =>
    `Le même sur chaque appareil qui est dans le bon espace de travail. Il représente l’espace de travail et la clé ${de(owner)}. Comparez-le avec un collègue avant de vous fier à un espace de travail que vous n’avez pas rejoint par un lien à vous.`,
  verifiedOn: (when) => `Vous avez vérifié cette clé en personne le ${when}.`,
  vouchedBy: (names) => `Cette clé a été vérifiée en personne et garantie par ${names}. Vous avez vérifié qui le dit.`,
  changedAfter,
  changed,
};
