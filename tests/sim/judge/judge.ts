// The invariants of PROTOCOL.md section 9 that a run can touch, asked of every device at its end.
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { timelineView } from "@/lib/client/view/timeline.ts";
import { isScopeMember, scopeOfChannel } from "@/lib/proof/queries.ts";
import type { LedgerState, ScopeState } from "@/lib/proof/state.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import { judgeKeys } from "./keys.ts";
import { epochsOnceRead, gist, type Row, readableEpochs, readableGenerations, rowsOf, truthOf } from "./truth.ts";

/** Everything of a channel that a device holds, after it was asked to load all of it. */
async function loadAll(stage: Stage, seat: Seat, channel: ChannelId): Promise<readonly EventRecord[]> {
  const account = stage.accountOf(seat);
  await stage.goOn(seat, "opening", account.open(channel));
  for (let i = 0; i < 50 && (await stage.goOn(seat, "older", account.older(channel))) === true; i += 1);
  await stage.time.run(1000);
  return await account.log.since(channel, 0);
}

/** Folds agree: head, people, devices, keys, and every scope that this person is in. */
function judgeFold(stage: Stage, truth: LedgerState, seat: Seat): void {
  const { state, me } = stage.accountOf(seat);
  const mine = [...truth.scopes.keys()].filter((id) => readableEpochs(truth, scopeOf(truth, id), me).size > 0);
  if (gist(state, me, mine) !== gist(truth, me, mine)) stage.wrong(seat, `${seat.device.name} folds another ledger`);
}

function scopeOf(state: LedgerState, id: ScopeId | undefined): ScopeState {
  const scope = id === undefined ? undefined : state.scopes.get(id);
  if (scope === undefined) throw new TypeError(`no scope ${id}`);
  return scope;
}

/** Every row of a channel, on one device: opened where its person is entitled, shut where not, and true to its author. */
async function judgeChannel(
  stage: Stage,
  truth: LedgerState,
  seat: Seat,
  channel: ChannelId,
  rows: readonly Row[],
): Promise<void> {
  const { me, selfChannel } = stage.accountOf(seat);
  const self = channel === selfChannel;
  const scope = scopeOfChannel(truth, channel);
  const short = channel.slice(0, 5);
  // Who was led into a fork may have made it there.
  if (!self && scope === null) return stage.wrong(seat, `${seat.device.name} holds ${short}, which nobody made`);
  const epochs = self ? readableGenerations(truth, me) : readableEpochs(truth, scopeOf(truth, scope ?? undefined), me);
  // Who is kept from the ledger may not know that he is out, and goes on showing what he read while he was in; and who came
  // back with new keys may be given those of his time before by whoever has them (E5, E7).
  const led = (stage.victims.has(seat) || (truth.users.get(me)?.rekeyedAt.length ?? 0) > 0) && !self;
  const once = led ? epochsOnceRead(truth, scopeOf(truth, scope ?? undefined), me) : epochs;
  const held = await loadAll(stage, seat, channel);
  const byId = new Map(held.map((record) => [record.id, record]));
  const kind = self ? "self" : truth.scopes.get(scope ?? ("" as never))?.kind;
  const name = `${seat.device.name} in ${kind} ${short}`;
  const astray = new Set<string | null>([...stage.victims].map(({ person }) => person.user));
  for (const row of rows) {
    const { status, code, user } = byId.get(row.id) ?? { status: "absent", code: null, user: null };
    if (status === "refused" && isExpected(stage, { id: row.id, code, user })) continue;
    // It states a place that only an author's ledger has who was led astray: nobody can judge it before theirs is as long (L9).
    if (status === "waiting" && stage.parted && astray.has(user)) continue;
    const shown = status === "opened" || status === "gone";
    const by = [...stage.seats].find((one) => one.person.user === user)?.device.name ?? "nobody known";
    const place = `${row.id.slice(0, 5)} at ${row.pos}, epoch ${row.epoch}, by ${by}`;
    if (epochs.has(row.epoch) && !shown) stage.wrong(seat, `${name} cannot read ${place}: ${status} ${code ?? ""}`);
    if (!once.has(row.epoch) && !epochs.has(row.epoch) && status === "opened")
      stage.fault(`${name} reads ${place} without a right`);
  }
  if (!self) judgeEpochs(stage, truth, scopeOf(truth, scope ?? undefined), name, held);
  judgeTexts(stage, seat, name, held);
}

