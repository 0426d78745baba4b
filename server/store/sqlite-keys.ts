// Seals, boxes and key requests in SQLite.
import type { SQL } from "drizzle-orm";
import { and, asc, eq, gt, gte, lte, ne, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Parts } from "./parts.ts";
import { bound, is, read } from "./parts.ts";
import type { BoxEntry, KeyEntries, KeyStore, RequestEntry, SealEntry } from "./port.ts";
import { boxes, requests, seals } from "./schema.ts";

function prepareSeals(db: BetterSQLite3Database) {
  return {
    put: db
      .insert(seals)
      .values({
        w: sql.placeholder("w"),
        purpose: sql.placeholder("purpose"),
        scope: sql.placeholder("scope"),
        epoch: sql.placeholder("epoch"),
        to: sql.placeholder("to"),
        recipient: sql.placeholder("recipient"),
        gen: sql.placeholder("gen"),
        giver: sql.placeholder("giver"),
        ct: sql.placeholder("ct"),
      })
      .onConflictDoUpdate({
        target: [seals.w, seals.purpose, seals.scope, seals.to, seals.recipient, seals.epoch, seals.gen, seals.giver],
        set: { ct: sql`excluded.ct` },
      })
      .prepare(),
    find: findSeals(db, [is(seals.recipient, "recipient")]),
    findAny: findSeals(db, []),
  };
}

function findSeals(db: BetterSQLite3Database, more: SQL[]) {
  return db
    .select()
    .from(seals)
    .where(
      and(
        is(seals.w, "w"),
        is(seals.purpose, "purpose"),
        is(seals.scope, "scope"),
        is(seals.to, "to"),
        ...more,
        gte(seals.epoch, bound(seals.epoch, "from")),
        lte(seals.epoch, bound(seals.epoch, "upTo")),
      ),
    )
    .orderBy(asc(seals.epoch))
    .limit(sql.placeholder("limit"))
    .prepare();
}

function prepareBoxes(db: BetterSQLite3Database) {
  return {
    put: db
      .insert(boxes)
      .values({
        w: sql.placeholder("w"),
        purpose: sql.placeholder("purpose"),
        scope: sql.placeholder("scope"),
        epoch: sql.placeholder("epoch"),
        giver: sql.placeholder("giver"),
        ct: sql.placeholder("ct"),
      })
      .onConflictDoUpdate({
        target: [boxes.w, boxes.purpose, boxes.scope, boxes.epoch, boxes.giver],
        set: { ct: sql`excluded.ct` },
      })
      .prepare(),
    find: db
      .select()
      .from(boxes)
      .where(
        and(
          is(boxes.w, "w"),
          is(boxes.purpose, "purpose"),
          is(boxes.scope, "scope"),
          gte(boxes.epoch, bound(boxes.epoch, "from")),
          lte(boxes.epoch, bound(boxes.epoch, "upTo")),
        ),
      )
      .orderBy(asc(boxes.epoch))
      .limit(sql.placeholder("limit"))
      .prepare(),
  };
}

function prepareRequests(db: BetterSQLite3Database) {
  const same = [
    is(requests.w, "w"),
    is(requests.scope, "scope"),
    is(requests.epoch, "epoch"),
    is(requests.user, "user"),
  ];
  return {
    recent: db
      .select({ at: requests.receivedAt })
      .from(requests)
      .where(and(...same, gt(requests.receivedAt, bound(requests.receivedAt, "notSince"))))
      .limit(1)
      .prepare(),
    put: db
      .insert(requests)
      .values({
        w: sql.placeholder("w"),
        scope: sql.placeholder("scope"),
        epoch: sql.placeholder("epoch"),
        user: sql.placeholder("user"),
        device: sql.placeholder("device"),
        at: sql.placeholder("at"),
        receivedAt: sql.placeholder("receivedAt"),
        sig: sql.placeholder("sig"),
      })
      .prepare(),
    drop: db
      .delete(requests)
      .where(and(...same))
      .prepare(),
    since: db
      .select()
      .from(requests)
      .where(and(is(requests.w, "w"), gt(requests.receivedAt, bound(requests.receivedAt, "since"))))
      .orderBy(asc(requests.receivedAt))
      .limit(1000)
      .prepare(),
  };
}

export class SqliteKeys implements KeyStore {
  private readonly parts: Parts;
  private readonly sealRun: ReturnType<typeof prepareSeals>;
  private readonly boxRun: ReturnType<typeof prepareBoxes>;
  private readonly requestRun: ReturnType<typeof prepareRequests>;

  constructor(parts: Parts) {
    this.parts = parts;
    this.sealRun = prepareSeals(parts.db);
    this.boxRun = prepareBoxes(parts.db);
    this.requestRun = prepareRequests(parts.db);
  }

  /** Inside a write of the queue. */
  insert(w: number, keys: KeyEntries): number {
    for (const seal of keys.seals) this.sealRun.put.run({ w, ...seal });
    for (const box of keys.boxes) this.boxRun.put.run({ w, ...box });
    return keys.seals.length + keys.boxes.length;
  }

  putKeys(ws: WorkspaceId, keys: KeyEntries): Promise<number> {
    return this.parts.queue.write(() => this.insert(this.parts.numbers.of(ws), keys));
  }

  seals(ws: WorkspaceId, wanted: Parameters<KeyStore["seals"]>[1]): Promise<SealEntry[]> {
    const { find, findAny } = this.sealRun;
    const run = wanted.recipient === null ? findAny : find;
    return read(() => run.all({ w: this.parts.numbers.of(ws), ...wanted }).map(({ w: _, ...row }) => row));
  }

  boxes(ws: WorkspaceId, wanted: Parameters<KeyStore["boxes"]>[1]): Promise<BoxEntry[]> {
    return read(() => this.boxRun.find.all({ w: this.parts.numbers.of(ws), ...wanted }).map(({ w: _, ...row }) => row));
  }

  putRequest(ws: WorkspaceId, request: RequestEntry, notSince: number): Promise<boolean> {
    return this.parts.queue.write(() => {
      const place = { w: this.parts.numbers.of(ws), ...request };
      if (this.requestRun.recent.get({ ...place, notSince }) !== undefined) return false;
      this.requestRun.drop.run(place);
      this.requestRun.put.run(place);
      return true;
    });
  }

  requests(ws: WorkspaceId, since: number): Promise<RequestEntry[]> {
    return read(() =>
      this.requestRun.since.all({ w: this.parts.numbers.of(ws), since }).map(({ w: _, ...row }) => row),
    );
  }

  dropCircles(ws: WorkspaceId, user: UserId, but: number | null): Promise<void> {
    return this.parts.queue.write(() => {
      const w = this.parts.numbers.of(ws);
      for (const table of [seals, boxes]) {
        const his = and(eq(table.w, w), eq(table.purpose, "circle"), eq(table.giver, user));
        this.parts.db
          .delete(table)
          .where(but === null ? his : and(his, ne(table.epoch, but)))
          .run();
      }
    });
  }

  dropRequests(ws: WorkspaceId, answered: readonly Pick<RequestEntry, "scope" | "epoch" | "user">[]): Promise<void> {
    return this.parts.queue.write(() => {
      for (const one of answered) this.requestRun.drop.run({ w: this.parts.numbers.of(ws), ...one });
    });
  }
}
