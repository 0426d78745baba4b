// Uses a server as a small team would for a day, with a canary in every field that a person can fill.

import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileInput } from "@/lib/client/api/daily/files.ts";
import type { MessageItem, Picture, SnapshotOf, Topic } from "@/lib/client/api.ts";
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import { nodePorts } from "@/lib/platform/node/ports.ts";
import type { Aviary } from "./canaries.ts";
import type { Tap } from "./wire.ts";

const PATIENCE_MS = 60_000;

type Person = {
  readonly engine: Engine;
  readonly ws: WorkspaceId;
  readonly me: string;
};
export type Stage = {
  readonly origin: string;
  readonly setupFragment: string;
  readonly folder: string;
  readonly tap: Tap;
  readonly aviary: Aviary;
  /** what ends each engine, also after a failure */
  readonly leave: (() => Promise<void>)[];
};

async function until<T extends Topic>(
  engine: Engine,
  topic: T,
  is: (snapshot: SnapshotOf<T>) => boolean,
): Promise<SnapshotOf<T>> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault("net/timeout", { detail: topic })), PATIENCE_MS);
    const end = engine.subscribe(topic, (snapshot) => {
      if (!is(snapshot)) return;
      clearTimeout(timer);
      queueMicrotask(() => end());
      resolve(snapshot);
    });
  });
}

async function delivered(person: Person, channel: ChannelId, is: (item: MessageItem) => boolean): Promise<MessageItem> {
  const matches = (item: { t: string }): item is MessageItem => item.t === "message" && is(item as MessageItem);
  const view = await until(person.engine, `timeline:${person.ws}:${channel}`, ({ items }) => items.some(matches));
  const found = view.items.find(matches);
  if (found === undefined) throw new Fault("event/unknown-target");
  return found;
}

async function settled(person: Person): Promise<void> {
  await until(
    person.engine,
    `workspace:${person.ws}`,
    ({ connection, outbox }) => connection === "online" && outbox === 0,
  );
}

/** Bytes of a picture, with a word inside as a file's comment would have it. */
function picture(word: string): Picture {
  return {
    type: "image/png",
    width: 8,
    height: 8,
    bytes: new Uint8Array(Buffer.concat([randomBytes(200), Buffer.from(word), randomBytes(50)])),
  };
}

function fileInput(aviary: Aviary): FileInput {
  const content = Buffer.concat([
    randomBytes(70_000),
    Buffer.from(aviary.plant("file content")),
    Buffer.from(aviary.plant("place in a picture")),
    Buffer.alloc(40_000),
  ]);
  return {
    name: `${aviary.plant("file name")}.txt`,
    type: `text/${aviary.plant("file type")}`,
    source: new Uint8Array(content),
    width: 8,
    height: 8,
    thumbnail: picture(aviary.plant("file thumbnail")),
  };
}

async function enter(stage: Stage, folder: string): Promise<Omit<Person, "ws" | "me">> {
  mkdirSync(join(stage.folder, folder), { recursive: true, mode: 0o700 });
  mkdirSync(join(stage.folder, `${folder}-downloads`), { recursive: true });
  const ports = nodePorts({
    folder: join(stage.folder, folder),
    origin: stage.origin,
    downloads: join(stage.folder, `${folder}-downloads`),
  });
  const engine = await createEngine({ ...ports, transport: stage.tap.transport(stage.origin) });
  stage.leave.push(async () => {
    await engine.stop();
    ports.close();
  });
  return { engine };
}

async function found(stage: Stage): Promise<Person & { readonly words: string }> {
  const { aviary } = stage;
  const entered = await enter(stage, "founder");
  const { ws } = await entered.engine.createWorkspace({
    fragment: stage.setupFragment,
    workspace: aviary.plant("workspace name"),
    name: aviary.plant("founder’s name"),
  });
  const view = await until(
    entered.engine,
    `workspace:${ws}`,
    ({ connection, outbox }) => connection === "online" && outbox === 0,
  );
  const words = (await entered.engine.recoveryWords({ ws })) ?? [];
  aviary.note("recovery code", words.slice(0, 4).join(" "));
  aviary.note("recovery code (last words)", words.slice(-4).join(" "));
  await entered.engine.confirmRecovery({
    ws,
    answers: [0, 9, 23].map((index) => ({ index, word: words[index] ?? "" })),
  });
  return { ...entered, ws, me: view.me.id, words: words.join(" ") };
}

