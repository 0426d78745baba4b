// The engine's guards on linking devices, each with the case that must miss it.
import { client, type Guard } from "./guard.ts";

const ADDING = "lib/client/linking/adding.ts";
const JOINING = "lib/client/linking/joining.ts";

export const GUARDS: readonly Guard[] = [
  client(
    "MS-48",
    "keys that the code was not made of",
    "linking",
    ADDING,
    `if (!codeFits(code, "link", [sign, kem], request.r)) throw new Fault("link/swapped");`,
    `if (!codeFits(code, "link", [sign, kem], request.r)) void sign;`,
  ),
  client(
    "MS-32 keys of small order",
    "keys that are none",
    "linking",
    ADDING,
    `if (!checkDeviceKeys(request.device)) throw new Fault("proof/bad-key");`,
    "",
  ),
  client(
    "MS-32 whoever stands",
    "another root key than was told",
    "linking",
    JOINING,
    `if (!same) throw new Fault("link/other-account");`,
    "void same;",
  ),
  client(
    "MS-48",
    "an account that nobody has said yes to",
    "linking",
    JOINING,
    `    this.#become("asked");\n`,
    `    this.#become("asked");\n    await this.confirm();\n`,
  ),
];
