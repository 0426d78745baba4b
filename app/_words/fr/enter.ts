// French: coming in. Setup, join, the recovery code, and the pages of someone who is not in.
import type { Words } from "@/app/_words/en.ts";
import { de, plural } from "./grammar.ts";

type Enter = Words["enter"];

const join: Enter["join"] = {
  reading: "Lecture de l’invitation…",
  title: "Comment doit-on vous appeler ?",
  invitedTo: (workspace) => `vous invite dans ${workspace}`,
  submit: (workspace) => `Rejoindre ${workspace}`,
  joining: "Création de vos clés et entrée…",
  single: (inviter) =>
    `Ni e-mail, ni mot de passe. Ce lien vous prouve que c’est bien l’espace de travail ${de(inviter)}, et prouve à ${inviter} que vous êtes la personne à qui il a été envoyé.`,
  several: (inviter) =>
    `Ni e-mail, ni mot de passe. Ce lien vous prouve que c’est bien l’espace de travail ${de(inviter)}. Plusieurs personnes peuvent l’utiliser : ${inviter} verra donc votre arrivée par lien.`,
  expires: (when) => `L’invitation est ouverte jusqu’au ${when}.`,
  asideTitle: "Vous verrez tout ce qui a été dit dans les canaux ouverts, depuis le premier jour.",
  aside: "Vos clés sont créées sur cet appareil à votre arrivée. Le serveur transmet ce qu’il ne peut pas ouvrir.",
  asideGuest: "Vous verrez les canaux auxquels on vous ajoute.",
  asideNext: "Après votre arrivée, une courte liste vous aide à garder un chemin de retour.",
  picture: "Photo",
  pictureHelp: "Facultatif. Elle est scellée comme tout le reste.",
  bareTitle: "Cette page a besoin du lien d’invitation entier",
  bare: "Un lien d’invitation se termine par une longue suite après un #. Copiez-le en entier et ouvrez-le de nouveau. Une fois rechargée, cette page ne l’a plus.",
};

const refused: Enter["refused"] = {
  "proof/invite-used": "Cette invitation a été utilisée",
  "proof/invite-expired": "Cette invitation a expiré",
  "proof/invite-closed": "Cette invitation a été fermée",
  "proof/invite-swapped": "N’entrez pas avec ce lien",
  "proof/bad-invite": "Cette invitation ne tient pas à l’examen",
  "proof/duplicate": "Vous êtes déjà dans cet espace de travail",
  "proof/fork": "N’entrez pas pour l’instant",
  "proof/rollback": "N’entrez pas pour l’instant",
  "wire/wrong-invite-secret": "Le secret de ce lien ne convient pas",
  "wire/bad-invite-link": "Ce lien d’invitation est incomplet",
  "wire/bad-setup-link": "Ce lien d’installation est incomplet",
  "wire/unknown-version": "Ce lien vient d’un Tacit plus récent",
  "may/not-found": "Cette invitation n’est pas connue ici",
  "may/setup-used": "Ce lien d’installation a déjà servi",
  "net/offline": "Vous êtes hors ligne",
};

const refusedSays: Enter["refusedSays"] = {
  "proof/bad-invite": "Ce que le serveur dit de cette invitation ne concorde pas avec le lien. Demandez-en un nouveau.",
  "proof/duplicate": "Ce navigateur détient un compte dans l’espace de travail où mène le lien. Rien n’a été changé.",
  "may/not-found":
    "Le serveur n’a pas d’invitation de ce genre. Le lien est peut-être mal recopié, ou il appartient à une autre adresse. Demandez-en un nouveau.",
  "net/offline": "L’invitation pourra être lue dès votre retour en ligne. Elle reste sur cette page jusque-là.",
};

