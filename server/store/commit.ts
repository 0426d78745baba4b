// Group commit: every write of one event-loop turn shares a transaction, and is acknowledged after its commit.
import type Database from "better-sqlite3";
import { Fault } from "@/lib/base/errors.ts";
import { storeFault } from "./faults.ts";

type Job = { run: () => void; done: () => void; fail: (fault: Fault) => void };

/** Queue of writes to one database. A write must touch nothing but the database, since it may run twice. */
export class CommitQueue {
  private readonly db: Database.Database;
  private queue: Job[] = [];
  private planned = false;
  private closed = false;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;

  constructor(db: Database.Database) {
    this.db = db;
    this.begin = db.prepare("BEGIN IMMEDIATE");
    this.commit = db.prepare("COMMIT");
  }

  /** Runs `work` in the next transaction; resolves with its value after the commit. */
  write<T>(work: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new Fault("net/closed"));
    return new Promise<T>((resolve, reject) => {
      let value: T;
      this.queue.push({
        run: () => {
          value = work();
        },
        done: () => resolve(value),
        fail: reject,
      });
      if (this.planned) return;
      this.planned = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits what waits, and takes no more. */
  close(): void {
    this.flush();
    this.closed = true;
  }

  private flush(): void {
    this.planned = false;
    const jobs = this.queue;
    this.queue = [];
    if (jobs.length === 0) return;
    const fault = this.together(jobs);
    if (fault === null) {
      for (const job of jobs) job.done();
      return;
    }
    // One write that fails must not take the others along: each gets a transaction of its own.
    for (const job of jobs) {
      const own = jobs.length === 1 ? fault : this.together([job]);
      if (own === null) job.done();
      else job.fail(own);
    }
  }

  private together(jobs: readonly Job[]): Fault | null {
    try {
      this.begin.run();
      for (const job of jobs) job.run();
      this.commit.run();
      return null;
    } catch (thrown) {
      const fault = storeFault(thrown);
      try {
        // a full disk may have rolled back already
        if (this.db.inTransaction) this.db.exec("ROLLBACK");
      } catch (cause) {
        return storeFault(cause);
      }
      return fault;
    }
  }
}