/** A circle, and one who asks a helper of it: names and the code's key go through letters that the server keeps (D6). */
async function askCircle(stage: Stage, owner: Person & { readonly words: string }, helpers: Person[]): Promise<void> {
  const { ws, me, words } = owner;
  const users = helpers.map((one) => one.me as never);
  await owner.engine.setCircle({ ws, words, helpers: users, threshold: helpers.length });
  const { engine } = await enter(stage, "lost");
  await engine.startAsk({});
  const { asks } = await until(engine, "regaining", (view) => view.asks.length > 0);
  const [helper] = helpers;
  const code = asks[0]?.code ?? "";
  stage.aviary.note("circle code", code.replaceAll(" ", ""));
  if (helper === undefined) return;
  await until(helper.engine, `circle:${ws}`, ({ helpOf }) => helpOf.length > 0);
  await helper.engine.inspectAsk({ ws, code });
  await helper.engine.acceptAsk({ ws, user: me as never });
  await until(helper.engine, `circle:${ws}`, ({ helping }) => helping.some(({ begun }) => begun));
}

async function welcome(stage: Stage, by: Person, folder: string): Promise<Person> {
  const { aviary } = stage;
  const { link } = await by.engine.createInvite({
    ws: by.ws,
    label: aviary.plant("invite label"),
    maxUses: 2,
    hours: 5,
  });
  aviary.note("invite secret", link.split(".").at(-1) ?? "");
  const entered = await enter(stage, folder);
  await entered.engine.inspectInvite({ fragment: `#${link.split("#")[1]}` });
  const { ws } = await entered.engine.joinWorkspace({
    fragment: `#${link.split("#")[1]}`,
    name: aviary.plant("newcomer’s name"),
    avatar: null,
  });
  const view = await until(
    entered.engine,
    `workspace:${ws}`,
    ({ connection, outbox, people }) =>
      connection === "online" && outbox === 0 && people.every((one) => one.name !== ""),
  );
  return { ...entered, ws, me: view.me.id };
}

/** What a channel is for, its bookmarks, and where it stands in one's own list. */
async function furnish({ engine, ws }: Person, channel: ChannelId, aviary: Aviary): Promise<void> {
  await engine.describeChannel({ ws, channel, text: aviary.plant("channel description") });
  const url = `https://example.org/${aviary.plant("bookmark address")}`;
  await engine.setBookmark({ ws, channel, id: null, title: aviary.plant("bookmark name"), url });
  await engine.setSections({ ws, sections: [{ id: null, name: aviary.plant("section name") }] });
  await engine.setRetention({ ws, channel, days: 365 });
}

async function makePlaces(stage: Stage, ana: Person, ben: Person, cleo: Person) {
  const { aviary } = stage;
  const { ws } = ana;
  const general =
    (await until(ana.engine, `workspace:${ws}`, ({ channels }) => channels.length > 0)).channels[0]?.id ??
    ("" as ChannelId);
  const open = {
    ws,
    kind: "public",
    name: aviary.plant("channel name"),
    topic: aviary.plant("channel topic"),
    history: "full",
    members: [],
  } as const;
  const { channel } = await ana.engine.createChannel(open);
  await ana.engine.renameChannel({
    ws,
    channel,
    name: aviary.plant("channel renamed"),
    topic: aviary.plant("topic changed"),
  });
  const shut = {
    ws,
    kind: "private",
    name: aviary.plant("private channel name"),
    topic: aviary.plant("private channel topic"),
    history: "since-join",
    members: [ben.me],
  } as const;
  const { channel: secret } = await ana.engine.createChannel(shut as never);
  await ana.engine.addMember({ ws, channel: secret, user: cleo.me as never });
  await ana.engine.renameChannel({ ws, channel: secret, name: aviary.plant("private channel renamed"), topic: "" });
  await furnish(ana, secret, aviary);
  const { channel: dm } = await ana.engine.startDm({ ws, users: [ben.me as never] });
  const { channel: group } = await ben.engine.startDm({ ws, users: [ana.me as never, cleo.me as never] });
  return { general, channel, secret, dm, group };
}

