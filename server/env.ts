// Every setting: its default, its flag and variable, and the sentence that says what is wrong with a value.
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "@/lib/base/errors.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** What keeps one person, device or address from using up the server. Rates: at most `burst` at once, `perMinute` in the long run. */
export type Rate = { readonly burst: number; readonly perMinute: number };
export type Limits = {
  /** strangers' calls (login, setup, opening invites), by address */
  readonly strangers: Rate;
  /** guesses at setup tokens and invites, by address */
  readonly guesses: Rate;
  /** mailboxes that one address opens, to link devices */
  readonly mailboxes: Rate;
  /** calls of one device */
  readonly calls: Rate;
  /** events that one device sends */
  readonly events: Rate;
  /** ledger links that one device appends */
  readonly links: Rate;
  /** frames that one socket sends */
  readonly frames: Rate;
  readonly socketsPerDevice: number;
  readonly socketsPerAddress: number;
  readonly sockets: number;
  /** tokens of one device that are good at the same time */
  readonly tokensPerLogin: number;
  readonly devicesPerUser: number;
  readonly members: number;
  /** people who wait by one invite for somebody to let them in */
  readonly waitingPerInvite: number;
  /** public channels and private scopes together */
  readonly channels: number;
  /** bytes of all files of a workspace */
  readonly workspaceBytes: number;
  /** bytes of all files that one person brought */
  readonly personBytes: number;
  readonly fileBytes: number;
  readonly filesPerWorkspace: number;
  /** uploads that one person has under way */
  readonly openUploads: number;
  /** bytes that may wait in a socket before it is dropped */
  readonly socketBacklog: number;
  /** how long a client may take for the head of a request, for the body of a call, and between two pieces of a file */
  readonly headMs: number;
  readonly bodyMs: number;
  readonly idleMs: number;
  readonly tokenMinutes: number;
  /** an upload that is not finished by then is forgotten */
  readonly uploadHours: number;
};

export const DEFAULT_LIMITS: Limits = {
  strangers: { burst: 300, perMinute: 600 },
  guesses: { burst: 20, perMinute: 20 },
  mailboxes: { burst: 30, perMinute: 30 },
  calls: { burst: 1200, perMinute: 6000 },
  events: { burst: 1000, perMinute: 1200 },
  links: { burst: 1024, perMinute: 600 },
  frames: { burst: 120, perMinute: 1200 },
  socketsPerDevice: 12,
  socketsPerAddress: 2000,
  sockets: 10_000,
  tokensPerLogin: 16,
  devicesPerUser: 32,
  members: 10_000,
  waitingPerInvite: 50,
  channels: 10_000,
  workspaceBytes: 100 * 1024 ** 3,
  personBytes: 100 * 1024 ** 3,
  fileBytes: LIMITS.fileBytes,
  filesPerWorkspace: 1_000_000,
  openUploads: 40,
  socketBacklog: 8 * 1024 * 1024,
  headMs: 15_000,
  bodyMs: 30_000,
  idleMs: 30_000,
  tokenMinutes: LIMITS.tokenMinutes,
  uploadHours: 24,
};

export type Tls = { readonly cert: Buffer; readonly key: Buffer };
export type Settings = {
  readonly dataDir: string;
  readonly host: string;
  /** 0: any free one */
  readonly port: number;
  /** an origin, or null for http://localhost:<port> */
  readonly publicUrl: string | null;
  /** further origins whose pages may call this server */
  readonly origins: readonly string[];
  readonly tls: Tls | null;
  /** believe X-Forwarded-For of the one proxy in front */
  readonly behindProxy: boolean;
  /** the exported client, or null to serve none */
  readonly staticDir: string | null;
  /** bound of the database in pages of 16 KiB, or null */
  readonly maxPages: number | null;
  readonly limits: Limits;
  readonly push: PushSettings;
};

