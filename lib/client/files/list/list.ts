// Every file that this device knows of, in a list beside the events: it grows as they come and is searched here alone.
import { kindOf } from "@/lib/base/file-kind.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Follower } from "@/lib/client/account/parts.ts";
import type { FilesAnswer, FilesView, FindFilesCommands, FoundFile } from "@/lib/client/api/finding/files.ts";
import { storedAt, storedRecord } from "@/lib/client/events/lookup.ts";
import { storedAbout } from "@/lib/client/events/past/about.ts";
import { EVENTS, type EventRecord, parseRecord } from "@/lib/client/events/records.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { changesOf } from "@/lib/client/view/changes/all.ts";
import { readyFile } from "@/lib/client/view/items/files.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { type FileRow, LIST, parseRow, rowKey, rowOf, rowOp } from "./row.ts";

export type FilesQuery = Omit<Parameters<FindFilesCommands["findFiles"]>[0], "ws">;

const BUILT = "built";
const BATCH = 400;
const PAGE = 50;
const MOST = 200;

export class FileList implements Follower {
  readonly #account: Account;
  /** by key; undefined until somebody looks */
  #rows: Map<string, FileRow> | undefined;
  readonly #loading = new Mutex();
  #stamp = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  arrived(_channel: ChannelId, records: readonly EventRecord[]): VaultOp[] {
    return records.flatMap((record) => {
      const row = rowOf(record);
      return row === undefined ? [] : [rowOp(row)];
    });
  }

  shown(_channel: ChannelId, records: readonly EventRecord[]): void {
    let changed = false;
    for (const record of records) {
      const row = rowOf(record);
      if (row !== undefined) this.#rows?.set(rowKey(row), row);
      changed ||= row !== undefined || record.content?.k === "delete";
    }
    if (!changed) return;
    this.#stamp += 1;
    this.#account.changed({ topic: "files" });
  }

  start(): void {}

  stop(): void {}

  view(): FilesView {
    return { known: this.#rows?.size ?? 0, stamp: this.#stamp };
  }

  async find(query: FilesQuery): Promise<FilesAnswer> {
    const fitting = this.#fitting(await this.#load(), query);
    const most = Math.max(1, Math.min(query.limit ?? PAGE, MOST));
    const files: FoundFile[] = [];
    let last: FileRow | undefined;
    for (const row of fitting) {
      if (files.length === most)
        return { files, total: fitting.length, next: last === undefined ? null : afterOf(last) };
      const found = await this.#look(row);
      last = row;
      if (found !== null) files.push(found);
    }
    return { files, total: fitting.length, next: null };
  }

  #fitting(rows: ReadonlyMap<string, FileRow>, query: FilesQuery): FileRow[] {
    const { kind = null, channel = null, author = null, since = null, after = null } = query;
    const words = fold(query.text ?? "")
      .split(/\s+/u)
      .filter((word) => word !== "");
    const readable = new Set(this.#account.channels());
    const fits = (row: FileRow): boolean => {
      if (!readable.has(row.channel) || (channel !== null && row.channel !== channel)) return false;
      if ((author !== null && row.author !== author) || (since !== null && row.at < since)) return false;
      if (kind !== null && kindOf(row) !== kind) return false;
      const said = fold(`${row.name} ${row.type}`);
      return words.every((word) => said.includes(word));
    };
    const all = [...rows.values()].filter(fits).sort(newestFirst);
    return after === null ? all : all.filter((row) => newestFirst(row, { ...row, ...after }) > 0);
  }

  /** The file as its event has it now; one that was deleted, or that its message does not bear out, leaves the list. */
  async #look(row: FileRow): Promise<FoundFile | null> {
    const { vault } = this.#account;
    const record = await storedAt(vault, row.channel, row.pos);
    const content = record?.content;
    if (record === undefined || content?.k !== "file" || record.status !== "opened") return await this.#drop(row);
    const root = await storedRecord(vault, row.channel, content.of);
    // Its message may be older than what is held here: then nothing speaks against it yet.
    if (root !== undefined) {
      const said = await storedAbout(vault, row.channel, content.of);
      const changes = changesOf(this.#account, [root, ...said]).changes.get(content.of);
      const own = changes?.files.get(content.index)?.id === record.id;
      if (changes?.deleted === true || !own || root.status !== "opened") return await this.#drop(row);
    }
    const file = readyFile(record.id, content);
    return { file, channel: row.channel, message: content.of, author: row.author, at: row.at };
  }

  async #drop(row: FileRow): Promise<null> {
    this.#rows?.delete(rowKey(row));
    await this.#account.vault.write([{ op: "delete", table: LIST, key: rowKey(row) }]);
    return null;
  }

  async #load(): Promise<ReadonlyMap<string, FileRow>> {
    if (this.#rows !== undefined) return this.#rows;
    return await this.#loading.run(async () => {
      if (this.#rows !== undefined) return this.#rows;
      if ((await this.#account.vault.get<boolean>(BUILT, LIST)) !== true) await this.#build();
      const rows = new Map<string, FileRow>();
      this.#rows = rows;
      for (const { key, value } of await this.#account.vault.scan<Cbor>(LIST, { limit: Number.MAX_SAFE_INTEGER }))
        rows.set(key, parseRow(key, value));
      return rows;
    });
  }

  /** Events that came before there was a list: gone through once, a batch at a time. */
  async #build(): Promise<void> {
    const { vault, ports } = this.#account;
    let after: string | undefined;
    for (;;) {
      const rows = await vault.scan<Cbor>(EVENTS, { limit: BATCH, ...(after === undefined ? {} : { after }) });
      const ops = rows.flatMap(({ key, value }) => {
        const row = rowOf(parseRecord((key.split("/")[0] ?? "") as ChannelId, value));
        return row === undefined ? [] : [rowOp(row)];
      });
      await vault.write(ops);
      after = rows.at(-1)?.key;
      if (rows.length < BATCH) break;
      await ports.breathe();
    }
    await vault.put(BUILT, LIST, true);
  }
}

/** Names are found whatever their case and accents. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

type Place = { readonly at: number; readonly channel: string; readonly pos: number };

function newestFirst(a: Place, b: Place): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return b.pos - a.pos;
}

function afterOf({ at, channel, pos }: FileRow): FilesAnswer["next"] {
  return { at, channel, pos };
}