async function talk(
  stage: Stage,
  ana: Person,
  ben: Person,
  places: Record<"general" | "channel" | "secret" | "dm" | "group", ChannelId>,
): Promise<void> {
  const { aviary } = stage;
  const say = async (
    person: Person,
    channel: ChannelId,
    field: string,
    frame: (word: string) => string = (word) => word,
  ) => {
    const { id } = await person.engine.sendMessage({
      ws: person.ws,
      channel,
      text: frame(aviary.plant(field)),
      files: [],
    });
    return await delivered(person, channel, (item) => item.id === id && item.state === "delivered");
  };
  await say(ana, places.general, "message in #general");
  await say(ana, places.channel, "message in a public channel");
  await say(ana, places.secret, "message in a private channel");
  await say(ana, places.dm, "direct message");
  await say(ben, places.group, "group direct message");
  await say(ana, places.general, "code block", (word) => `\`\`\`js\nconst ${word} = 1;\n\`\`\``);
  await say(ana, places.general, "link address", (word) => `https://example.org/${word}`);
  await say(ana, places.general, "mention’s text", (word) => `<@${ben.me}> ${word}`);
  await say(ana, places.general, "long message", (word) => `${word} `.repeat(4000));
  await say(ana, places.general, "message in other letters", (word) => `日本語 עברית ${word} 👩‍🚀`);
  const edited = await say(ana, places.general, "text before an edit");
  await ana.engine.editMessage({
    ws: ana.ws,
    channel: places.general,
    id: edited.id,
    text: aviary.plant("text after an edit"),
  });
  await delivered(ana, places.general, (item) => item.id === edited.id && item.edited);
  const deleted = await say(ben, places.general, "deleted message");
  await ben.engine.deleteMessage({ ws: ben.ws, channel: places.general, id: deleted.id });
  await ana.engine.saveDraft({ ws: ana.ws, channel: places.general, text: aviary.plant("draft") });
  await ana.engine.search({ ws: ana.ws, query: aviary.plant("words searched for") });
  await ana.engine.search({ ws: ana.ws, query: `from:${aviary.plant("name searched for")}` });
}

/** Answers in a thread and reactions: an emoji of one's own has a name that somebody made up. */
async function answer(stage: Stage, ana: Person, ben: Person, channel: ChannelId): Promise<void> {
  const { aviary } = stage;
  const { ws } = ana;
  const { id: root } = await ana.engine.sendMessage({ ws, channel, text: aviary.plant("thread’s root"), files: [] });
  await delivered(ben, channel, (item) => item.id === root);
  const text = aviary.plant("answer in a thread");
  await ben.engine.sendMessage({ ws, channel, text, files: [], thread: root });
  const also = aviary.plant("answer sent to the channel too");
  await ben.engine.sendMessage({ ws, channel, text: also, files: [], thread: root, also: true });
  await until(ana.engine, `thread:${ws}:${channel}:${root}`, ({ count }) => count === 2);
  const name = `k${randomBytes(10).toString("hex")}`;
  aviary.note("reaction", name);
  await ana.engine.react({ ws, channel, id: root, emoji: `:${name}:`, on: true });
  await delivered(ben, channel, (item) => item.id === root && item.reactions.length > 0);
  await ana.engine.saveDraft({ ws, channel, text: aviary.plant("draft in a thread"), thread: root });
  await ana.engine.followThread({ ws, channel, root, on: false });
}

async function shareFiles(stage: Stage, ana: Person, ben: Person, channel: ChannelId): Promise<void> {
  const { aviary } = stage;
  const text = aviary.plant("text with a file");
  await ana.engine.sendMessage({ ws: ana.ws, channel, text, files: [fileInput(aviary), fileInput(aviary)] });
  const ready = (item: MessageItem) =>
    item.text === text && item.files.length === 2 && item.files.every((file) => file.state === "ready");
  const item = await delivered(ben, channel, ready);
  for (const file of item.files) await ben.engine.downloadFile({ ws: ben.ws, channel, id: file.id });
  await ben.engine.inspectEvent({ ws: ben.ws, channel, id: item.id });
}

/** What a person keeps for himself, and says of himself for a while: notes, drafts, times, a status. */
async function keepThings({ aviary }: Stage, { engine, ws }: Person, channel: ChannelId): Promise<void> {
  const soon = Date.now() + 3_600_000;
  await engine.remind({ ws, text: aviary.plant("note for later"), at: soon });
  const text = aviary.plant("message for later");
  const { event } = await engine.scheduleMessage({ ws, channel, thread: null, text, at: soon });
  await engine.changeScheduled({ ws, event, text: aviary.plant("message for later, changed") });
  await engine.setStatus({ ws, emoji: "🥐", text: aviary.plant("status"), until: soon });
  await engine.setPreference({ ws, key: "theme", value: aviary.plant("choice") });
  const words = [aviary.plant("word that calls")];
  const { all } = await until(engine, `notify:${ws}`, () => true);
  await engine.chooseNotify({ ws, setting: { ...all, words } });
  // It rests for a moment before it is sealed.
  await until(
    engine,
    `workspace:${ws}`,
    () => engine.accounts.get(ws)?.registers.value("draft", channel) !== undefined,
  );
}

