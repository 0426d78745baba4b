// From a query to a plan: names become ids here, at the time of the search, so that a renamed channel is found as it is called now.
import { type ChannelId, type EventId, parseId, type UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { SearchFilter, Span } from "@/lib/client/api/finding/search.ts";
import { IDS, type IdEntry } from "@/lib/client/events/records.ts";
import { FLAGS } from "@/lib/client/search/shelf/doc.ts";
import type { Clause, Plan } from "@/lib/client/search/shelf/plan.ts";
import { termsOf } from "@/lib/client/search/words/fold.ts";
import { parseQuery, type QueryFilter } from "@/lib/client/search/words/query.ts";
import { mentionTerm } from "@/lib/client/search/words/tokens.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

export type Resolved = { readonly plan: Plan; readonly filters: readonly SearchFilter[]; readonly asked: boolean };

export function nameOf(account: Account, user: UserId): string {
  return plainLabel(account.registers.profile(user)?.name ?? "");
}

type Named<T> = { readonly id: T; readonly words: readonly string[] };

/** Whether words stand in a row in a name; the last one may go on. */
function within(name: readonly string[], words: readonly string[]): boolean {
  return name.some((_, at) =>
    words.every((word, i) => (i === words.length - 1 ? name[at + i]?.startsWith(word) : name[at + i] === word)),
  );
}

/** Those of exactly this name; where there are none, those whose names hold it. */
function called<T>(all: readonly Named<T>[], value: string): T[] {
  const words = termsOf(value);
  if (words.length === 0) return [];
  const exact = all.filter((one) => one.words.join(" ") === words.join(" "));
  return (exact.length > 0 ? exact : all.filter((one) => within(one.words, words))).map(({ id }) => id);
}

/** The names of one account, folded once for a search. */
class Names {
  readonly #account: Account;
  readonly people: readonly Named<UserId>[];

  constructor(account: Account) {
    this.#account = account;
    this.people = [...account.state.users.keys()].map((id) => ({ id, words: termsOf(nameOf(account, id)) }));
  }

  persons(value: string): UserId[] {
    if (value.toLowerCase() === "me") return [this.#account.me];
    const id = parseId<"user">(value);
    return id !== undefined && this.#account.state.users.has(id) ? [id] : called(this.people, value);
  }

  isDm(channel: ChannelId): boolean {
    return this.#account.scopeState(channel)?.kind === "dm";
  }

  /** Channels by name, or direct messages by whom they are with. `#` and `@` say which. */
  channels({ value, source }: QueryFilter): ChannelId[] {
    const all = this.#account.channels();
    const id = parseId<"channel">(value);
    if (id !== undefined && all.includes(id)) return [id];
    const open = all
      .filter((channel) => !this.isDm(channel))
      .map((one) => ({ id: one, words: termsOf(plainLabel(this.#account.registers.channel(one)?.name ?? "")) }));
    const named = source.includes("@") ? [] : called(open, value);
    if (named.length > 0 || source.includes("#")) return named;
    const people = new Set(this.persons(value));
    return all.filter((channel) => this.isDm(channel) && this.#others(channel).some((user) => people.has(user)));
  }

  #others(channel: ChannelId): UserId[] {
    const { me } = this.#account;
    const named = [...(this.#account.scopeState(channel)?.named.keys() ?? [])];
    return named.length === 1 ? named : named.filter((user) => user !== me);
  }

  /** Terms of mentions of people whose names hold these words. */
  mentions(words: readonly string[]): string[] {
    return this.people.filter((person) => within(person.words, words)).map(({ id }) => mentionTerm(id));
  }
}

const HAS: Readonly<Record<string, number>> = {
  file: FLAGS.file,
  files: FLAGS.file,
  link: FLAGS.link,
  links: FLAGS.link,
  image: FLAGS.image,
  images: FLAGS.image,
  reaction: FLAGS.reaction,
  reactions: FLAGS.reaction,
};

type Bounds = {
  channels: Set<string>;
  authors: Set<string> | null;
  since: number;
  until: number;
  flags: number;
  events: { readonly channel: ChannelId; readonly id: EventId }[] | null;
};

function both<T>(held: T[] | null, more: T[], same: (a: T, b: T) => boolean): T[] {
  return held === null ? more : held.filter((one) => more.some((other) => same(one, other)));
}

/** What `is:` asks for; false for what it knows nothing of. */
function narrow(account: Account, names: Names, bounds: Bounds, value: string): boolean {
  const { registers } = account;
  const keep = (more: { channel: ChannelId; id: EventId }[]) => {
    bounds.events = both(bounds.events, more, (a, b) => a.id === b.id && a.channel === b.channel);
  };
  if (value === "thread") bounds.flags |= FLAGS.thread;
  else if (value === "dm")
    bounds.channels = new Set(account.channels().filter((one) => bounds.channels.has(one) && names.isDm(one)));
  else if (value === "saved")
    keep(
      registers
        .all("later")
        .flatMap(({ channel, event, state }) =>
          channel === null || event === null || state === "gone" ? [] : [{ channel, id: event }],
        ),
    );
  else if (value === "pinned")
    keep(registers.all("pin").flatMap(({ channel, target, on }) => (on ? [{ channel, id: target.id }] : [])));
  else return false;
  return true;
}

function applied(
  { operator, value, source }: QueryFilter,
  over: Pick<SearchFilter, "known"> & Partial<SearchFilter>,
): SearchFilter {
  return { operator, value, source, people: [], channels: [], span: null, ...over };
}

/** Narrows the bounds by everything but `from:` and `in:`, of which several widen each other. */
function apply(
  account: Account,
  names: Names,
  bounds: Bounds,
  filter: QueryFilter,
  span: Span | undefined,
): SearchFilter {
  const value = filter.value.toLowerCase();
  if (filter.operator === "has") {
    const flag = Object.hasOwn(HAS, value) ? (HAS[value] as number) : 0;
    bounds.flags |= flag;
    return applied(filter, { known: flag !== 0 });
  }
  if (filter.operator === "is") return applied(filter, { known: narrow(account, names, bounds, value) });
  if (span === undefined) return applied(filter, { known: false });
  if (filter.operator === "before") bounds.until = Math.min(bounds.until, span.since);
  else if (filter.operator === "after") bounds.since = Math.max(bounds.since, span.until);
  else {
    bounds.since = Math.max(bounds.since, span.since);
    bounds.until = Math.min(bounds.until, span.until);
  }
  return applied(filter, { known: true, span });
}

function filtersOf(
  account: Account,
  names: Names,
  bounds: Bounds,
  filters: readonly QueryFilter[],
  dates: Readonly<Record<string, Span>>,
): SearchFilter[] {
  const authors = new Set<string>();
  const channels = new Set<string>();
  const heard = filters.map((filter) => {
    if (filter.operator === "from") {
      const people = names.persons(filter.value);
      for (const user of people) authors.add(user);
      return applied(filter, { known: people.length > 0, people });
    }
    if (filter.operator === "in") {
      const found = names.channels(filter);
      for (const channel of found) channels.add(channel);
      return applied(filter, { known: found.length > 0, channels: found });
    }
    return apply(account, names, bounds, filter, Object.hasOwn(dates, filter.value) ? dates[filter.value] : undefined);
  });
  if (filters.some(({ operator }) => operator === "from")) bounds.authors = authors;
  if (filters.some(({ operator }) => operator === "in"))
    bounds.channels = new Set([...bounds.channels].filter((channel) => channels.has(channel)));
  return heard;
}

/** Where a message lies that is in the index and not stored here. */
export type PlaceOf = (channel: ChannelId, id: EventId) => Promise<number | undefined>;

/** By channel, where the events lie that alone may be found. */
async function placesOf(
  account: Account,
  events: NonNullable<Bounds["events"]>,
  taken: PlaceOf,
): Promise<Map<string, Set<number>>> {
  const places = new Map<string, Set<number>>();
  for (const { channel, id } of events) {
    const entry = await account.vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
    const pos = entry?.p ?? (await taken(channel, id));
    if (pos === undefined) continue;
    const held = places.get(channel) ?? new Set<number>();
    places.set(channel, held.add(pos));
  }
  return places;
}

/** Filters that name nobody and nothing find nothing: what is shown is never more than what was asked for. */
export async function resolve(
  account: Account,
  text: string,
  dates: Readonly<Record<string, Span>>,
  taken: PlaceOf,
): Promise<Resolved> {
  const query = parseQuery(text);
  const names = new Names(account);
  const bounds: Bounds = {
    channels: new Set(account.channels()),
    authors: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    flags: 0,
    events: null,
  };
  const filters = filtersOf(account, names, bounds, query.filters, dates);
  if (filters.some(({ known }) => !known)) bounds.channels = new Set();
  const clauses = query.terms.map(
    ({ words, exact }): Clause => ({ words, open: !exact, also: exact ? [] : names.mentions(words) }),
  );
  const { channels, authors, since, until, flags, events } = bounds;
  const places = events === null ? null : await placesOf(account, events, taken);
  return {
    plan: { clauses, channels, authors, since, until, flags, places },
    filters,
    asked: clauses.length + filters.length > 0,
  };
}