/** Nothing is believed under a key that somebody had who was out by then, or whose device was (E4). */
function judgeEpochs(
  stage: Stage,
  truth: LedgerState,
  scope: ScopeState,
  name: string,
  held: readonly EventRecord[],
): void {
  const asked = new Set<string>();
  for (const { status, epoch, n } of held) {
    const link = scope.epochs[epoch - 1];
    const place = `${epoch} ${n}`;
    if (status !== "opened" || link === undefined || n > truth.n || asked.has(place)) continue;
    asked.add(place);
    for (const user of truth.users.values()) {
      if (!isScopeMember(truth, scope, user.id, link.n - 1)) continue;
      const gone = [...user.devices.values()].some(
        ({ revokedAt }) => revokedAt !== null && revokedAt >= link.n && revokedAt <= n,
      );
      if (gone || !isScopeMember(truth, scope, user.id, n))
        stage.fault(`${name} believes what came under epoch ${epoch} at ${n}, which one who was out could read`);
    }
  }
}

/** Refused as it must be: what a hostile member signed, or what brings back another history, one that its author has left since. */
function isExpected(stage: Stage, { id, code, user }: Pick<EventRecord, "id" | "code" | "user">): boolean {
  const left = code === "proof/fork" && [...stage.crossed].some(({ person }) => person.user === user);
  return left || stage.fouls.has(id) || stage.allowed.has(code ?? "");
}

function judgeTexts(stage: Stage, seat: Seat, name: string, held: readonly EventRecord[]): void {
  const seen = new Set<string>();
  for (const record of held) {
    const { status, content, user, code, id, channel } = record;
    if (status === "refused" && !isExpected(stage, record))
      stage.wrong(seat, `${name} refused ${id.slice(0, 5)}: ${code}`);
    if (status !== "opened" || content?.k !== "message" || seat === stage.villain) continue;
    const said = stage.said.get(content.text);
    const own = said?.channel === channel && said.user === user;
    if (!own && (user === null || stage.slipped.get(content.text) !== user))
      stage.fault(`${name} believes what nobody said: ${content.text}`);
    if (seen.has(content.text)) stage.fault(`${name} has twice: ${content.text}`);
    seen.add(content.text);
  }
}

/** Devices whose people may read the same of a channel show the same of it: texts by message. */
function judgeScreens(
  stage: Stage,
  truth: LedgerState,
  channel: ChannelId,
  seats: readonly Seat[],
): Map<string, string> {
  const all = new Map<string, string>();
  const groups = new Map<string, Map<string, string>>();
  const scope = truth.scopes.get(scopeOfChannel(truth, channel) ?? ("" as ScopeId));
  for (const seat of seats) {
    const account = stage.accountOf(seat);
    const reads = scope === undefined ? "all" : [...readableEpochs(truth, scope, account.me)].sort().join(" ");
    const shown = groups.get(reads) ?? new Map<string, string>();
    groups.set(reads, shown);
    for (const item of timelineView(account, channel).items) {
      if (item.t !== "message") continue;
      all.set(item.id, item.deleted ? "(deleted)" : item.text);
      // What did not go out is shown to its author alone, until he tries again or lets it be.
      if (item.fault !== null) continue;
      const now = item.deleted ? "(deleted)" : `${item.text}${reactionsOf(item)}`;
      const before = shown.get(item.id) ?? now;
      if (before !== now) stage.wrong(seat, `${seat.device.name} shows ${now}, others ${before}`);
      judgeShown(stage, seat, channel, item);
      shown.set(item.id, now);
    }
  }
  return all;
}

/** Who holds to what, in words that two devices can be compared by. */
function reactionsOf({ reactions }: MessageItem): string {
  return reactions
    .map(({ emoji, users }) => ` ${emoji} ${[...users].sort().join(" ")}`)
    .sort()
    .join("");
}

/** What stands on a screen is what its author gave it, and gone only where he took it back (invariant 9). */
function judgeShown(stage: Stage, seat: Seat, channel: ChannelId, { id, text, deleted }: MessageItem): void {
  const content = stage.accountOf(seat).log.find(channel, id)?.content;
  const said = content?.k === "message" ? stage.said.get(content.text) : undefined;
  if (said === undefined || seat === stage.villain) return;
  if (deleted && !said.deleted) stage.fault(`${seat.device.name} takes for deleted: ${text}`);
  if (!deleted && !said.texts.includes(text))
    stage.fault(`${seat.device.name} shows what its author never wrote: ${text}`);
}

