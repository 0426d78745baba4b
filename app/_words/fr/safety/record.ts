// French: the record of changes. One sentence for each type of entry, and the words around them.
import type { Told } from "@/app/_words/en/safety/record.ts";
import type { Words } from "@/app/_words/en.ts";
import { de, plural } from "@/app/_words/fr/grammar.ts";
import type { LinkType } from "@/lib/protocol/link.ts";

const by = (told: Told) => (told.inviter === "" ? "" : `, par un lien d’invitation ${de(told.inviter)}`);
const rules = (told: Told) => (told.settings === "" ? "" : ` : ${told.settings}`);

/** A role given or taken; `place` empty for the workspace itself. */
function role(t: Told, place: string): string {
  const was = t.before === "" || t.before === t.role ? "" : `, auparavant ${t.before}`;
  const at = place === "" ? "" : ` dans ${place}`;
  return t.own
    ? `${t.actor} a pris le rôle de ${t.role}${at}${was}.`
    : `${t.actor} a donné à ${t.subject} le rôle de ${t.role}${at}${was}.`;
}

function newKey(t: Told): string {
  if (t.epoch === 1) return `${t.actor} a créé la première clé pour ${t.place}.`;
  const number = `désormais la numéro ${t.epoch}`;
  if (t.causes === "") return `${t.actor} a renouvelé la clé pour ${t.place}, ${number}.`;
  return `${t.actor} a changé la clé pour ${t.place}, ${number}. Raison : ${t.causes}.`;
}

const says: Words["record"]["says"] = {
  ws_create: (t) => `${t.actor} a fondé l’espace de travail${rules(t)}.`,
  member_add: (t) => `${t.actor} a laissé entrer ${t.subject}${by(t)}.`,
  member_join: (t) => `${t.actor} a rejoint l’espace de travail${by(t)}.`,
  member_remove: (t) =>
    t.own ? `${t.actor} a quitté l’espace de travail.` : `${t.actor} a retiré ${t.subject} de l’espace de travail.`,
  member_restore: (t) => `${t.actor} a réadmis ${t.subject} dans l’espace de travail, avec les mêmes clés qu’avant.`,
  rekey: (t) =>
    t.confirmed
      ? `${t.actor} a confirmé la clé d’identité renouvelée ${t.own ? "de son propre compte" : de(t.subject)}.`
      : `${t.actor} a laissé ${t.subject} recommencer avec de nouvelles clés.`,
  role_set: (t) => role(t, ""),
  policy_set: (t) => `${t.actor} a changé les règles de l’espace de travail${rules(t)}.`,
  release: (t) => `${t.actor} a désigné la version ${t.version} de Tacit comme celle qu’utilise cet espace de travail.`,
  invite_create: (t) =>
    `${t.actor} a créé un lien d’invitation pour ${t.uses === 1 ? "une personne" : `${t.uses} personnes au plus`}, en tant que ${t.role}${
      t.approval ? ", sous réserve de l’accord d’un admin" : ""
    }.`,
  invite_close: (t) =>
    t.inviter === "" || t.inviterIsActor
      ? `${t.actor} a fermé un de ses liens d’invitation.`
      : `${t.actor} a fermé un lien d’invitation ${de(t.inviter)}.`,
  channel_create: (t) => `${t.actor} a créé ${t.place}.`,
  channel_archive: (t) => `${t.actor} a archivé ${t.place}.`,
  channel_policy: (t) => `${t.actor} a changé les règles pour ${t.place}${rules(t)}.`,
  epoch: newKey,
  device_add: (t) => `${t.actor} a ajouté un appareil, ${t.devices}.`,
  device_revoke: (t) => `${t.actor} a retiré son appareil ${t.devices} et pris une nouvelle clé personnelle.`,
  root_renew: (t) => `${t.actor} a renouvelé sa clé d’identité. Elle compte dès qu’un admin la confirme.`,
  circle_set: (t) =>
    t.count === 0
      ? `${t.actor} a dissous son cercle de secours.`
      : `${t.actor} a choisi un cercle de secours : ${t.threshold}, n’importe lesquels, parmi ${t.people}.`,
  user_reset: (t) =>
    `${t.actor} a recommencé avec le code de secours : désormais, ${plural(t.count, "seul l’appareil", "seuls les appareils")} ${t.devices} ${plural(t.count, "compte", "comptent")}.`,
  recovery_set: (t) => `${t.actor} a mis en place un code de secours ; un code antérieur ne compte plus.`,
  scope_create: (t) =>
    t.dm
      ? `${t.actor} a commencé un message direct${t.people === "" ? " pour ses propres notes" : ` avec ${t.people}`}.`
      : `${t.actor} a créé ${t.place}, privé${t.people === "" ? "" : `, avec ${t.people}`}${rules(t)}.`,
  scope_add: (t) => `${t.actor} a ajouté ${t.subject} à ${t.place}.`,
  scope_remove: (t) =>
    t.own ? `${t.actor} a quitté ${t.place}.` : `${t.actor} a retiré ${t.subject} de ce lieu : ${t.place}.`,
  scope_role: (t) => role(t, t.place),
  scope_archive: (t) => `${t.actor} a archivé ${t.place}.`,
  scope_policy: (t) => `${t.actor} a changé les règles pour ${t.place}${rules(t)}.`,
  scope_readmit: (t) => `${t.actor} a réadmis ${t.subject} dans ${t.place}, avec sa nouvelle clé.`,
};

