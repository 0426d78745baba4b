// French: what is said about ways in: recovery, linking, the circle, the lock, verifying.
import type { FaultCode } from "@/lib/base/faults.ts";

export const accessFaults = {
  "recovery/no-account":
    "Ces mots sont bien formés, mais n’ouvrent aucun compte sur ce serveur. Ils appartiennent peut-être à un autre serveur, ont peut-être été remplacés par un code plus récent, ou le compte a été retiré de son espace de travail. Le serveur répond de même aux trois.",
  "recovery/not-in-force": "Ce n’est pas le code de secours en vigueur pour ce compte.",
  "recovery/other-person":
    "Ce navigateur est connecté à cet espace de travail sous une autre identité. Utilisez un autre profil de navigateur, ou déconnectez-vous d’abord ici.",
  "recovery/bad-box":
    "Le serveur a remis des clés qui ne concordent pas avec votre registre : celles de quelqu’un d’autre, ou d’anciennes. Rien n’a été changé. Prévenez l’exploitant, et réessayez.",
  "recovery/withheld":
    "Le serveur n’a pas remis toutes les clés qu’ouvre votre code. Rien n’a été changé. Prévenez l’exploitant, et réessayez.",
  "link/swapped":
    "Les clés venues avec ce code ne sont pas celles dont il a été fait. Quelqu’un s’interpose : rien n’a été ajouté. Recommencez avec un nouveau code.",
  "link/other-server":
    "Ce code appartient à un autre serveur. Ouvrez sur le nouvel appareil l’adresse propre à cet espace de travail.",
  "link/expired": "Ce code a expiré. Affichez-en un nouveau.",
  "link/refused": "L’autre appareil a dit non. Rien n’a été ajouté.",
  "link/already-here": "L’espace de travail de ce compte est déjà sur cet appareil. Rien n’a été ajouté.",
  "link/not-added":
    "Le registre de l’espace de travail ne nomme pas cet appareil : il n’a pas été associé. Recommencez avec un nouveau code.",
  "link/other-account":
    "Le registre de l’espace de travail dit autre chose que l’autre appareil. Rien n’a été gardé ici ; demandez au propriétaire de l’espace de travail.",
  "link/nothing-waits": "Aucun appareil n’est en cours d’association. Recommencez.",
  "link/own-device":
    "C’est l’appareil en usage. Déconnectez-vous plutôt ici, puis retirez-le depuis un autre appareil.",
  "link/device-gone":
    "Cet appareil ne peut plus se connecter : il a été retiré, ou le serveur le refuse. Rien n’a été changé.",
  "link/still-active": "Cet appareil est encore en usage. Déconnectez-vous plutôt.",
  "circle/bad-helpers":
    "Choisissez de deux à sept autres membres de cet espace de travail, et combien d’entre eux doivent aider : deux au moins, et pas plus que choisis. Les invités ne peuvent pas être personnes de confiance.",
  "circle/none": "Vous n’avez pas de cercle de secours avec lequel le faire.",
  "circle/code-gone":
    "Personne n’attend sous ce code. Il vaut 10 minutes : faites-en afficher et lire un nouveau, ou cherchez une faute de frappe.",
  "circle/code-used": "Ce code a déjà servi. Faites-en afficher et lire un nouveau.",
  "circle/swapped":
    "La clé venue avec ce code n’est pas celle dont il a été fait. Quelqu’un s’interpose : personne n’est aidé. Faites afficher et lire un nouveau code.",
  "circle/not-helper": "Vous n’êtes pas dans le cercle de secours de cette personne.",
  "circle/withheld":
    "Le serveur ne remet pas votre part de ce cercle, ou en remet une qui ne convient pas. Les autres peuvent toujours aider ; prévenez l’exploitant.",
  "circle/not-told":
    "Les propres appareils de la personne n’ont pas encore été informés. Les 24 heures commencent quand ils peuvent l’être : restez en ligne un instant.",
  "circle/too-early":
    "Les 24 heures ne sont pas encore écoulées. Elles comptent à l’horloge de cet appareil et à celle du serveur, selon la plus longue : une horloge mal réglée ne raccourcit rien.",
  "circle/stopped": "Un appareil de cette personne a arrêté, ou elle est déjà de retour. Votre part n’est pas donnée.",
  "circle/no-request": "Cette demande n’est plus ici.",
  "circle/forged":
    "La part reçue n’est pas celle de votre cercle et n’est donc pas utilisée. Demandez à une autre personne de confiance.",
  "circle/differs":
    "Cette personne dit de votre cercle autre chose que les autres. L’une d’elles n’est pas à jour, ou pas honnête.",
  "circle/too-few":
    "Ces parts n’ouvrent pas encore votre code de secours. Demandez à une personne de confiance de plus.",
  "circle/expired": "Personne n’a saisi ce code en 10 minutes. Affichez-en un nouveau.",
  "lock/wrong": "Ce n’est pas la phrase secrète. Rien n’est perdu ; réessayez autant que vous voulez.",
  "lock/wrong-passkey":
    "Cette clé d’accès n’ouvre pas ce navigateur. Utilisez celle que vous avez ajoutée ici, ou votre phrase secrète.",
  "lock/short": "Prenez au moins 8 caractères ; quatre ou cinq mots au hasard conviennent bien.",
  "lock/weak":
    "Ce que ce navigateur garde du verrou a été modifié et n’est donc pas utilisé. Utilisez votre code de secours pour revenir.",
  "lock/no-passkey":
    "Ce navigateur ou cette clé d’accès ne peut pas donner de secret et ne peut donc pas ouvrir le verrou. La phrase secrète le peut.",
  "lock/passkey-declined": "La clé d’accès n’a pas été utilisée. Rien n’a changé.",
  "lock/not-loaded":
    "Une partie de l’application dont le verrou a besoin n’est pas arrivée. Rien n’est perdu ; réessayez une fois en ligne.",
  "lock/off": "Il n’y a pas de verrou dans ce navigateur.",
  "verify/not-a-code":
    "Ce n’est pas un code de vérification. Demandez à l’autre personne d’ouvrir Vérifier sur votre profil et d’y montrer le code.",
  "verify/newer": "Ce code vient d’une version plus récente de Tacit. Mettez l’application à jour.",
  "verify/other-workspace": "Ce code appartient à un autre espace de travail. Ouvrez tous deux le même et réessayez.",
  "verify/own-code": "C’est votre propre code. Scannez celui de l’autre écran.",
  "verify/other-person":
    "Ce code est celui de quelqu’un d’autre, pas de la personne que vous vérifiez. Rien n’a été changé.",
  "verify/not-for-me":
    "Ce code a été fait pour vérifier quelqu’un d’autre. Demandez à l’autre personne d’ouvrir Vérifier sur votre profil.",
  "verify/keys-differ":
    "Les clés ne concordent pas : le serveur, ou quelqu’un avec son aide, en a peut-être échangé une entre vous. N’envoyez rien de privé, et prévenez l’autre personne et un propriétaire.",
  "verify/behind":
    "L’autre personne a vu plus du registre de cet espace de travail que le serveur n’en montre ici. Rien n’a été vérifié ; réessayez dans un instant.",
  "verify/old-code":
    "Ce code date d’avant le renouvellement d’une clé. Laissez l’autre appareil se connecter, affichez un nouveau code et réessayez.",
  "verify/fork":
    "On vous montre à tous deux des histoires différentes de cet espace de travail : rien n’a été vérifié. Cherchez en personne laquelle est la bonne.",
  "verify/not-shown": "Le serveur ne montre pas l’histoire que nomme ce code : cet appareil reste où il est.",
  "verify/no-person": "Cette personne n’est plus dans l’espace de travail.",
  "verify/not-started": "Le numéro a changé entre-temps. Comparez-le de nouveau.",
  "verify/not-verified": "Vous ne pouvez vous porter garant que d’une personne que vous avez vérifiée en personne.",
} as const satisfies Partial<Record<FaultCode, string>>;
