// A person's face: their picture where they have one, else their initials on their dye.
"use client";

import { Avatar, type AvatarSize } from "@/app/_ui/signs/avatar.tsx";
import { Presence, type PresenceSign } from "@/app/_ui/signs/presence.tsx";
import type { Person } from "@/lib/client/api.ts";
import { usePictureUrl } from "./picture-url.ts";

export interface FaceProps {
  person: Pick<Person, "id" | "name" | "avatar">;
  size?: AvatarSize;
  /** On its corner; what it means is to be said in words beside the face. */
  sign?: PresenceSign | undefined;
}

export function Face({ person, size, sign }: FaceProps) {
  const picture = usePictureUrl(person.avatar);
  const corner = sign && <Presence sign={sign} corner />;
  return <Avatar id={person.id} name={person.name} size={size} picture={picture} presence={corner} />;
}
