// French: the words on and around one message.
import type { Words } from "@/app/_words/en.ts";
import { plural } from "./grammar.ts";

export const message: Words["message"] = {
  rest: {
    sending: "envoi en cours",
    sealed: "scellé, partira à votre retour en ligne",
    delivered: "scellé et remis",
    held: "retenu jusqu’à votre décision",
    failed: "non envoyé",
    waiting: "sa clé n’est pas encore là",
  },
  versions: "Montrer les versions précédentes",
  edited: "modifié",
  newLine: "Nouveau",
  actions: "Actions sur le message",
  react: "Réagir",
  addReaction: "Ajouter une réaction",
  reaction: (name, count) => `${name}, ${count}`,
  thread: "Répondre dans un fil",
  forward: "Transférer",
  save: "Garder pour plus tard",
  xray: "Ce que voit le serveur",
  readers: "Qui peut lire ceci",
  replies: (count) => plural(count, `${count} réponse`, `${count} réponses`),
  lastReply: (time) => `la dernière à ${time}`,
  retry: "Réessayer",
  edit: "Modifier",
  download: (name) => `Télécharger ${name}`,
  pause: "Suspendre l’envoi du fichier",
  resume: "Reprendre l’envoi du fichier",
  cancelUpload: "Annuler l’envoi du fichier",
  progress: (percent) => percent,
};
