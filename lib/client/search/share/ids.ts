// Where messages lie that were taken over with an index and are not stored here, by their ids: what speaks of one finds it.
import { compare } from "@/lib/base/bytes.ts";
import { type ChannelId, type EventId, ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import { Reader, Writer } from "@/lib/client/search/shelf/bytes.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

const TABLE = "taken";

/** Ids in the order of their bytes, and the place of each. */
export type Named = { readonly ids: Uint8Array; readonly places: readonly number[] };

/** Of several with the same id the last one stays. */
export function namedOf(all: Iterable<readonly [EventId, number]>): Named {
  const unique = [...new Map(all)].map(([id, pos]) => ({ bytes: idBytes(id), pos }));
  unique.sort((a, b) => compare(a.bytes, b.bytes));
  const ids = new Uint8Array(unique.length * ID_BYTES);
  unique.forEach(({ bytes }, i) => {
    ids.set(bytes, i * ID_BYTES);
  });
  return { ids, places: unique.map(({ pos }) => pos) };
}

export function* eachNamed({ ids, places }: Named): Generator<readonly [EventId, number]> {
  for (const [i, pos] of places.entries()) yield [mintId<"event">(ids.subarray(i * ID_BYTES, (i + 1) * ID_BYTES)), pos];
}

export function placeIn({ ids, places }: Named, id: EventId): number | undefined {
  const sought = idBytes(id);
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(ids.subarray(middle * ID_BYTES, (middle + 1) * ID_BYTES), sought);
    if (order === 0) return places[middle];
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

export function encodePlaces(places: readonly number[]): Uint8Array {
  const out = new Writer();
  for (const pos of places) out.number(pos);
  return out.done();
}

/** Throws store/corrupt where bytes end too early. */
export function decodePlaces(bytes: Uint8Array): number[] {
  const from = new Reader(bytes);
  const places: number[] = [];
  while (!from.ended) places.push(from.number());
  return places;
}

/** The ids of each channel that were taken over, read once. */
export class TakenIds {
  readonly #vault: Vault;
  readonly #channels = new Map<ChannelId, Named>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async of(channel: ChannelId): Promise<Named> {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const stored = await this.#vault.get<Cbor>(TABLE, channel);
    const { i, p } = (stored ?? { i: new Uint8Array(), p: new Uint8Array() }) as { i: Uint8Array; p: Uint8Array };
    const named = { ids: i, places: decodePlaces(p) };
    this.#channels.set(channel, named);
    return named;
  }

  async place(channel: ChannelId, id: EventId): Promise<number | undefined> {
    return placeIn(await this.of(channel), id);
  }

  /** The write that keeps more of them, and what was kept before. */
  async op(channel: ChannelId, more: Iterable<readonly [EventId, number]>): Promise<VaultOp> {
    const { ids, places } = namedOf([...eachNamed(await this.of(channel)), ...more]);
    this.#channels.delete(channel);
    return { op: "put", table: TABLE, key: channel, value: { i: ids, p: encodePlaces(places) } };
  }
}
