// The face beside a message, sized by the density.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { Avatar } from "@/app/_ui/signs/avatar.tsx";
import type { UserId } from "@/lib/base/ids.ts";

/** `small`: inside of something else. */
export function AuthorFace({ id, small }: { id: UserId; small?: boolean }) {
  const { people } = useChannel();
  const picture = usePictureUrl(people.get(id)?.avatar ?? null);
  return <Avatar id={id} name={people.nameOf(id)} picture={picture} {...(small ? { size: 20 } : { flexible: true })} />;
}
