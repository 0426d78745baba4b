// How well a person's key is known, in the sign and words of the design.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import { TrustSign, type TrustState } from "@/app/_ui/signs/trust-sign.tsx";
import { useFormats } from "@/app/_words/formats.ts";
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
export function TrustOf({
  person,
  short,
}: {
  person: Pick<Person, "trust" | "vouchedBy" | "change">;
  short?: boolean;
}) {
  const words = useWords().panels.profile.trustShort;
  const { trust, change, vouchedBy } = person;
  const { nameOf } = useFrame();
  const formats = useFormats();
  const by = trust === "vouched" && short !== true ? formats.list(vouchedBy.map(nameOf)) : undefined;
  // red is kept for a key that had been compared
  const grey = trust === "changed" && (change === null || change.after === null);
  return (
    <TrustSign state={grey ? "replaced" : STATES[trust]} by={by} words={short === true ? words[trust] : undefined} />
  );
}
