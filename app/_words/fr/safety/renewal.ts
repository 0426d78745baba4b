// French: a lost or leaked recovery code, everything lost, people to let back in.
import type { Words } from "@/app/_words/en.ts";
import { de } from "@/app/_words/fr/grammar.ts";

type Renewal = Words["renewal"];

const section: Renewal["section"] = {
  title: "Je n’ai plus mon code de secours",
  sentence:
    "Cet appareil peut demander une nouvelle clé racine. Un admin qui s’est assuré que c’est vous la met en vigueur, et vous recevez alors un nouveau code. Vous gardez vos appareils, canaux et messages ; vos numéros de sécurité changent.",
  alone:
    "Vous êtes le seul propriétaire : votre nouvelle clé racine entre en vigueur aussitôt et vous recevez tout de suite un nouveau code. Vous gardez vos appareils, canaux et messages ; vos numéros de sécurité changent.",
  why: "Ce qui s’est passé",
  lost: "Je l’ai perdu, ou il a été détruit",
  lostSays: "Personne d’autre ne l’a.",
  leaked: "Quelqu’un d’autre l’a peut-être vu",
  leakedSays: "Vos clés personnelles sont remplacées aussi, pour que ce qu’ouvrait l’ancien code s’arrête ici.",
  ask: "Demander une nouvelle clé racine",
  askAlone: "Prendre une nouvelle clé racine",
  confirm: "Demander une nouvelle clé racine ?",
  confirmAlone: "Prendre une nouvelle clé racine ?",
  confirmSays:
    "L’ancien code cesse de fonctionner dès que le nouveau est là. Les personnes qui ont comparé des numéros avec vous en sont informées.",
  waiting: "En attente d’un admin",
  waitingSays: (when) => `Demandé ${when}. Appelez un admin et lisez-lui ces chiffres quand il vous les demande :`,
  elsewhere: (device, when) => `Demandé sur ${device}, ${when}.`,
  digits: "Chiffres de la nouvelle clé racine",
};

const requests: Renewal["requests"] = {
  banner: (count) =>
    count === 1
      ? "Quelqu’un demande une nouvelle clé racine."
      : `${count} personnes demandent une nouvelle clé racine.`,
  look: "Voir",
  title: "Nouvelles clés racines",
  sentence:
    "Ces personnes ont perdu leur code de secours. Appelez d’abord chacune : un voleur d’appareil pourrait demander aussi. Elle doit pouvoir vous lire les mêmes chiffres.",
  sub: (device, when) => `demandé sur ${device}, ${when}`,
  device: (id) => `l’appareil ${id}`,
  ownerOnly: "Pour un propriétaire, seul un autre propriétaire peut le faire.",
  act: "Mettre en vigueur",
  actOf: (name) => `Mettre en vigueur la nouvelle clé racine ${de(name)}`,
  confirm: (name) => `Est-ce vraiment ${name} ?`,
  confirmSays: (name) =>
    `Ne la mettez en vigueur que si ${name} vous l’a dit, de vive voix ou en personne, et vous a lu ces chiffres :`,
  confirmEffect: (name) =>
    `Les numéros de sécurité ${de(name)} changent. Canaux et messages continuent tels quels. Votre nom figure à côté dans le registre.`,
  done: (name) => `La nouvelle clé racine ${de(name)} est en vigueur.`,
};

const readmit: Renewal["readmit"] = {
  banner: (name) =>
    `${name} est de retour avec de nouvelles clés et ne peut pas lire ici tant que quelqu’un d’ici ne l’accepte pas.`,
  bannerRestored: (name) =>
    `${name} fait de nouveau partie de l’espace de travail et ne peut pas lire ici tant que quelqu’un d’ici n’est pas d’accord.`,
  act: "Réadmettre",
  actOf: (name) => `Réadmettre ${name}`,
  title: (name, place) => `Réadmettre ${name} dans ${place} ?`,
  titleDm: (name) => `Réadmettre ${name} dans cette conversation ?`,
  who: (by, when) => `${by} a donné cette place à de nouvelles clés le ${when}.`,
  says: (name) =>
    `Qui détient les nouvelles clés ${de(name)} lira et écrira ici. Assurez-vous d’abord que c’est bien ${name} : appelez, ou rencontrez-vous. La parole d’un admin ne suffit pas, car un admin aurait pu faire cela pour lire aussi.`,
  full: "Cette personne lira tout depuis le début.",
  sinceJoin: "Cette personne lira ce qui s’écrit désormais, et ce qu’elle pouvait lire auparavant.",
};

export const renewal: Renewal = {
  section,
  mine: {
    says: (device, when) =>
      `${device} a demandé une nouvelle clé racine pour vous, ${when}. Si ce n’était pas vous, quelqu’un tient cet appareil : retirez-le maintenant, et la demande disparaît.`,
    retire: "Ce n’était pas moi",
    look: "C’était moi",
  },
  requests,
  sole: {
    title: "Personne ne pourrait vous réadmettre",
    says: "Vous êtes le seul propriétaire. Si vous perdez tous vos appareils et votre code de secours, personne ne peut vous rendre votre place. Nommez un second propriétaire.",
    act: "Choisir un second propriétaire",
    alone:
      "Vous êtes le seul propriétaire, et encore sans personne d’autre ici. Quand quelqu’un sera arrivé, nommez un second propriétaire : personne d’autre ne pourrait vous rendre votre place.",
  },
  back: {
    menu: "Réadmettre avec de nouvelles clés",
    title: (name) => `Réadmettre ${name}`,
    sentence: "Pour une personne qui a perdu tous ses appareils et le code de secours.",
    says: (name) =>
      `Créez un lien et envoyez-le à ${name} par une autre voie. Il ne fait que demander : quand ${name} l’a ouvert, vous voyez la demande sous Membres, et vous décidez.`,
    scope: (name) =>
      `${name} retrouve les canaux ouverts, avec leur historique. Les canaux privés et les messages directs attendent qu’une personne de chacun d’eux réadmette ${name} ; vous ne pouvez pas le faire à sa place.`,
    make: "Créer un lien de retour",
    made: "Lien de retour",
    madeSays: (until) =>
      `Pour une personne, jusqu’au ${until}. Qui le détient peut demander sous ce nom : regardez donc bien qui le fait.`,
  },
  asking: {
    tag: "retour",
    sub: (when) => `a tout perdu et demande sa place, ${when}`,
    digits: (digits) => `Appelez cette personne. Elle doit vous lire ces chiffres : ${digits}`,
    letIn: "Rendre la place",
    letInWho: (name) => `Rendre sa place à ${name}`,
    done: (name) => `${name} est de retour, avec de nouvelles clés.`,
    someone:
      "Pour une personne qui a tout perdu, refusez et créez un lien de retour : Membres, les trois points, « Réadmettre ».",
  },
  join: {
    title: "Revenir",
    asideTitle: "Vous êtes toujours vous.",
    aside:
      "Vous retrouvez votre place sous de nouvelles clés, dès qu’un admin s’est assuré que c’est vous. Ce qui a été dit dans les canaux privés s’ouvre de nouveau quand leurs membres vous réadmettent.",
    submit: (workspace) => `Demander ma place dans ${workspace}`,
    proof: (inviter) => `${inviter} a créé ce lien pour vous. Ayez un téléphone à portée : on vous appellera.`,
    lede: (inviter) =>
      `${inviter} ou un autre admin vous appellera. Lisez ces chiffres quand on vous les demande. Vous pouvez fermer cette page : l’attente continue.`,
  },
  readmit,
};
