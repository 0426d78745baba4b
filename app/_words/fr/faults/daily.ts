// French: faults of what is kept, timed or typed as a command in a working day.
import type { DAILY } from "@/lib/base/faults/daily/day.ts";

export const dailyFaults: Record<keyof typeof DAILY, string> = {
  "app/bad-emoji-name":
    "Un nom a de 1 à 32 de ces signes : lettres de a à z sans accent, chiffres, - et _, et commence par une lettre ou un chiffre.",
  "app/emoji-taken": "Un émoji porte déjà ce nom. Supprimez-le d’abord, ou prenez un autre nom.",
  "app/list-full": "Il y en a déjà autant qu’il s’en affiche. Retirez-en d’abord un.",
  "app/time-past": "Cette heure est déjà passée. Choisissez-en une à venir.",
  "app/already-sent": "Ce message a déjà été envoyé et ne peut donc plus être modifié ici.",
};
