// How well a person's key is known, in the sign and words of the design.
"use client";

import { TrustSign, type TrustState } from "@/app/_ui/signs/trust-sign.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Trust } from "@/lib/client/api/verify.ts";
import type { Person } from "@/lib/client/api.ts";

const STATES: Readonly<Record<Trust, TrustState>> = {
  self: "you",
  invite: "invite",
  link: "link",
  vouched: "vouched",
  person: "inPerson",
  changed: "changed",
};

/** `short` for a narrow place: "by invite", "in person". */
export function TrustOf({ person, short }: { person: Pick<Person, "trust">; short?: boolean }) {
  const words = useWords().panels.profile.trustShort;
  const { trust } = person;
  return <TrustSign state={STATES[trust]} words={short === true || trust === "vouched" ? words[trust] : undefined} />;
}
