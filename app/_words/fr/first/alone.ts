// French: the words of pages that stand alone, before or without the catalogue.
import type { Words } from "@/app/_words/en.ts";

export const alone: Pick<Words["ui"], "notFound" | "failed"> = {
  notFound: {
    title: "Il n’y a rien à cette adresse.",
    sentence: "Le lien est peut-être incomplet. Rien n’en a été envoyé nulle part.",
    back: "Ouvrir Tacit",
  },
  failed: {
    title: "Tacit s’est arrêté sur cette page.",
    sentence: "Vos messages et vos clés sont conservés sur cet appareil et n’ont pas été touchés.",
    again: "Rouvrir",
  },
};
