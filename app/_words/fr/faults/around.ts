// French: what is said when the server, the network, this device's store or the app itself refuses.
import type { FaultCode } from "@/lib/base/faults.ts";

const SIGNING_IN = "Nouvelle connexion en cours.";

export const aroundFaults = {
  "may/not-signed-in": SIGNING_IN,
  "may/bad-challenge": SIGNING_IN,
  "may/wrong-origin": "Cet espace de travail appartient à une autre adresse que celle de la barre d’adresse.",
  "may/forbidden": "Vous n’avez pas le droit de faire cela ici.",
  "may/not-found": "Cela n’existe pas, ou vous n’avez pas le droit de le voir.",
  "may/stale-head": "Quelqu’un d’autre a changé l’espace de travail entre-temps ; nouvel essai.",
  "may/too-many": "Trop de demandes à la fois. Cela reprend tout seul dans un instant.",
  "may/quota": "Cela dépasserait la limite fixée par l’exploitant de ce serveur.",
  "may/setup-used": "Ce lien d’installation a déjà servi. L’exploitant peut en créer un autre avec : npx tacit setup",
  "may/restored":
    "Ce serveur a été restauré depuis une sauvegarde plus ancienne. Rien de nouveau ne peut être écrit avant qu’un propriétaire ou un admin ne dise que tout est revenu.",
  "may/removed":
    "Vous n’êtes plus membre de cet espace de travail. Ce que détient cet appareil reste lisible ; rien de nouveau n’arrive ni ne part.",
  "may/retired":
    "Cet appareil n’appartient plus à votre compte. Ce qu’il détient reste lisible ; rien de nouveau n’arrive ni ne part.",
  "may/waiting-full":
    "Toutes les places de cette invitation sont déjà en attente. Demandez à qui vous l’a envoyée d’en décider d’abord.",
  "may/archived": "Ce canal est archivé.",
  "may/bad-endpoint": "Le serveur n’accepte pas d’avis à cette adresse. Il en faut une publique, en https.",
  "may/bad-body": "Le serveur n’a pas pu lire cette demande.",
  "may/slow": "La connexion était trop lente ; nouvel essai.",
  "may/no-mailbox":
    "Aucun appareil n’attend sous ce code. Il vaut 10 minutes : affichez-en un nouveau sur le nouvel appareil, ou cherchez une faute de frappe.",
  "may/letter-exists": "Ce code a déjà servi. Affichez-en un nouveau sur le nouvel appareil.",
  "net/offline":
    "Vous êtes hors ligne. Vous pouvez lire et écrire ; ce que vous envoyez est scellé ici et partira à votre retour en ligne.",
  "net/timeout": "Le serveur tarde à répondre ; nouvel essai.",
  "net/bad-answer": "Le serveur a donné une réponse qui n’a pas de sens ; nouvel essai.",
  "net/clock":
    "L’horloge de cet appareil retarde de plus d’une semaine sur celle du serveur : il ne peut pas se connecter. Réglez la date et l’heure.",
  "net/redirected": "Le serveur renvoie vers une autre adresse. Rien n’y a été envoyé.",
  "net/insecure": "Cette adresse n’est pas sûre : il lui faut https. Rien n’y a été envoyé.",
  "net/closed": "Le serveur redémarre ; nouvel essai.",
  "store/full": "Le disque est plein. Faites de la place ; rien de ce qui a été confirmé n’est perdu.",
  "store/corrupt": "La base de données est endommagée. Restaurez une sauvegarde avec : npx tacit restore",
  "store/locked": "Un autre processus tient la base de données ouverte. Arrêtez-le d’abord.",
  "store/unwritable":
    "Le dossier des données n’est pas accessible en écriture. Donnez ce droit à cet utilisateur, ou choisissez un autre dossier avec --data.",
  "store/newer-schema":
    "Cette base de données a été écrite par une version plus récente de Tacit. Lancez plutôt celle-là.",
  "store/vault-gone": "Ce navigateur n’a plus vos clés. Utilisez votre code de secours pour revenir.",
  "store/vault-locked": "Les clés de cet appareil sont verrouillées.",
  "store/unavailable":
    "Ce navigateur ne laisse Tacit rien conserver. Quittez la navigation privée, ou autorisez le stockage pour cette adresse.",
  "store/damaged":
    "Quelque chose de conservé sur cet appareil a été endommagé ou modifié. Ce n’est pas utilisé, et c’est redemandé là où c’est possible.",
  "store/bad-index":
    "Ce qu’un autre de vos appareils a laissé de son index de recherche n’est pas utilisable ici. Cet appareil fait le sien.",
  "store/bad-backup": "Ce n’est pas une sauvegarde complète : rien n’a été restauré.",
  "start/node-version": "Tacit a besoin de Node 20.20 ou ultérieur, en dessous de 27.",
  "start/port-in-use": "Le port est pris. Choisissez-en un autre avec --port.",
  "start/bad-setting": "Un réglage n’est pas valable.",
  "start/not-built": "Le client n’est pas construit. Lancez : npm run build",
  "app/blocked": "L’écriture est arrêtée dans cet espace de travail, car son registre ne concorde pas.",
  "app/no-way-back": "Confirmez d’abord votre code de secours : sans lui, personne ne pourrait vous faire revenir.",
  "app/request-gone": "Cette demande n’est plus là : quelqu’un l’a refusée, ou son invitation s’est fermée.",
  "app/first-channel":
    "Le premier canal est celui où tout le monde apprend ce qui concerne tout le monde. On ne peut ni le quitter ni l’archiver.",
  "app/empty": "Il n’y a encore rien à envoyer.",
  "app/too-long": "C’est trop long pour un seul message.",
  "app/interrupted":
    "L’onglet qui s’en chargeait a été fermé avant de dire comment cela s’est terminé. Regardez si c’est fait, sinon réessayez.",
  "app/file-lost":
    "Tacit a été fermé avant que tout ce fichier soit gardé ici, il ne peut donc pas continuer. Joignez-le de nouveau.",
  "app/file-changed": "Ce fichier a changé ou disparu pendant sa lecture. Joignez-le de nouveau.",
  "app/bad-picture": "Cela ne peut pas servir d’image. Choisissez une image PNG, JPEG, GIF, WebP ou AVIF.",
  "app/bad-address": "Ce n’est pas une adresse web. Elle commence par https:// ou http://.",
  "app/waits-for-readmission":
    "Vous avez avec ces personnes une conversation d’avant votre départ de cet espace de travail. L’une d’elles doit vous y réadmettre ; s’il ne reste personne qui le puisse, créez plutôt un canal privé.",
  "app/request-changed":
    "Cette demande a été réglée ou remplacée pendant que vous la regardiez. Regardez-la de nouveau.",
  "app/cancelled": "Annulé.",
  "bug/unexpected": "Quelque chose a mal tourné à l’intérieur de Tacit. Rien n’a été perdu ; réessayez.",
} as const satisfies Partial<Record<FaultCode, string>>;