const code: Enter["code"] = {
  title: "Votre code de secours",
  lede: "Ces 24 mots ramènent votre compte et chaque message si vous perdez tous vos appareils. Il n’y a pas de mot de passe et personne ne peut les réinitialiser pour vous : gardez-les sur papier.",
  list: "Les 24 mots",
  written: "Je les ai notés",
  print: "Imprimer",
  copy: "Copier",
  save: "Enregistrer",
  later: "Pas maintenant",
  fileName: (workspace) => `${workspace} code de secours.txt`,
  fileHead: (workspace) => `Code de secours de ${workspace}`,
  where: "Où le garder",
  whereText:
    "Un tiroir, un coffre, une enveloppe chez quelqu’un de confiance. Une photo dans votre téléphone vaut mieux que rien, mais c’est le téléphone que l’on perd.",
  truths: [
    "Ouvre tout ce que vous avez le droit de lire, dans un navigateur vide",
    "Fonctionne même si personne d’autre n’est en ligne",
    "N’est demandé que si vous avez perdu tous vos appareils",
  ],
  untruth: "N’est stocké sur le serveur sous aucune forme qu’il puisse ouvrir",
};

const confirm: Enter["confirm"] = {
  title: "Trois mots en retour",
  lede: "Depuis votre papier, s’il vous plaît, pas de mémoire. Cela assure que le code est vraiment hors de ce navigateur.",
  word: (number) => `Mot ${number}`,
  type: "Saisissez le mot",
  right: "C’est bien lui",
  wrong: (number) => `Ce n’est pas le mot ${number}. Regardez encore le papier.`,
  wrongAll: "L’un d’eux au moins est un autre mot. Comparez-les avec votre papier.",
  open: (workspace) => `Ouvrir ${workspace}`,
  done: "Confirmer le code",
  again: "Afficher de nouveau le code",
  asideTitle: "Désormais, votre papier est la seule copie.",
  aside: "Dès que les trois mots sont justes, ce navigateur oublie le code et ne peut plus l’afficher.",
  elsewhereTitle: "Les mots sont sur votre autre appareil",
  elsewhere:
    "Votre code de secours s’affiche sur l’appareil avec lequel vous êtes entré dans cet espace de travail, jusqu’à ce que vous l’y confirmiez. Celui-ci ne l’a jamais eu.",
  elsewhereLost: "Cet appareil n’est plus là",
  confirmedTitle: "Votre code de secours est confirmé",
  confirmed:
    "Vous l’avez noté et en avez redonné trois mots. Il n’est gardé nulle part ici et ne peut donc plus être affiché.",
  back: (workspace) => `Retour à ${workspace}`,
};

const deeds: Enter["recover"]["deeds"] = {
  ws_create: "fondation de l’espace de travail",
  member_add: "entrée accordée à une personne",
  member_join: "arrivée par une invitation",
  member_remove: "retrait d’une personne, ou départ",
  member_restore: "retour accordé à une personne",
  rekey: "nouvelles clés données à une personne",
  role_set: "changement d’un rôle",
  policy_set: "changement des règles de l’espace de travail",
  invite_create: "création d’une invitation",
  invite_close: "fermeture d’une invitation",
  channel_create: "création d’un canal",
  channel_archive: "archivage d’un canal",
  device_add: "association d’un appareil",
  device_revoke: "retrait d’un appareil",
  root_renew: "demande d’une nouvelle identité",
  circle_set: "changement du cercle de secours",
  user_reset: "retour par le code de secours",
  recovery_set: "mise en place d’un code de secours",
  scope_create: "création d’un canal privé ou d’un message direct",
  scope_add: "ajout d’une personne à un canal privé",
  scope_remove: "retrait d’une personne d’un canal privé",
};

