// What a search index holds, in a test.
import type { Actor } from "@/tests/world.ts";

/** The index as whoever holds the key of the vault could read it. */
export async function shelved(actor: Actor): Promise<string> {
  const rows = await actor.account.vault.scan("search", { limit: 10_000 });
  return rows
    .map(({ value }) =>
      JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? Buffer.from(one).toString("latin1") : one)),
    )
    .join("\n");
}
