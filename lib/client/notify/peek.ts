// A look at what is new, for whoever was woken: verified and opened as ever, with nothing changed here or at the server (PROTOCOL S2).
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import { Account } from "@/lib/client/account/account.ts";
import { CatchUp } from "@/lib/client/account/catch-up.ts";
import type { Alert } from "@/lib/client/api/live/notify.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import { lockRecord } from "@/lib/client/lock/record.ts";
import type { Ports } from "@/lib/client/ports.ts";
import { Vault } from "@/lib/client/vault.ts";
import { checkedTransport } from "@/lib/client/wire/answers.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { alertOf } from "./alert.ts";

/** What came into one channel and is to be shown: the newest of it, and how many. */
export type PeekedAlert = Alert & {
  readonly ws: WorkspaceId;
  readonly pos: number;
  readonly count: number;
  /** only that something came may be shown, neither who nor what */
  readonly bare: boolean;
  readonly sound: boolean;
};
export type Peeked = {
  /** locked: nothing can be read, and only that something came may be said */
  readonly state: "open" | "locked" | "empty";
  readonly alerts: readonly PeekedAlert[];
  /** mentions and direct messages that wait, in all accounts */
  readonly waiting: number;
};

export type PeekOptions = {
  /** ports that change nothing: see lib/platform/runtime/overlay.ts */
  readonly ports: Ports;
  /** up to where a channel was shown before */
  readonly shown: (ws: WorkspaceId, channel: ChannelId) => number;
};

const AT_ONCE = 4;

/** Reads the vault and asks the server. Rejects with net faults, and with store/vault-gone where keys are lost. */
export async function peek({ ports, shown }: PeekOptions): Promise<Peeked> {
  const secret = await ports.keystore.load();
  if (secret === undefined) return { state: "empty", alerts: [], waiting: 0 };
  if (lockRecord(secret) !== null) return { state: "locked", alerts: [], waiting: 0 };
  await cryptoReady();
  const vault = Vault.over(ports.storage, [secret]);
  const known = ((await vault.get<string[]>("account", "list")) ?? []) as WorkspaceId[];
  const open = { ...ports, transport: checkedTransport(ports.transport) };
  const found: Peeked[] = [];
  for (const ws of known) {
    const part = vault.part(ws);
    const account = new Account({
      ports: open,
      vault: part,
      keyring: await Keyring.load(part),
      changed: () => undefined,
      // what was to go out later is sent by an engine
      post: async () => undefined,
    });
    try {
      await account.load();
      found.push(await peekAccount(account, shown));
    } finally {
      account.stop();
    }
  }
  return {
    state: known.length === 0 ? "empty" : "open",
    alerts: found.flatMap(({ alerts }) => alerts),
    waiting: found.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

async function peekAccount(account: Account, shown: PeekOptions["shown"]): Promise<Peeked> {
  const catchUp = new CatchUp(account);
  const before = new Map(account.channels().map((channel) => [channel, account.log.mark(channel).high]));
  await account.book.sync();
  await account.rooms.fetchPuks();
  const state = await account.session.call("sync.state", {});
  const last = new Map(state.channels.map((one) => [one.channel, one.last]));
  const isBehind = (channel: ChannelId) => (last.get(channel) ?? 0) > account.log.mark(channel).high;
  // Names, markers and settings first: what was read or muted elsewhere meanwhile is shown nowhere.
  for (const channel of account.stateChannels()) if (isBehind(channel)) await catchUp.pull(channel);
  const behind = account.channels().filter(isBehind);
  for (let i = 0; i < behind.length; i += AT_ONCE)
    await Promise.all(behind.slice(i, i + AT_ONCE).map((channel) => catchUp.pull(channel)));
  const alerts: PeekedAlert[] = [];
  for (const channel of account.channels()) {
    const alert = await newest(account, channel, Math.max(before.get(channel) ?? 0, shown(account.ws, channel)));
    if (alert !== null) alerts.push(alert);
  }
  const waiting = account.channels().reduce((sum, channel) => sum + account.notify.waiting(channel), 0);
  return { state: "open", alerts, waiting };
}

async function newest(account: Account, channel: ChannelId, from: number): Promise<PeekedAlert | null> {
  const records = await account.log.since(channel, Math.max(from, account.readMark(channel)));
  const fresh = records.filter((record) => account.notify.verdict(channel, record) === "show");
  const last = fresh.at(-1);
  if (last === undefined) return null;
  const { text, sound } = account.notify.all;
  const { ws } = account;
  return { ...alertOf(account, last), ws, pos: last.pos, count: fresh.length, bare: !text, sound };
}