const recover: Enter["recover"] = {
  door: "Appareil perdu ? Utilisez votre code de secours",
  title: "Votre code de secours",
  lede: "Saisissez les 24 mots dans l’ordre, ou collez-les. Ils ramènent votre compte, avec tout ce que vous avez le droit de lire, dans ce navigateur.",
  list: "Les 24 mots",
  word: (number) => `Mot ${number}`,
  notInList: (number) => `Le mot ${number} n’est pas dans la liste des mots. Vérifiez son orthographe.`,
  look: "Voir ce qu’il ouvre",
  looking: "Ouverture…",
  back: "Retour",
  asideTitle: "Les mots restent sur cet appareil.",
  aside: "Le serveur apprend qu’une personne qui détient le code d’un compte revient. Il ne reçoit jamais les mots.",
  openedTitle: "Le code ouvre votre compte",
  opened: (others) =>
    others === 0
      ? "Aucun de vos appareils n’est connecté. Ce navigateur en devient un."
      : `${plural(others, "Un autre de vos appareils est connecté", `${others} autres de vos appareils sont connectés`)}. Ce navigateur en devient un de plus.`,
  ageTitle: "De quand date ce que montre le serveur ?",
  age: (when) =>
    `Son registre de cet espace de travail s’arrête le ${when}. Un navigateur vide ne peut rien savoir de plus récent : si c’est ancien, demandez à un collègue avant de vous y fier.`,
  others: "Vos autres appareils",
  keep: "Les laisser connectés",
  keepSays: "Pour un navigateur vidé, ou un appareil de plus.",
  out: "Les déconnecter tous",
  outSays: "Pour un appareil perdu ou volé. De nouvelles clés sont créées, qu’il ne reçoit jamais.",
  deedsTitle: "Ce qui a été fait en votre nom",
  deedsSays:
    "Le plus récent d’abord. S’il y a quelque chose que vous n’avez pas fait, déconnectez les autres appareils.",
  deed: (when, what) => `${when} : ${what}`,
  otherDeed: "un changement de l’espace de travail",
  deeds,
  recover: "Revenir",
  recovering: "Création de nouvelles clés…",
};

export const enter: Enter = {
  opening: "Ouverture…",
  continue: "Continuer",
  tryAgain: "Réessayer",
  yourName: "Votre nom",
  yourNameHelp: "Tel que votre équipe vous connaît. Vous pourrez le changer.",
  nameMissing: "Écrivez le nom que les autres doivent voir.",
  setup: {
    title: "Nommez votre espace de travail",
    lede: "Les deux noms sont scellés sur cet appareil. Le serveur que vous avez installé les conservera sans pouvoir les lire.",
    workspace: "Espace de travail",
    workspaceMissing: "Donnez un nom à l’espace de travail. Vous pourrez le changer.",
    making: "Création de vos clés…",
    asideTitle: "Dans une partition, « tacet » dit à un musicien de se taire.",
    aside:
      "C’est la partie du serveur. Il garde les messages de votre équipe, les transmet et tient sa langue, car il n’a rien à dire : il n’a jamais eu les clés.",
    bareTitle: "Cette page a besoin du lien d’installation entier",
    bare: "Le serveur a affiché un lien qui se termine par une longue suite après un #. Copiez-le en entier et ouvrez-le ici. Il sert une fois, et une fois rechargée, cette page ne l’a plus.",
  },
  join,
  refused,
  refusedOther: "Ce lien ne s’est pas ouvert",
  refusedSays,
  code,
  confirm,
  landing: {
    title: "La messagerie d’équipe dont le serveur se tait",
    lede: "Messages, noms et fichiers sont scellés sur votre appareil et ouverts sur ceux de vos collègues. Entre les deux, le serveur conserve ce qu’il ne peut pas lire.",
    paste: "Lien d’invitation",
    pasteHelp: "Quelqu’un de l’espace de travail en crée un pour vous. Il se termine par une longue suite après un #.",
    open: "Ouvrir l’invitation",
    asideTitle: "Ni compte, ni e-mail, ni mot de passe.",
    aside:
      "Un lien d’invitation suffit. Qui fonde un espace de travail reçoit un lien d’installation du serveur à son démarrage.",
    elsewhere: (host) => `Cette invitation appartient à ${host}. Ouvrez-la là-bas.`,
    openThere: (host) => `Ouvrir ${host}`,
    notALink: "Ce n’est pas un lien d’invitation. Copiez le lien entier, avec tout ce qui suit le #.",
  },
  recover,
  gone: {
    title: "Ce navigateur n’a plus vos clés",
    lede: "Elles en ont été retirées, par ses réglages ou par un nettoyage des données de sites. Rien n’a été perdu sur le serveur, et personne d’autre n’a pu le lire.",
    asideTitle: "Ce que vous pouvez faire maintenant",
    aside:
      "Saisissez votre code de secours, ou associez ce navigateur à un autre de vos appareils : l’un et l’autre ramènent votre compte et tout ce que vous avez le droit de lire. Ce qui reste ici n’est effacé qu’une fois cela réussi. Sans l’un ni l’autre, demandez à un admin de l’espace de travail de vous reprendre.",
  },
};
