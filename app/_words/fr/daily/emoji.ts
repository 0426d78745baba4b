// French: emoji, the picker, and the ones that a workspace adds.
import type { Words } from "@/app/_words/en.ts";

export const emoji: Words["emoji"] = {
  pick: "Choisir un émoji",
  search: "Chercher un émoji",
  loading: "Chargement de la liste…",
  failed: "La liste n’a pas pu être chargée. Rouvrez-la une fois en ligne.",
  none: (word) => `Rien ne s’appelle «\u00a0${word}\u00a0».`,
  own: "De cet espace",
  tone: "Teinte de peau",
  tones: ["telle que dessinée", "claire", "assez claire", "moyenne", "assez foncée", "foncée"],
  title: "Émojis",
  sentence:
    "Des images à vous, écrites par leur nom entre deux-points. Comme tout ici, elles sont scellées\u202f: le serveur a des octets, ni image ni nom.",
  add: "Ajouter un émoji",
  name: "Nom",
  nameHelp: "Lettres de a à z, chiffres, - et _. On l’écrit entre deux-points.",
  picture: "Image",
  pictureHelp: "Une image carrée convient le mieux. Elle est réduite sur cet appareil avant d’être scellée.",
  choosePicture: "Choisir une image",
  changePicture: "En choisir une autre",
  pictureFailed: "Cela ne peut pas servir d’image. Choisissez une image PNG, JPEG, GIF, WebP ou AVIF.",
  save: "L’ajouter",
  empty: "Aucun pour l’instant",
  emptySays: "Ajoutez-en un, et tout l’espace pourra écrire et réagir avec lui.",
  list: "Émojis de cet espace",
  remove: (name) => `Supprimer\u00a0:${name}:`,
  removed: (name) => `L’émoji\u00a0:${name}:\u00a0est supprimé. Ce qui a été écrit avec lui montre son nom.`,
  added: (name) => `L’émoji\u00a0:${name}:\u00a0est là. Écrivez son nom entre deux-points.`,
  readOnly: "Les invités écrivent et réagissent avec ces émojis\u202f; les membres en ajoutent.",
  complete: "Émojis de ce nom",
};
