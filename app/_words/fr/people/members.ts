// French: members. Asking to be let in, deciding about it, roles, the workspace's rules, leaving, being out.
import type { Words } from "@/app/_words/en.ts";
import { de, plural } from "@/app/_words/fr/grammar.ts";

export const members: Words["members"] = {
  wait: {
    title: (workspace) => `${workspace} doit vous laisser entrer`,
    lede: (inviter) =>
      `${inviter} a créé un lien qui demande d’abord. Un propriétaire ou un admin voit votre nom, scellé pour lui, et décide. Vous pouvez fermer cette page : l’attente continue.`,
    name: (name) => `Vous avez demandé en tant que ${name}.`,
    declined: "Votre entrée a été refusée",
    declinedSays: (workspace) =>
      `Un admin ${de(workspace)} a refusé votre demande. Si c’est une erreur, demandez à la personne qui vous a envoyé le lien.`,
    closed: "L’invitation s’est terminée avant toute décision",
    giveUp: "Ne plus attendre",
    forget: "Oublier cette demande",
    ask: (workspace) => `Demander à rejoindre ${workspace}`,
    asking: "Création de vos clés et demande…",
    asks: (inviter) =>
      `Ni e-mail, ni mot de passe. Ce lien vous prouve que c’est bien l’espace de travail ${de(inviter)}. Quelqu’un là-bas vous laisse entrer à la main.`,
  },
  asking: {
    title: "Demandes d’entrée",
    badge: (count) => plural(count, `${count} personne demande à entrer`, `${count} personnes demandent à entrer`),
    unknown: "Nom scellé avant que vous ne soyez admin",
    sub: (inviter, when) => `par un lien ${de(inviter)}, ${when}`,
    guest: "comme invité",
    letIn: "Laisser entrer",
    letInWho: (name) => `Laisser entrer ${name}`,
    decline: "Refuser",
    declineWho: (name) => `Refuser ${name}`,
    expired: "L’invitation a passé son terme : personne n’entre plus par elle.",
    guestIn: "Dans quels canaux",
    guestNone: "Vous n’êtes dans aucun canal privé auquel vous pourriez ajouter un invité.",
    done: (name) => `${name} est là.`,
    already: (by) => `${by} a été plus rapide : cette personne est déjà là.`,
    declined: "Demande refusée.",
    gone: "Quelqu’un en a décidé entre-temps.",
  },
  roles: {
    makeOwner: "Nommer propriétaire",
    makeAdmin: "Nommer admin",
    makeMember: "Nommer membre",
    makeGuest: "Nommer invité",
    transfer: "Transmettre l’espace",
    takeBack: "Reprendre",
    former: "Anciens membres",
    left: (when) => `arrivée le ${when}`,
  },
  transfer: {
    title: (name) => `Transmettre l’espace de travail à ${name} ?`,
    says: (name) =>
      `${name} devient propriétaire et vous devenez admin, en une seule entrée signée. Seul un geste ${de(name)} peut vous le rendre.`,
    submit: "Transmettre",
  },
  leave: {
    act: "Quitter l’espace de travail",
    title: (workspace) => `Quitter ${workspace} ?`,
    says: "Votre appartenance prend fin, sur tous vos appareils. Ce navigateur oublie alors vos clés et tout ce qu’il a conservé de cet espace de travail. Un admin peut vous reprendre.",
    lastOwner:
      "Vous êtes le seul propriétaire, et un espace de travail en a besoin d’un. Transmettez-le d’abord à quelqu’un ; vous pourrez ensuite partir.",
    submit: "Quitter et oublier",
  },
  ended: {
    removed: (by, when) => `Vous avez été retiré de cet espace de travail le ${when}, par ${by}.`,
    left: (when) => `Vous avez quitté cet espace de travail le ${when}.`,
    retired: (when) => `Cet appareil a été retiré le ${when}.`,
    rest: "Ce que détient cet appareil reste lisible ; rien de nouveau n’arrive ni ne part.",
    act: "Supprimer de cet appareil",
    title: (workspace) => `Supprimer ${workspace} de cet appareil ?`,
    says: "Ce que ce navigateur a conservé de l’espace de travail est effacé. Il ne pourra plus être lu ici.",
    submit: "Supprimer",
  },
  invite: {
    mode: "Comment entre-t-on",
    instant: "Tout de suite",
    instantSub: "Qui ouvre le lien est dedans, et lit les canaux ouverts jusqu’à ce qu’il se ferme.",
    approval: "Après l’accord de quelqu’un ici",
    approvalSub: "Le lien ne fait que demander. Un propriétaire ou un admin laisse entrer chaque personne.",
    role: "En tant que",
    member: "Membres",
    guest: "Invités, seulement dans des canaux désignés",
    guestIn: "Les invités arrivent dans",
    madeSays: (uses, until) =>
      `${uses === 1 ? "Une personne peut" : `Jusqu’à ${uses} personnes peuvent`} demander avec lui jusqu’au ${until}.`,
  },
  rules: {
    title: "Règles",
    invites: "Qui invite",
    invitesSays: "Les liens des membres demandent toujours d’abord à un admin.",
    admins: "Propriétaires et admins",
    members: "Tous les membres",
    channels: "Qui crée des canaux ouverts",
  },
};
