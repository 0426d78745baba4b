// The face beside a message, sized by the density.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { Avatar } from "@/app/_ui/signs/avatar.tsx";
import type { UserId } from "@/lib/base/ids.ts";

export function AuthorFace({ id }: { id: UserId }) {
  const { people } = useChannel();
  const picture = usePictureUrl(people.get(id)?.avatar ?? null);
  return <Avatar id={id} name={people.nameOf(id)} picture={picture} flexible />;
}
