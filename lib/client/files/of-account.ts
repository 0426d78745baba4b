// The uploads of one account: what they need of its other parts.
import type { Parts } from "@/lib/client/account/parts.ts";
import { Uploads } from "./uploads.ts";

export function uploadsOf(account: Parts, online: () => boolean): Uploads {
  const { session, keyring, vault } = account;
  const { transport, source, spool, clock, breathe } = account.ports;
  return new Uploads({
    session,
    transport,
    keyring,
    vault,
    clock,
    spool,
    source,
    breathe,
    online: () => online() && account.book.stop === null,
    known: async (channel, event) =>
      account.outbox.get(event) !== undefined || (await account.log.byId(channel, event)) !== undefined,
    changed: (channel) => account.changed({ channel }),
    finished: ({ channel, of, index, event, facts: { voice } }, file) =>
      account.send(channel, { k: "file", of, index, file, ...(voice === null ? {} : { voice }) }, event),
  });
}