/** Why a key had to change, as a clause after "Raison"; the types that ask for a new key (E4). */
const because: Readonly<Partial<Record<LinkType, (subject: string) => string>>> = {
  member_remove: (subject) => `${subject} a quitté l’espace de travail`,
  scope_remove: (subject) => `${subject} a quitté le canal`,
  scope_add: (subject) => `${subject} arrive et ne lit que la suite`,
  scope_readmit: (subject) => `${subject} revient et ne lit que la suite`,
  device_revoke: (subject) => `un appareil ${de(subject)} a été retiré`,
  user_reset: (subject) => `${subject} a recommencé avec le code de secours`,
  rekey: (subject) => `${subject} a de nouvelles clés`,
  role_set: (subject) => `${subject} a moins de droits`,
  scope_role: (subject) => `${subject} a moins de droits`,
  scope_policy: () => "moins de personnes peuvent écrire",
  invite_close: () => "un lien d’invitation a été fermé",
  member_join: () => "un lien d’invitation est épuisé",
};

const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  invites: {
    admins: "seuls les admins créent des invitations",
    members: "les membres créent aussi des invitations",
  },
  channels: { members: "les membres créent des canaux", admins: "seuls les admins créent des canaux" },
  adds: { managers: "les responsables ajoutent des personnes", members: "les membres ajoutent des personnes" },
  post: {
    all: "tout le monde écrit",
    managers: "seuls les responsables écrivent",
    admins: "seuls les admins écrivent",
  },
  history: {
    full: "les personnes nouvelles lisent tout",
    "since-join": "les personnes nouvelles ne lisent que la suite",
  },
};

/** A rule as a clause; empty for what is no rule. */
function setting(name: string, value: string): string {
  if (name === "retentionDays")
    return value === "" ? "les messages sont conservés" : `les messages sont supprimés après ${value} jours`;
  if (name === "minVersion") return `version ${value} du protocole ou ultérieure`;
  if (name === "minSuite") return `méthode de scellement ${value} ou ultérieure`;
  return RULES[name]?.[value] ?? "";
}

const dialog: Words["record"]["dialog"] = {
  sentence: "Exactement ce qui a été signé, et comment cela se rattache à tout ce qui précède.",
  what: "Ce que cela dit",
  who: "Signé par",
  device: "Sur l’appareil",
  time: "Heure indiquée",
  position: "Position",
  counts: "Compte",
  yes: "oui, sa signature et ses droits ont été vérifiés sur cet appareil",
  no: (why) => `non. ${why}`,
  unseen: "Cette entrée n’est pas pour vous : seule sa place dans l’ordre est ici.",
  hash: "Empreinte de l’entrée",
  head: "Empreinte de tout ce qui y mène",
  fields: "Champs",
  bytes: "Octets signés",
  sig: "Signature",
  extra: "Seconde signature",
  copy: "Copier les octets",
  size: (count) => `${count} octets`,
};

export const record: Words["record"] = {
  sentence:
    "Chaque changement de personnes, d’appareils, de canaux et de clés, dans le seul ordre que tout le monde voit. Personne ne peut en ôter une entrée ni en glisser une, pas même le serveur ; il pourrait seulement retenir les plus récentes.",
  says,
  because,
  becauseOther: "quelque chose qui exige une nouvelle clé s’est produit",
  workspace: "les canaux de l’espace de travail",
  aChannel: "un canal",
  aPrivateChannel: "un canal privé",
  dmWith: (people) => (people === "" ? "ses notes" : `le message direct avec ${people}`),
  someone: "une personne",
  roles: {
    owner: "propriétaire",
    admin: "admin",
    member: "membre",
    guest: "invité",
    manager: "responsable",
  },
  setting,
  themes: {
    all: "Tout",
    people: "Personnes",
    devices: "Appareils",
    channels: "Canaux",
    keys: "Clés",
    workspace: "Espace de travail",
  },
  choose: "Ce qu’il faut montrer",
  list: "Entrées, la plus récente d’abord",
  entry: (n) => `Entrée ${n}`,
  signedOn: (device) => `signé sur l’appareil ${device}`,
  signedByCode: "signé avec le code de secours",
  checked: "vérifié sur cet appareil",
  claimed: (when) => `${when}, à l’horloge du signataire`,
  void: (why) => `Cela n’a rien changé. ${why}`,
  hidden: (count, one, places) =>
    `${one ? "1 changement" : `${count} changements`} dans ${places === 1 ? "un lieu privé" : "des lieux privés"} où vous n’êtes pas`,
  hiddenSays: "Vous voyez qu’ils sont là, pour que rien qui vous concerne ne puisse s’y cacher, et rien de plus.",
  newSince: "Nouveau depuis votre dernière visite",
  none: "Rien de tel ne s’est produit.",
  reading: "Lecture du registre…",
  more: "Afficher les entrées antérieures",
  standing: (position) => `${position} entrées, vérifiées jusqu’à la plus récente sur cet appareil`,
  save: "Enregistrer dans un fichier",
  saved: "Enregistré. Le fichier contient chaque entrée telle qu’elle a été signée.",
  dialog,
  history: {
    title: "Clés et appareils",
  },
};