/** Questions, answers, quotes with comments, forwards, pins and voice: more words, in more kinds of event. */
async function converse(stage: Stage, ana: Person, ben: Person, from: ChannelId, to: ChannelId): Promise<void> {
  const { aviary } = stage;
  const { ws } = ana;
  const question = aviary.plant("poll question");
  const options = [aviary.plant("poll answer"), aviary.plant("second poll answer")];
  const { id: poll } = await ana.engine.createPoll({ ws, channel: from, thread: null, question, options, many: true });
  await delivered(ben, from, (item) => item.id === poll);
  await ben.engine.votePoll({ ws, channel: from, id: poll, choices: [0, 1] });
  await delivered(ana, from, (item) => item.id === poll && item.poll?.voters === 1);
  await ana.engine.endPoll({ ws, channel: from, id: poll, on: true });
  await ana.engine.pinMessage({ ws, channel: from, id: poll, on: true });
  const words = aviary.plant("quoted words");
  const { id } = await ana.engine.sendMessage({ ws, channel: from, text: words, files: [] });
  await delivered(ben, from, (item) => item.id === id);
  const reply = { ws, channel: from, text: aviary.plant("reply to a quote"), files: [], quote: { channel: from, id } };
  await ben.engine.sendMessage(reply);
  const voice = {
    name: `${aviary.plant("voice file name")}.webm`,
    type: "audio/webm",
    source: new Uint8Array(Buffer.concat([randomBytes(9000), Buffer.from(aviary.plant("voice sound"))])),
    width: null,
    height: null,
    thumbnail: null,
    voice: { ms: 4000, peaks: new Uint8Array(Buffer.from(aviary.plant("voice picture"))) },
  };
  const { id: spoken } = await ana.engine.sendMessage({ ws, channel: from, text: "", files: [voice] });
  await delivered(ben, from, (item) => item.id === spoken && item.files[0]?.state === "ready");
  await ben.engine.forwardMessage({ ws, channel: from, id: spoken, to, text: aviary.plant("comment on a forward") });
}

/** What a device leaves of its search index for those to come: every word of every message is in it. */
async function leaveIndex({ aviary }: Stage, { engine, ws }: Person, channel: ChannelId): Promise<void> {
  const text = aviary.plant("word of a search index");
  await engine.sendMessage({ ws, channel, text, files: [] });
  await settled({ engine, ws, me: "" });
  await engine.finding(ws).share("leave");
}

/** The whole day. Rejects when anything a person would do fails. */
export async function drive(stage: Stage): Promise<void> {
  const { aviary } = stage;
  const ana = await found(stage);
  const ben = await welcome(stage, ana, "second");
  const cleo = await welcome(stage, ana, "third");
  const places = await makePlaces(stage, ana, ben, cleo);
  for (const channel of [places.secret, places.dm])
    await until(ben.engine, `workspace:${ben.ws}`, ({ channels }) => channels.some((one) => one.id === channel));
  await talk(stage, ana, ben, places);
  await answer(stage, ana, ben, places.general);
  await shareFiles(stage, ana, ben, places.secret);
  await converse(stage, ana, ben, places.general, places.dm);
  await ana.engine.setProfile({
    ws: ana.ws,
    name: aviary.plant("changed name"),
    title: aviary.plant("profile title"),
    avatar: picture(aviary.plant("avatar")),
    pronouns: aviary.plant("pronouns"),
    zone: "Europe/Lisbon",
  });
  await keepThings(stage, ana, places.general);
  const emoji = aviary.plant("emoji name").toLowerCase();
  aviary.note("emoji name in small letters", emoji);
  await ana.engine.addEmoji({ ws: ana.ws, name: emoji, picture: picture(aviary.plant("emoji picture")) });
  await until(ben.engine, `emoji:${ben.ws}`, (view) => view.emoji.some((one) => one.name === emoji));
  await ana.engine.renameWorkspace({ ws: ana.ws, name: aviary.plant("workspace renamed") });
  await ben.engine.leaveChannel({ ws: ben.ws, channel: places.channel });
  await ben.engine.markRead({ ws: ben.ws, channel: places.general });
  await ana.engine.removeMember({ ws: ana.ws, channel: places.secret, user: cleo.me as never });
  await ana.engine.sendMessage({
    ws: ana.ws,
    channel: places.secret,
    text: aviary.plant("message after a removal"),
    files: [],
  });
  await leaveIndex(stage, ana, places.general);
  await askCircle(stage, ana, [ben, cleo]);
  for (const person of [ana, ben, cleo]) await settled(person);
}