/** Nothing that a screen took is lost while its device lives and may still deliver it; nothing lies there twice. */
async function judgeSaid(stage: Stage, channel: ChannelId, shown: ReadonlyMap<string, string>): Promise<void> {
  const counts = new Map<string, number>();
  for (const text of shown.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const [text, count] of counts)
    if (count > 1 && text !== "(deleted)") stage.fault(`${count} times in ${channel.slice(0, 5)}: ${text}`);
  for (const said of stage.said.values()) {
    if (said.channel !== channel || !said.kept || said.deleted || said.texts.some((text) => counts.has(text))) continue;
    const { account, lost, device } = said.by;
    if (lost || account === undefined || !said.by.inside) continue;
    // Delivered, where he may read no more himself, and nobody is left who may.
    const own = await account.log.since(channel, 0);
    if (own.some(({ content }) => content?.k === "message" && content.text === said.texts[0])) continue;
    const mine = account.outbox.entries(channel);
    const stuck = mine.find(({ content }) => content.k === "message" && content.text === said.texts[0]);
    if (stuck === undefined) stage.wrong(said.by, `${device.name} lost: ${said.texts[0]}`);
    else if (stuck.failed === null && account.state.scopes.get(account.scopeOf(channel) ?? ("" as never)) !== undefined)
      stage.trace.say(device.name, "keeps unsent", said.texts[0] ?? "");
  }
}

/** Files that arrived are what their author gave, to the byte. */
async function judgeFiles(stage: Stage, seat: Seat, channel: ChannelId): Promise<void> {
  // A copy of the server's disk may lack what was laid there since: nobody keeps segments to give back.
  if (stage.restored > 0) return;
  // Just so what went to a fork of the server, which was then given up: its rows come back, its segments cannot.
  const strays = await stage.strayFiles();
  for (const record of stage.accountOf(seat).log.records(channel)) {
    const { content } = record;
    if (content?.k !== "file" || strays.has(content.file.blob)) continue;
    const of = stage.accountOf(seat).log.find(channel, content.of)?.content;
    const said = of?.k === "message" ? stage.said.get(of.text) : undefined;
    if (said === undefined || said.deleted) continue;
    const input = { ws: stage.ws, channel, id: record.id };
    const loaded = await stage.goOn(seat, "a download", seat.device.running.downloadFile(input));
    const data = loaded?.data ?? said.file;
    if (!(data instanceof Uint8Array) || said.file === null || Buffer.compare(data, said.file) !== 0)
      stage.fault(`${seat.device.name} gets other bytes of ${said.texts[0]}`);
  }
}

/** Whoever was honest among the honest is warned of nothing. */
function judgeNotices(stage: Stage): void {
  // To be warned of those who were led astray, or lead astray, is right.
  const odd = [...stage.victims, ...stage.crossed].map(({ person }) => person.user ?? "nobody");
  for (const seat of stage.seats) {
    if (stage.isAstray(seat)) continue;
    // Who is out hears no more of how a fall-back of the server ended.
    for (const { code, severity, detail } of seat.account?.notices ?? [])
      if (
        !stage.allowed.has(code) &&
        (seat.inside || code !== "proof/rollback") &&
        !odd.some((user) => detail.includes(user))
      )
        stage.fault(`${seat.device.name} was told ${severity} ${code} ${detail}`);
  }
}

export async function judge(stage: Stage): Promise<void> {
  const truth = truthOf(stage);
  // Those who were lied to are measured by the others.
  const seats = [...stage.inside].sort((a, b) => Number(stage.victims.has(a)) - Number(stage.victims.has(b)));
  for (const seat of seats) judgeFold(stage, truth, seat);
  const placesOf = (seat: Seat) => [...stage.accountOf(seat).channels(), ...stage.accountOf(seat).stateChannels()];
  const channels = new Set(seats.flatMap(placesOf));
  for (const channel of channels) {
    const rows = await rowsOf(stage, channel);
    const readers = seats.filter((seat) => placesOf(seat).includes(channel));
    for (const seat of readers) await judgeChannel(stage, truth, seat, channel, rows);
    const shown = judgeScreens(stage, truth, channel, readers);
    await judgeSaid(stage, channel, shown);
    for (const seat of readers) await judgeFiles(stage, seat, channel);
  }
  await judgeKeys(stage, truth, seats);
  judgeNotices(stage);
}
