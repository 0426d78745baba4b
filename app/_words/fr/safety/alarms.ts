// French: what a device noticed about the server or another device, what may be behind it, and what to do.
import type { Words } from "@/app/_words/en.ts";
import type { FaultCode } from "@/lib/base/faults.ts";

type Alarm = ReturnType<Words["alarms"]["of"]>;

const fork: Alarm = {
  title: "Deux histoires de cet espace de travail",
  causes: [
    "Le serveur montre à différentes personnes des registres différents de cet espace de travail. Quelqu’un qui l’exploite, ou s’y est introduit, essaie alors peut-être d’ajouter ou de garder des personnes en secret.",
    "Ou l’appareil de la personne nommée ici ment sur ce qu’il voit.",
  ],
  steps: [
    "Parlez aux personnes concernées, en personne ou par téléphone, pas dans Tacit.",
    "Comparez le registre : ouvrez chacun le registre des changements et lisez à voix haute l’entrée la plus récente et sa marque. Là où elles diffèrent, on a montré quelque chose de faux à l’un de vous.",
    "Montrez-vous vos codes QR là où l’on vérifie les personnes : ils portent l’entrée la plus récente que connaît chaque appareil.",
    "Gardez les preuves dans un fichier avant de changer quoi que ce soit, et demandez à qui exploite le serveur.",
  ],
};

const lessThanSeen: Alarm = {
  title: "Le serveur montre moins qu’avant",
  causes: [
    "Le serveur a été ramené à un état plus ancien et ne reprend pas ce que cet appareil détient de l’intervalle.",
    "Ou quelqu’un qui le contrôle omet des entrées, pour qu’un changement, un retrait par exemple, ne se voie pas.",
  ],
  steps: [
    "Demandez à qui exploite le serveur si une sauvegarde a été restaurée.",
    "Demandez à un collègue, pas dans Tacit, s’il voit la même chose. Si oui, laissez Tacit ouvert sur tous vos appareils : ce qui manque est rendu depuis là.",
    "Gardez les preuves dans un fichier. La lecture continue ; rien de ce que vous avez écrit n’est perdu sur cet appareil.",
  ],
};

const wrong: Alarm = {
  title: "Ce qu’envoie le serveur ne concorde pas",
  causes: [
    "Le serveur, ou quelque chose entre lui et cet appareil, a modifié ou omis une partie de ce qui est stocké.",
    "Ou une erreur du logiciel, ici ou là-bas.",
  ],
  steps: [
    "Demandez à un collègue, pas dans Tacit, s’il voit la même chose.",
    "Gardez les preuves dans un fichier et remettez-le à qui exploite le serveur.",
    "Ne partagez ici rien de nouveau qui doive rester secret, tant que ce n’est pas éclairci.",
  ],
};

const known: Partial<Record<FaultCode, Alarm>> = {
  "proof/fork": fork,
  "proof/rollback": lessThanSeen,
  "proof/gap": lessThanSeen,
  "proof/withheld-body": lessThanSeen,
};

export const alarms: Words["alarms"] = {
  of: (code) => known[code] ?? wrong,
  whatToDo: "Que faire",
  seen: "Ce qui a été vu",
  said: (name) => `Vu dans un message de ${name}.`,
  causesTitle: "Ce qui peut se cacher derrière",
  stepsTitle: "Que faire",
  save: "Enregistrer les preuves",
  saved: "Enregistré.",
  close: "Fermer",
  restored: {
    giving: "Ce serveur a été restauré depuis une sauvegarde plus ancienne. Cet appareil rend ce qu’il détient.",
    waiting: (given, devices) =>
      `Ce serveur a été restauré depuis une sauvegarde plus ancienne. Cet appareil a rendu ce qu’il détient ; ${given} appareils sur ${devices} l’ont fait.`,
    wait: "L’écriture reprendra quand tous l’auront fait, ou quand un propriétaire ou un admin dira que tout est revenu.",
    act: "Tout est revenu…",
    title: "Tout est-il revenu ?",
    text: (given, devices) =>
      `${given} appareils sur ${devices} ont rendu ce qu’ils détiennent. Les messages des autres reviendront plus tard d’eux-mêmes, à la fin de leurs canaux. Les changements de personnes, d’appareils et de canaux qu’eux seuls connaissent ne pourront alors plus être rendus.`,
    files: "Les fichiers envoyés après la sauvegarde sont perdus sur le serveur. Qui les a peut les renvoyer.",
    confirm: "Continuer",
  },
};