/** Wake-ups by Web Push. All but the default is for tests: a push service on this machine, with a certificate of its own. */
export type PushSettings = { readonly loopback: boolean; readonly ca: string | null; readonly restMs: number };
export const DEFAULT_PUSH: PushSettings = { loopback: false, ca: null, restMs: 15_000 };

/** Where the build puts the client. */
const CLIENT = fileURLToPath(new URL("../out", import.meta.url));

type Reader<T> = (text: string, name: string) => T;
type Row = { readonly flag: string; readonly variable: string; readonly help: string };

function refuse(name: string, mend: string): never {
  throw new Fault("start/bad-setting", { detail: `${name}: ${mend}` });
}

const wholeNumber =
  (min: number, max: number): Reader<number> =>
  (text, name) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) refuse(name, `give a whole number from ${min} to ${max}`);
    return value;
  };

const origin: Reader<string> = (text, name) => {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    refuse(name, "give an address like https://chat.example.org");
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    refuse(name, "the address must begin with https:// (http:// serves localhost alone)");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
    refuse(name, "give the address without path, user or anything after it");
  return url.origin;
};

const file: Reader<Buffer> = (text, name) => {
  try {
    return readFileSync(resolve(text));
  } catch (cause) {
    throw new Fault("start/bad-setting", { cause, detail: `${name}: this file can’t be read` });
  }
};

const host: Reader<string> = (text, name) =>
  text === "localhost" || isIP(text) !== 0 ? text : refuse(name, "give an IP address or localhost");

const yes: Reader<boolean> = (text, name) => {
  if (["1", "true", "yes", ""].includes(text)) return true;
  return ["0", "false", "no"].includes(text) ? false : refuse(name, "give yes or no");
};

/** Every flag of `tacit serve`, with the variable that stands for it. */
export const ROWS = {
  data: { flag: "--data", variable: "TACIT_DATA", help: "data folder (default: ./data)" },
  port: { flag: "--port", variable: "TACIT_PORT", help: "port (default: 4410)" },
  host: { flag: "--host", variable: "TACIT_HOST", help: "address to listen on (default: 127.0.0.1)" },
  publicUrl: { flag: "--public-url", variable: "TACIT_PUBLIC_URL", help: "address that people open, e.g. https://…" },
  origins: { flag: "--origin", variable: "TACIT_ORIGINS", help: "further addresses, with commas between" },
  cert: { flag: "--tls-cert", variable: "TACIT_TLS_CERT", help: "certificate chain, PEM file" },
  key: { flag: "--tls-key", variable: "TACIT_TLS_KEY", help: "private key, PEM file" },
  behindProxy: { flag: "--behind-proxy", variable: "TACIT_BEHIND_PROXY", help: "a proxy in front ends TLS" },
  client: { flag: "--client", variable: "TACIT_CLIENT", help: "folder of the built client (default: out)" },
  workspaceBytes: { flag: "--workspace-mb", variable: "TACIT_WORKSPACE_MB", help: "megabytes of files a workspace" },
  personBytes: { flag: "--person-mb", variable: "TACIT_PERSON_MB", help: "megabytes of files a person" },
  uploads: { flag: "--uploads", variable: "TACIT_UPLOADS", help: "uploads that a person has under way" },
  uploadHours: { flag: "--upload-hours", variable: "TACIT_UPLOAD_HOURS", help: "hours that a broken upload is kept" },
  fileBytes: { flag: "--file-mb", variable: "TACIT_FILE_MB", help: "megabytes of one file" },
  events: { flag: "--events-per-minute", variable: "TACIT_EVENTS_PER_MINUTE", help: "messages a device and minute" },
} as const satisfies Record<string, Row>;
type Name = keyof typeof ROWS;

const BARE: readonly Name[] = ["behindProxy"];

