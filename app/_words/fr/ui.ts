// French: the words that parts of the interface bring along themselves.
import type { Words } from "@/app/_words/en.ts";
import { alone } from "@/app/_words/fr/first/alone.ts";
import { plural } from "./grammar.ts";

export const ui: Words["ui"] = {
  skip: "Aller aux messages",
  close: "Fermer",
  back: "Retour",
  more: "Plus",
  copy: "Copier",
  copied: "Copié",
  remove: (name) => `Retirer ${name}`,
  undo: "Annuler",
  notices: "Avis",
  unread: (count) => plural(count, `${count} non lu`, `${count} non lus`),
  unreadPlace: "non lu",
  mentions: (count) => plural(count, `${count} mention`, `${count} mentions`),
  draft: "brouillon",
  muted: "en sourdine",
  privateChannel: "privé",
  presence: { here: "en ligne", away: "absent", quiet: "ne pas déranger" },
  steps: (step, of) => `${step} sur ${of}`,
  seen: { by: "Vu par", you: "vous", server: "le serveur" },
  readers: (count) => `${count} : qui peut lire ceci`,
  openHere: "ouvert ici",
  storedRow: (size, time) => `ligne stockée, ${size}, ${time}`,
  ...alone,
};
