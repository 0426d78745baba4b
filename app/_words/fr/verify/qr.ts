// French: codes to scan, and the camera that reads them.
import type { Words } from "@/app/_words/en.ts";

export const qr: Words["qr"] = {
  camera: "Image de la caméra",
  starting: "Démarrage de la caméra…",
  looking: "La caméra est allumée, et seule cette page voit son image. Tenez le code dans le cadre.",
  trouble: {
    refused:
      "La caméra a été refusée. Autorisez-la pour cette page dans les réglages du navigateur, ou saisissez plutôt le code.",
    absent: "Aucune caméra n’a été trouvée sur cet appareil. Saisissez plutôt le code.",
    busy: "Un autre programme utilise la caméra. Fermez-le et réessayez, ou saisissez plutôt le code.",
    unsupported: "Ce navigateur ne donne pas de caméra aux pages. Saisissez plutôt le code.",
  },
  again: "Réessayer",
};
