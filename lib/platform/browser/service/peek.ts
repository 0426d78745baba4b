// The part of the service worker that opens messages: a script of its own, so that the shell wakes without any of this.
import { type Peeked, peek } from "@/lib/client/notify/peek.ts";
import { openDatabase } from "@/lib/platform/browser/database.ts";
import { idbKeystore } from "@/lib/platform/browser/keystore.ts";
import { browserPorts } from "@/lib/platform/browser/ports.ts";
import { idbStorage } from "@/lib/platform/browser/storage.ts";
import { askingTransport, heldKeystore, heldSpool, overlayStorage } from "@/lib/platform/runtime/overlay.ts";
import type { Peek } from "./scope.ts";

const look: Peek = (origin, shown): Promise<Peeked> => {
  const withDatabase = openDatabase();
  // The one engine of this profile may be running beside: this one takes no lock, and changes nothing.
  const { verifier: _, ...ports } = browserPorts(origin, { returning: false });
  return peek({
    ports: {
      ...ports,
      storage: overlayStorage(idbStorage(withDatabase)),
      keystore: heldKeystore(idbKeystore(withDatabase)),
      transport: askingTransport(ports.transport),
      spool: heldSpool(ports.spool),
    },
    shown,
  });
};

Object.assign(globalThis, { tacitPeek: look });
