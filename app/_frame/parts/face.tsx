// A person's face: their picture where they have one, else their initials on their dye.
"use client";

import { Avatar, type AvatarSize } from "@/app/_ui/signs/avatar.tsx";
import type { Person } from "@/lib/client/api.ts";
import { usePictureUrl } from "./picture-url.ts";

export function Face({ person, size }: { person: Pick<Person, "id" | "name" | "avatar">; size?: AvatarSize }) {
  return <Avatar id={person.id} name={person.name} size={size} picture={usePictureUrl(person.avatar)} />;
}
