// Whom one may remove from the workspace, so that screens offer what the record would allow.

import type { Person } from "@/lib/client/api.ts";

/** Owners remove anybody else; admins remove members and guests (L7). */
export function mayRemovePerson(me: Pick<Person, "role">, other: Pick<Person, "role" | "me" | "active">): boolean {
  if (other.me || !other.active) return false;
  return me.role === "owner" || (me.role === "admin" && (other.role === "member" || other.role === "guest"));
}
