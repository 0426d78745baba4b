// Whom one may remove from the workspace or let back in, so that screens offer what the record would allow.

import type { Person } from "@/lib/client/api.ts";

/** Owners remove anybody else; admins remove members and guests (L7). */
export function mayRemovePerson(me: Pick<Person, "role">, other: Pick<Person, "role" | "me" | "active">): boolean {
  if (other.me || !other.active) return false;
  return me.role === "owner" || (me.role === "admin" && (other.role === "member" || other.role === "guest"));
}

/** Admins let back in who lost everything; of owners, other owners do (D7). */
export function mayLetBack(me: Pick<Person, "role">, other: Pick<Person, "role" | "me" | "active">): boolean {
  if (other.me || !other.active) return false;
  return me.role === "owner" || (me.role === "admin" && other.role !== "owner");
}
