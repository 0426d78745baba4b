// One who kept everything he ever had, and has the server's whole database: tries every key on every row until nothing more opens.
import Database from "better-sqlite3";
import { parseEnc, toBase64url } from "@/lib/base/encoding.ts";
import { type ChannelId, type Id, mintId, type ScopeId, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import { selfEpoch } from "@/lib/crypto/identity.ts";
import { inviteKeys } from "@/lib/crypto/invite.ts";
import { type EpochKey, exposeSecret, KDF, type KemSeed, type RecoveryCode, secretFrom } from "@/lib/crypto/keys.ts";
import { decryptEvent, readHeader } from "@/lib/crypto/message.ts";
import { recoveryKeys } from "@/lib/crypto/recovery.ts";
import { epochSealCtx, openBox, openSeal, prevBoxAd, pukBoxAd, pukSealCtx } from "@/lib/crypto/seal.ts";
import { parseContent } from "@/lib/protocol/event.ts";
import { parseInviteFragment } from "@/lib/protocol/invite.ts";

type SealRow = {
  purpose: string;
  scope: Buffer;
  epoch: number;
  to: string;
  recipient: Buffer;
  gen: number;
  ct: Buffer;
};
type BoxRow = { purpose: string; scope: Buffer; epoch: number; ct: Buffer };
type EventRow = { channel: Buffer; id: Buffer; epoch: number; header: Buffer; nonce: Buffer; ciphertext: Buffer };
type Rows = { seals: SealRow[]; boxes: BoxRow[]; events: EventRow[] };

const idOf = <K extends string>(bytes: Buffer): Id<K> => mintId<K>(new Uint8Array(bytes));
const plain = (bytes: Buffer): Uint8Array => new Uint8Array(bytes);

/** Every row of the database file that holds a key or a message, straight from disk. */
function rowsOf(path: string): Rows {
  const db = new Database(path, { readonly: true });
  try {
    const all = <T>(table: string) => db.prepare(`select * from ${table}`).all() as T[];
    return { seals: all<SealRow>("seals"), boxes: all<BoxRow>("boxes"), events: all<EventRow>("events") };
  } finally {
    db.close();
  }
}

/** Secrets of one holder, and all that can be made of them with the server's rows. */
export class Attacker {
  readonly #ws: WorkspaceId;
  readonly #kems = new Map<string, KemSeed>();
  readonly #keys = new Map<string, EpochKey>();

  constructor(ws: WorkspaceId) {
    this.#ws = ws;
  }

  /** Texts of every secret held: epoch keys, seeds of KEM pairs. */
  get secrets(): Set<string> {
    return new Set([...this.#kems.keys(), ...this.#keys.keys()]);
  }

  kem(seed: KemSeed): void {
    this.#kems.set(toBase64url(exposeSecret(seed)), seed);
  }

  key(bytes: Uint8Array): void {
    this.#keys.set(toBase64url(bytes), secretFrom("epoch", bytes));
  }

  invite(url: string): void {
    this.kem(inviteKeys(secretFrom("invite", parseInviteFragment(`#${url.split("#")[1]}`).secret)).kem);
  }

  recovery(code: RecoveryCode): void {
    for (const gen of [1, 2, 3]) this.kem(recoveryKeys(code, this.#ws, gen).kem);
  }

  /** The whole vault of an engine, as a copied disk with its key would give it. */
  async takeVault(vault: Vault, account: Account): Promise<void> {
    const { keyring } = account;
    this.kem(keyring.device.secrets.kem);
    if (keyring.code !== null) this.recovery(keyring.code);
    for (const gen of keyring.generations) this.#puk(keyring.puk(gen));
    for (const { value } of await vault.scan<Uint8Array>("epoch", { limit: 1_000_000 })) this.key(value);
    for (const { content } of account.log.records(account.selfChannel))
      if (content?.k === "invite" && content.secret !== null)
        this.kem(inviteKeys(secretFrom("invite", content.secret)).kem);
  }

  /** Tries every key on every seal and box until nothing more opens. */
  plunder(path: string): void {
    const rows = rowsOf(path);
    for (let before = -1; before < this.secrets.size; ) {
      before = this.secrets.size;
      for (const row of rows.seals) this.#trySeal(row);
      for (const row of rows.boxes) this.#tryBox(row);
    }
  }

  /** Every event that some key of his opens, by channel: texts and file keys. */
  read(path: string): { channel: ChannelId; said: string; fileKey: string | null }[] {
    return rowsOf(path).events.flatMap((row) => {
      const channel = idOf<"channel">(row.channel);
      const sealed = { header: plain(row.header), nonce: plain(row.nonce), ciphertext: plain(row.ciphertext) };
      const header = readHeader(sealed.header);
      for (const key of this.#keys.values()) {
        const place = { ws: this.#ws, channel, class: "stored" as const, kc: new Uint8Array(32) };
        const opened = decryptEvent(sealed, { ...place, channelKey: channelKey(key, channel) }, header);
        if (typeof opened === "string") continue;
        const content = parseContent(parseEnc(opened.body, 5)?.fields[4] ?? new Uint8Array());
        const said = content.k === "message" ? content.text : content.k;
        return [{ channel, said, fileKey: content.k === "file" ? toBase64url(content.file.key) : null }];
      }
      return [];
    });
  }

  #puk(seed: ReturnType<Account["keyring"]["puk"]>): void {
    if (seed === undefined) return;
    this.kem(seed);
    this.key(exposeSecret(selfEpoch(seed).ek));
  }

  #trySeal(row: SealRow): void {
    const scope = idOf<"scope">(row.scope) as ScopeId;
    const to = { to: row.to as never, id: idOf<string>(row.recipient), gen: row.gen };
    const context =
      row.purpose === "epoch"
        ? epochSealCtx(this.#ws, scope, row.epoch, to)
        : pukSealCtx(this.#ws, scope as string as UserId, row.epoch, to);
    for (const seed of this.#kems.values()) {
      const bytes = openSeal(seed, context, plain(row.ct));
      if (bytes !== null) this.#take(row.purpose, bytes);
    }
  }

  #tryBox(row: BoxRow): void {
    const scope = idOf<"scope">(row.scope) as ScopeId;
    if (row.purpose === "prev")
      for (const key of this.#keys.values()) {
        const bytes = openBox(KDF(exposeSecret(key), "prev"), prevBoxAd(this.#ws, scope, row.epoch), plain(row.ct));
        if (bytes !== null) this.#take("epoch", bytes);
      }
    if (row.purpose === "puk")
      for (const seed of this.#kems.values()) {
        const ad = pukBoxAd(this.#ws, scope as string as UserId, row.epoch);
        const bytes = openBox(KDF(exposeSecret(seed), "prev-puk"), ad, plain(row.ct));
        if (bytes !== null) this.#take("puk", bytes);
      }
  }

  #take(purpose: string, bytes: Uint8Array): void {
    if (purpose === "epoch") this.key(bytes);
    else this.#puk(secretFrom("puk", bytes));
  }
}
