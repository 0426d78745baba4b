// What a person's state means, in a sentence: since when, by whom, and what changed.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Person } from "@/lib/client/api.ts";

export function TrustSays({ person }: { person: Person }) {
  const words = useWords();
  const formats = useFormats();
  const { nameOf } = useFrame();
  const say = words.verify;
  const { trust, change, verifiedAt, vouchedBy, name } = person;
  if (trust === "person" && verifiedAt !== null) return <p>{say.verifiedOn(formats.date(verifiedAt))}</p>;
  if (trust === "vouched") return <p>{say.vouchedBy(formats.list(vouchedBy.map(nameOf)))}</p>;
  if (trust !== "changed" || change === null) return <p>{words.panels.profile.trustSays[trust]}</p>;
  if (change.after === "person") return <p>{say.changedAfter.person(name, formats.date(verifiedAt ?? 0))}</p>;
  return <p>{say.changedAfter[change.after ?? "none"](name)}</p>;
}
