// A root key replaced by links made by hand, as a device and an admin's client would sign them (PROTOCOL D7).
import type { UserId } from "@/lib/base/ids.ts";
import { mintSecret } from "@/lib/crypto/keys.ts";
import { sign, signPublic } from "@/lib/crypto/sign.ts";
import { appendRaw, Branch, handOf } from "@/tests/hostile/crafter.ts";
import type { Actor } from "@/tests/world.ts";

/** This person's device announces a new root key, and an admin puts it in force; devices and PUK continue. */
export async function renewRoot(person: Actor, admin: Actor): Promise<{ readonly n: number; readonly user: UserId }> {
  const fresh = mintSecret("rik");
  const rik = signPublic(fresh);
  const user = person.account.me;
  await person.account.book.sync();
  await appendRaw(
    person,
    new Branch(person).add(
      handOf(person),
      { kind: "U", type: "root_renew", body: { rik } },
      { extra: (bytes) => sign("root", fresh, bytes) },
    ),
  );
  await admin.account.book.sync();
  await appendRaw(
    admin,
    new Branch(admin).add(handOf(admin), { kind: "W", type: "rekey", body: { user, card: null, root: rik } }),
  );
  return { n: admin.account.state.n, user };
}
