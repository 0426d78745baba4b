// The engine's guards in recovery circles, each with the case that must miss it.
import { client, type Guard } from "./guard.ts";

const HELPING = "lib/client/circle/helping.ts";
const GATHERING = "lib/client/circle/gathering.ts";
const SHARES = "lib/crypto/circle/shares.ts";

export const GUARDS: readonly Guard[] = [
  client(
    "D6 a wrong code",
    "a key that the code was not made of",
    "circle",
    HELPING,
    `if (!codeFits(code, "circle", [request.kem], request.r)) throw new Fault("circle/swapped");`,
    "",
  ),
  client(
    "D6 a wrong code",
    "a key of small order",
    "circle",
    HELPING,
    `if (!checkKemKey(request.kem)) throw new Fault("proof/bad-key");`,
    "",
  ),
  client(
    "D6 a share withheld",
    "a promise of a part that isn’t there",
    "circle",
    HELPING,
    "    await this.#share(circle);\n    const held: Held = {",
    "    const held: Held = {",
  ),
  client(
    "D6 a share forged",
    "a part that the ledger does not name",
    "circle",
    SHARES,
    `equal(shareHash(circle.ws, circle.user, helper, share), named.hash) ? share : "crypto/bad-commitment"`,
    `named.hash.length === 32 ? share : "crypto/bad-commitment"`,
  ),
  client(
    "D6 a share forged",
    "the word of one against that of most",
    "circle",
    GATHERING,
    "one.fault === null && one.word !== null && nameOf(one.word) !== usual",
    "one.fault === null && one.word !== null && usual === undefined",
  ),
  client(
    "D6 a clock days off",
    "a server’s clock that lies",
    "circle",
    HELPING,
    "Math.min(this.#account.ports.clock.now() - held.since, server - held.server)",
    "server - held.server",
  ),
  client(
    "D6 a clock days off",
    "a helper’s clock that jumps",
    "circle",
    HELPING,
    "Math.min(this.#account.ports.clock.now() - held.since, server - held.server)",
    "this.#account.ports.clock.now() - held.since",
  ),
  client(
    "D6 the veto counts",
    "a part given after the person’s word",
    "circle",
    HELPING,
    "return overSince(book, user) > held.n || roleAt(state, user) === null;",
    "return book === undefined || roleAt(state, user) === null;",
  ),
  client(
    "D6 the veto counts",
    "a veto that no frame told of",
    "circle",
    HELPING,
    "    const held = this.#of(ask);\n    await account.book.sync();",
    "    const held = this.#of(ask);",
  ),
  client(
    "D6 as long as nobody",
    "a time that begins before anybody could be told",
    "circle",
    HELPING,
    `if (registers.circle(me, ask) === undefined) throw new Fault("circle/not-told");`,
    "",
  ),
  client(
    "D6 fewer helpers",
    "too few parts",
    "circle",
    SHARES,
    'H("circle-box", idBytes(ws), idBytes(user), ...shares.map(exposeSecret))',
    'H("circle-box", idBytes(ws), idBytes(user), ...shares.slice(0, 2).map(exposeSecret))',
  ),
];
