// Login challenges: each serves once and for a minute; none is kept until it is used (PROTOCOL A1).
import { createHmac, timingSafeEqual } from "node:crypto";
import { enc, u64be } from "@/lib/base/encoding.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Random } from "@/server/random.ts";

const TIME_BYTES = 8;
const RANDOM_BYTES = 8;
const TAG_BYTES = 16;

export type Challenge = { readonly challenge: Uint8Array; readonly expires: number };

/** A challenge states its expiry under a key of this process, so that asking for many fills no memory. */
export class Challenges {
  private readonly key: Uint8Array;
  private readonly now: () => number;
  private readonly random: Random;
  private readonly used = new Map<string, number>();

  constructor(now: () => number, random: Random) {
    this.now = now;
    this.random = random;
    this.key = random(32);
  }

  mint(ws: WorkspaceId | null): Challenge {
    const expires = this.now() + LIMITS.challengeSeconds * 1000;
    const body = Buffer.concat([u64be(expires), this.random(RANDOM_BYTES)]);
    return { challenge: new Uint8Array(Buffer.concat([body, this.tag(body, ws)])), expires };
  }

  /** True the first time that a challenge of this server for this workspace comes back in time. */
  use(challenge: Uint8Array, ws: WorkspaceId | null, expires: number): boolean {
    const body = challenge.subarray(0, TIME_BYTES + RANDOM_BYTES);
    const tag = challenge.subarray(TIME_BYTES + RANDOM_BYTES);
    if (tag.length !== TAG_BYTES || !timingSafeEqual(tag, this.tag(body, ws))) return false;
    const stated = Buffer.from(body).readBigUInt64BE(0);
    if (stated !== BigInt(expires) || expires <= this.now()) return false;
    const name = Buffer.from(body).toString("base64url");
    if (this.used.has(name)) return false;
    this.used.set(name, expires);
    return true;
  }

  /** Forgets used challenges whose time is over. */
  sweep(): void {
    const now = this.now();
    for (const [name, expires] of this.used) if (expires <= now) this.used.delete(name);
  }

  private tag(body: Uint8Array, ws: WorkspaceId | null): Buffer {
    return createHmac("sha256", this.key)
      .update(enc(body, ws ?? ""))
      .digest()
      .subarray(0, TAG_BYTES);
  }
}
