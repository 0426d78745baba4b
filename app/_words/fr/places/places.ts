// French: what a channel is for, its bookmarks, how long it keeps, and one's own sections.
import type { Words } from "@/app/_words/en.ts";
import { de } from "@/app/_words/fr/grammar.ts";

export const places: Words["places"] = {
  description: "Description",
  descriptionHelp: "Facultatif. Ce qui a sa place ici, à qui demander, où se trouvent les choses.",
  retention: "Durée de conservation",
  keeps: "Tout est conservé",
  days: (days) =>
    days === 1 ? "Les messages sont supprimés après 1 jour" : `Les messages sont supprimés après ${days} jours`,
  change: "Changer la durée de conservation",
  retain: {
    title: (place) => `Durée de conservation ${de(place)}`,
    sentence:
      "Les messages et fichiers plus anciens sont supprimés, par le serveur et par les appareils de tout le monde.",
    label: "Conserver les messages",
    forever: "Pour toujours",
    days: (days) => (days === 1 ? "Pendant 1 jour" : `Pendant ${days} jours`),
    other: "Pendant un autre nombre de jours",
    number: "Jours",
    wrong: "Un nombre entier de jours, de 1 à 36 500.",
    honest:
      "C’est une suppression, et rien de plus : qui a fait une copie, photographié l’écran ou détient une sauvegarde plus ancienne la garde. Ce qui a déjà passé son terme disparaît dans l’heure et ne revient pas.",
    submit: "Enregistrer",
  },
  bookmarks: "Signets",
  bookmark: {
    add: "Ajouter un signet",
    edit: (title) => `Modifier ${title}`,
    title: "Signet",
    sentence: "Tout le monde dans le canal le voit ; le serveur, non.",
    name: "Nom",
    address: "Adresse",
    missing: "Donnez-lui un nom et une adresse.",
    remove: "Retirer le signet",
    submit: "Enregistrer",
  },
  star: "Ajouter aux favoris",
  unstar: "Retirer des favoris",
  starred: "Favoris",
  move: "Déplacer vers une section",
  moving: {
    title: (place) => `Où se trouve ${place}`,
    sentence: "Dans votre propre liste, sur tous vos appareils. Personne d’autre ne le voit.",
    label: "Section",
    none: "Avec les autres",
    submit: "Déplacer",
    sections: "Modifier les sections",
  },
  sections: {
    title: "Vos sections",
    sentence: "Des groupes dans votre propre liste, sur tous vos appareils. Personne d’autre ne les voit.",
    name: (n) => `Section numéro ${n}`,
    add: "Ajouter une section",
    remove: (name) => `Retirer ${name}`,
    none: "Pas encore de section.",
    submit: "Enregistrer",
  },
};