/** `--flag value`, `--flag=value`, or `--flag` alone for yes or no. */
function readFlags(args: readonly string[]): Map<Name, string> {
  const found = new Map<Name, string>();
  for (let i = 0; i < args.length; i += 1) {
    const [flag = "", inline] = (args[i] ?? "").split(/=(.*)/s);
    const name = (Object.keys(ROWS) as Name[]).find((key) => ROWS[key].flag === flag);
    if (name === undefined) throw new Fault("start/bad-setting", { detail: `${flag}: there is no such flag` });
    if (inline !== undefined) found.set(name, inline);
    else if (BARE.includes(name)) found.set(name, "yes");
    else {
      i += 1;
      found.set(name, args[i] ?? refuse(flag, "a value is missing"));
    }
  }
  return found;
}

/** Settings from flags and variables; a flag wins. Throws start/bad-setting with what to mend. */
export function readSettings(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings {
  const flags = readFlags(args);
  const get = <T, D>(name: Name, reader: Reader<T>, otherwise: D): T | D => {
    const flag = flags.get(name);
    if (flag !== undefined) return reader(flag, ROWS[name].flag);
    const variable = env[ROWS[name].variable];
    return variable === undefined || variable === "" ? otherwise : reader(variable, ROWS[name].variable);
  };
  const megabytes = wholeNumber(1, 8 * 1024 ** 2);
  const mb = (name: Name, otherwise: number): number =>
    get(name, (text, at) => megabytes(text, at) * 1024 ** 2, otherwise);
  const perMinute = get("events", wholeNumber(1, 1_000_000), DEFAULT_LIMITS.events.perMinute);
  const cert = get("cert", file, null);
  const key = get("key", file, null);
  if ((cert === null) !== (key === null)) refuse("--tls-cert", "TLS needs both --tls-cert and --tls-key");
  return checkSettings({
    dataDir: resolve(get("data", (text) => text, "data")),
    host: get("host", host, "127.0.0.1"),
    port: get("port", wholeNumber(0, 65_535), 4410),
    publicUrl: get("publicUrl", origin, null),
    origins: get("origins", (text, name) => text.split(",").map((one) => origin(one.trim(), name)), []),
    tls: cert === null || key === null ? null : { cert, key },
    behindProxy: get("behindProxy", yes, false),
    staticDir: resolve(get("client", (text) => text, CLIENT)),
    maxPages: null,
    push: DEFAULT_PUSH,
    limits: {
      ...DEFAULT_LIMITS,
      events: { burst: Math.min(DEFAULT_LIMITS.events.burst, perMinute), perMinute },
      workspaceBytes: mb("workspaceBytes", DEFAULT_LIMITS.workspaceBytes),
      personBytes: mb("personBytes", DEFAULT_LIMITS.personBytes),
      openUploads: get("uploads", wholeNumber(1, 100_000), DEFAULT_LIMITS.openUploads),
      uploadHours: get("uploadHours", wholeNumber(1, 24 * 365), DEFAULT_LIMITS.uploadHours),
      fileBytes: Math.min(mb("fileBytes", DEFAULT_LIMITS.fileBytes), LIMITS.fileBytes),
    },
  });
}

export function isLoopback(name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, "");
  return bare === "localhost" || bare.endsWith(".localhost") || bare === "::1" || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** Settings that only make sense together. */
export function checkSettings(settings: Settings): Settings {
  if (!isLoopback(settings.host)) {
    if (settings.tls === null && !settings.behindProxy)
      refuse("--host", "other machines reach this server only with --tls-cert and --tls-key, or with --behind-proxy");
    if (settings.publicUrl === null) refuse("--public-url", "say by which address people reach this server");
  }
  if (settings.behindProxy && settings.publicUrl === null)
    refuse("--public-url", "behind a proxy, say by which address people reach this server");
  if (settings.staticDir !== null && !existsSync(resolve(settings.staticDir, "index.html")))
    throw new Fault("start/not-built");
  return settings;
}

/** The text that `tacit serve --help` prints about flags. */
export function describeSettings(): string {
  return (Object.values(ROWS) as Row[])
    .map((row) => `  ${row.flag.padEnd(20)} ${row.help}  [${row.variable}]`)
    .join("\n");
}
