// Token buckets: how often one address, device or socket may do a thing.
import { Fault } from "@/lib/base/errors.ts";
import type { Limits, Rate } from "@/server/env.ts";

type Bucket = { left: number; at: number };
export type RateName = "strangers" | "guesses" | "mailboxes" | "calls" | "events" | "links" | "frames";
const MAX_BUCKETS = 200_000;

export class Rates {
  private readonly limits: Limits;
  private readonly now: () => number;
  private readonly buckets = new Map<string, Bucket>();

  constructor(limits: Limits, now: () => number) {
    this.limits = limits;
    this.now = now;
  }

  /** Takes `cost` from the bucket of `key`. Throws may/too-many when there is not enough in it. */
  take(name: RateName, key: string, cost: number = 1): void {
    const rate: Rate = this.limits[name];
    const at = this.now();
    const id = `${name} ${key}`;
    const bucket = this.buckets.get(id) ?? { left: rate.burst, at };
    const gained = (Math.max(0, at - bucket.at) * rate.perMinute) / 60_000;
    const left = Math.min(rate.burst, bucket.left + gained);
    // Forgetting and adding again keeps the map in the order of use, for the sweep below.
    this.buckets.delete(id);
    this.buckets.set(id, { left: left >= cost ? left - cost : left, at });
    if (this.buckets.size > MAX_BUCKETS) this.dropOldest();
    if (left < cost) throw new Fault("may/too-many");
  }

  /** Forgets buckets that have filled up again. */
  sweep(): void {
    const at = this.now();
    for (const [id, bucket] of this.buckets) if (at - bucket.at > 10 * 60_000) this.buckets.delete(id);
  }

  private dropOldest(): void {
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}
