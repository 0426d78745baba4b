// French: what is said when data, proofs, keys or messages do not hold.
import type { FaultCode } from "@/lib/base/faults.ts";

const NEWER = "Cela vient d’une version plus récente de Tacit. Mettez l’application à jour pour le lire.";
const ALTERED = "Ceci a été modifié en chemin et n’est donc pas affiché.";

export const engineFaults = {
  "wire/bad-integer": "Un nombre de ces données est hors limites.",
  "wire/bad-id": "Un identifiant de ces données est mal formé.",
  "wire/bad-cbor": "Ces données sont mal formées et ne sont donc pas utilisées.",
  "wire/bad-shape": "Ces données n’ont pas la forme que demande le protocole.",
  "wire/unknown-version": NEWER,
  "wire/unknown-type": NEWER,
  "wire/too-large": "C’est plus grand que ce qu’accepte le serveur.",
  "wire/bad-padding":
    "Le serveur n’accepte que des fichiers complétés à certaines tailles, et celui-ci en a une autre.",
  "wire/bad-invite-link":
    "Ce lien d’invitation est incomplet. Copiez le lien entier, avec tout ce qui suit le #, et ouvrez-le de nouveau.",
  "wire/wrong-invite-secret":
    "Cette invitation existe, mais le secret à la fin de ce lien ne l’ouvre pas. Ouvrez le lien exactement tel qu’il a été envoyé, ou demandez-en un nouveau.",
  "wire/bad-setup-link":
    "Ce lien d’installation est incomplet. Copiez la ligne entière affichée par le serveur et ouvrez-la de nouveau.",
  "wire/bad-code":
    "Ce n’est pas un code d’association. Un tel code a 24 lettres et chiffres, en six groupes de quatre. Comparez-le avec l’autre écran.",
  "proof/bad-signature": "Il ne porte pas de signature valable et n’est donc pas affiché.",
  "proof/bad-key": "Une clé publique de ces données n’est pas valable.",
  "proof/bad-hash":
    "Le registre que montre le serveur pour cet espace de travail ne concorde pas. La lecture continue ; l’écriture s’arrête jusqu’à ce qu’il concorde.",
  "proof/gap":
    "Le serveur omet une partie du registre de cet espace de travail. La lecture continue ; l’écriture s’arrête.",
  "proof/rollback":
    "Le serveur montre un état de cet espace de travail plus ancien que celui que cet appareil a vu. L’écriture s’arrête jusqu’à ce qu’il l’ait rattrapé.",
  "proof/restored":
    "Ce serveur a été restauré depuis une sauvegarde plus ancienne. Cet appareil rend ce qu’il détient ; l’écriture reprendra quand un propriétaire ou un admin l’aura confirmé.",
  "proof/fork":
    "Ce serveur montre des histoires différentes à différentes personnes, ou l’appareil de quelqu’un ment. Comparez avec un collègue, en personne.",
  "proof/withheld-body":
    "Le serveur retient une entrée du registre de cet espace de travail que cet appareil doit voir.",
  "proof/wrong-workspace": "Ceci appartient à un autre espace de travail et n’est donc pas utilisé.",
  "proof/not-active": "Cela vient d’un appareil qui n’était pas actif à ce moment et n’est donc pas affiché.",
  "proof/not-member": "Cela vient d’une personne qui n’était pas membre à ce moment et n’est donc pas affiché.",
  "proof/no-right": "Qui a fait cela n’en avait pas le droit.",
  "proof/bad-card": "La carte d’un nouveau membre ou appareil ne tient pas à l’examen.",
  "proof/bad-epoch": "Un changement de clés ne concorde pas avec la liste des membres et n’est donc pas utilisé.",
  "proof/bad-invite": "Cette invitation ne tient pas à l’examen.",
  "proof/invite-closed": "Cette invitation a été fermée. Demandez un nouveau lien.",
  "proof/invite-used": "Cette invitation est épuisée. Demandez un nouveau lien.",
  "proof/invite-expired": "Cette invitation a expiré. Demandez un nouveau lien.",
  "proof/invite-swapped":
    "Ce lien mène à une autre personne que celle qui l’a créé. N’entrez pas ; prévenez qui vous l’a envoyé.",
  "proof/last-owner": "Un espace de travail a besoin d’un propriétaire. Nommez d’abord quelqu’un d’autre propriétaire.",
  "proof/bad-policy": "Une règle de l’espace de travail ne peut pas être changée ainsi.",
  "proof/duplicate": "Cela existe déjà.",
  "proof/unknown-target": "Cela renvoie à quelque chose qui n’existe pas.",
  "proof/revoked-between": "Il a été scellé avec une clé qui ne devait plus servir et n’est donc pas affiché.",
  "proof/stale-epoch": "Les clés ont changé entre-temps ; le message est scellé de nouveau.",
  "crypto/missing-function":
    "Il manque une partie de la bibliothèque de chiffrement. Rechargez la page ; si cela persiste, prévenez l’exploitant du serveur.",
  "crypto/cannot-open": ALTERED,
  "crypto/bad-padding": ALTERED,
  "crypto/bad-commitment": "Une clé ne concorde pas avec celle du registre et n’est donc pas utilisée.",
  "crypto/bad-seal":
    "Le dernier changement de clés en a laissé qui ne s’ouvrent pas. On en demande de bonnes à d’autres, ou elles sont réparées d’ici.",
  "crypto/bad-kem-key": "La clé d’un membre est mal formée ; rien ne peut être scellé pour elle.",
  "crypto/no-key": "La clé n’est pas encore là. Cela s’ouvrira de soi-même dès qu’une personne qui l’a sera en ligne.",
  "crypto/weak-parameters": "Les réglages qui protègent une clé sont trop faibles et ne sont donc pas utilisés.",
  "crypto/file-truncated": "Ce fichier est incomplet : la fin manque.",
  "crypto/file-altered": "Ce fichier a été modifié sur le serveur et n’est donc pas ouvert.",
  "crypto/file-size": "Ce fichier n’a pas la taille annoncée par son expéditeur.",
  "crypto/bad-words": "Ce code de secours contient un mot qui n’est pas dans la liste.",
  "crypto/bad-checksum": "Ces mots ne vont pas ensemble. Vérifiez leur ordre et leur orthographe.",
  "event/duplicate": "Ce message est arrivé deux fois ; il est affiché une fois.",
  "event/out-of-order": "Un message antérieur doit partir d’abord.",
  "event/wrong-place": "Ce message a été déplacé ici depuis un autre lieu et n’est donc pas affiché.",
  "event/wrong-author": "Quelqu’un d’autre que son auteur a essayé de modifier ce message.",
  "event/bad-vote": "Ce vote choisit des réponses que le sondage n’a pas.",
  "event/unknown-target": "Cela modifie un message qui n’est pas ici.",
  "event/no-emoji": "Cette réaction n’est pas un émoji.",
  "event/late": "Ce message est arrivé en retard.",
  "event/exists": "Ce message est déjà arrivé.",
  "event/newer": NEWER,
  "event/hole": "Le serveur omet ici un message.",
  "event/equivocation":
    "Deux messages différents revendiquent la même place : leur expéditeur ou le serveur montre des choses différentes à différentes personnes.",
} as const satisfies Partial<Record<FaultCode, string>>;
