// French: how well a person's key is known.
import type { Words } from "@/app/_words/en.ts";
import { de } from "@/app/_words/fr/grammar.ts";

export const trust: Words["trust"] = {
  you: "vous",
  invite: "vérification par invitation",
  link: "arrivée par lien",
  vouched: (by) => `garantie ${de(by)}`,
  inPerson: "vérification en personne",
  changed: "clé changée",
  replaced: "clé changée",
};
