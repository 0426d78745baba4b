// The engine's guards around devices, recovery, members and the record, each with the scenario that must miss it.
import type { Guard } from "./guard.ts";

const scenario = (name: string): string => `tests/scenario/${name}.test.ts`;

export const GUARDS: readonly Guard[] = [
  {
    rule: "E10 devices",
    file: "lib/client/keys/renew.ts",
    find: "  await rooms.rotateAllInto(draft);\n",
    replace: "",
    keeps: "scopes left to the next writer after a device went",
    test: scenario("devices"),
    name: "D2 E10 a retired device's whole state",
  },
  {
    rule: "D2 devices",
    file: "lib/client/devices/commands.ts",
    find: `if (device === account.keyring.device.id) throw new Fault("link/own-device");`,
    replace: "",
    keeps: "retiring the device in use",
    test: scenario("devices"),
    name: "A4 a device that another one linked",
  },
  {
    rule: "D4 recovery",
    file: "lib/client/recovery/change.ts",
    find: "if (inForce === null || !equal(recoveryKeys(old, ws, 1).public.auth, inForce.auth))",
    replace: "if (inForce === null)",
    more: [
      {
        file: "lib/client/recovery/change.ts",
        find: `if (claim === undefined) throw new Fault("recovery/not-in-force");`,
        replace: "if (claim === undefined) return;",
      },
    ],
    keeps: "a code that is not in force",
    test: scenario("recovery"),
    name: "D4 a new code replaces",
  },
  {
    rule: "I3 members",
    file: "lib/client/joins/desk.ts",
    find: "if (asking.invite.expires < account.ports.clock.now())",
    replace: "if (asking.invite.expires < 0)",
    keeps: "somebody let in past the invite's time",
    test: scenario("members"),
    name: "I3 past its time",
  },
  {
    rule: "UX 4 record",
    file: "lib/client/commands/looking/ledger.ts",
    find: "if (n > account.state.n || n <= lookedAt(account)) return;",
    replace: "if (n > account.state.n) return;",
    keeps: "a mark that goes back",
    test: scenario("transparency"),
    name: "how far one has looked",
  },
];
