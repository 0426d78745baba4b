// The guards of the app lock, each with the case that must miss it.
import { client, type Guard } from "./guard.ts";

const LOCK = "lib/client/lock/lock.ts";
const VAULT = "lib/client/vault.ts";
const SCENARIO = "tests/scenario/lock.test.ts";

export const GUARDS: readonly Guard[] = [
  client(
    "A5 a stolen profile folder",
    "a key that lay bare before the lock",
    "lock",
    LOCK,
    "const fresh = randomBytes(32);",
    "const fresh = (vault.keys[0] ?? randomBytes(32)).slice();",
  ),
  client(
    "A5 a stolen profile folder",
    "rows that stay under the key of before",
    "lock",
    LOCK,
    "    const vault = this.#open;\n    await vault.reseal();\n",
    "    const vault = this.#open;\n",
  ),
  client(
    "A5 a lock record that was made cheap",
    "costs below the floor",
    "lock",
    "lib/crypto/lock/passphrase.ts",
    `if (ops < LOCK_COSTS.ops || memory < LOCK_COSTS.memory) throw new Fault("lock/weak");`,
    "",
  ),
  client(
    "A5 a lock record that was made cheap",
    "a record that nobody would have made",
    "lock",
    "lib/client/lock/record.ts",
    `if (weak || ops > LOCK_COSTS.mostOps || memory > LOCK_COSTS.mostMemory) throw new Fault("store/vault-gone");`,
    "void weak;",
  ),
  client(
    "A5 a lock record with another's box",
    "a vault that works on after it was shut",
    "lock",
    VAULT,
    "    for (const key of this.#core.keys) key.fill(0);\n    this.#core.keys = [];\n",
    "",
  ),
  {
    rule: "A5",
    keeps: "rows that a crash leaves without their key",
    file: LOCK,
    find: "    await this.#wrap(held, passkey, [fresh, ...vault.keys]);\n",
    replace: "",
    test: SCENARIO,
    name: "A5 a crash while rows are sealed anew",
  },
  {
    rule: "A5",
    keeps: "accounts that live on behind a lock",
    file: "lib/client/engine.ts",
    find: "    this.accounts.clear();\n",
    replace: "",
    test: SCENARIO,
    name: "A5 a locked profile shows nothing",
  },
  {
    rule: "D3",
    keeps: "a lock on somebody who has no other way in",
    file: "lib/client/commands/access/lock.ts",
    find: "for (const account of host.accounts.values()) checkSignOut(account);",
    replace: "void checkSignOut;",
    test: SCENARIO,
    name: "A5 every start is locked",
  },
  {
    rule: "D3",
    keeps: "a linked device that takes the code for confirmed",
    file: "lib/client/recovery/confirmed.ts",
    find: "return isDrillable(account) || said === generation(account);",
    replace: "return said >= 0;",
    test: "tests/scenario/standing.test.ts",
    name: "D3 a linked device of an unconfirmed account",
  },
  {
    rule: "A5",
    keeps: "a new start where keys have been",
    file: "lib/platform/browser/keystore.ts",
    find: `if (secret === undefined && held) throw new Fault("store/vault-gone");`,
    replace: "",
    test: "tests/contract/browser-storage.test.ts",
    name: "A5 an empty database where keys were held",
  },
];
