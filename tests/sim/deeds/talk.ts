// What people do most: write, change what they wrote, take it back, read.
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Said, Stage } from "@/tests/sim/world/stage.ts";
import { type Deed, others, pickFrom, someone, writable } from "./deed.ts";

/** Notes what somebody is about to say, then says it. */
async function speak(stage: Stage, seat: Seat, channel: Said["channel"], file: Uint8Array | null): Promise<void> {
  const account = stage.accountOf(seat);
  const text = `${seat.device.name} ${stage.said.size}`;
  const said: Said = { channel, by: seat, user: account.me, texts: [text], kept: false, deleted: false, file };
  stage.said.set(text, said);
  const input = { name: `${text}.bin`, type: "application/octet-stream", source: file };
  const files = file === null ? [] : [{ ...input, width: null, height: null, thumbnail: null }];
  await seat.device.running.sendMessage({ ws: stage.ws, channel, text, files });
  said.kept = true;
}

const say: Deed = {
  name: "say",
  weight: 34,
  start: (stage) => {
    const seat = someone(stage, (_, account) => writable(account).length > 0);
    return seat === null ? null : speak(stage, seat, stage.dice.pick(writable(stage.accountOf(seat))), null);
  },
};

const file: Deed = {
  name: "file",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, (_, account) => writable(account).length > 0);
    if (seat === null) return null;
    const bytes = Uint8Array.from({ length: 1 + stage.dice.below(3000) }, () => stage.dice.below(256));
    return speak(stage, seat, stage.dice.pick(writable(stage.accountOf(seat))), bytes);
  },
};

/** A message of this person's that this device holds and that nobody took back. */
function ownMessage(stage: Stage, seat: Seat): { record: EventRecord; said: Said } | null {
  const account = stage.accountOf(seat);
  const found = writable(account).flatMap((channel) =>
    account.log.records(channel).flatMap((record) => {
      const text = record.content?.k === "message" ? record.content.text : "";
      const said = stage.said.get(text);
      return record.user === account.me && said !== undefined && !said.deleted ? [{ record, said }] : [];
    }),
  );
  return pickFrom(stage.dice, found);
}

const edit: Deed = {
  name: "edit",
  weight: 6,
  start: (stage) => {
    const seat = someone(stage);
    const mine = seat === null ? null : ownMessage(stage, seat);
    if (seat === null || mine === null) return null;
    const text = `${mine.said.texts[0]} edit ${stage.operations}`;
    mine.said.texts.push(text);
    const { channel, id } = mine.record;
    return seat.device.running.editMessage({ ws: stage.ws, channel, id, text });
  },
};

const erase: Deed = {
  name: "erase",
  weight: 3,
  start: (stage) => {
    const seat = someone(stage);
    const mine = seat === null ? null : ownMessage(stage, seat);
    if (seat === null || mine === null) return null;
    mine.said.deleted = true;
    const { channel, id } = mine.record;
    return seat.device.running.deleteMessage({ ws: stage.ws, channel, id });
  },
};

const react: Deed = {
  name: "react",
  weight: 3,
  start: (stage) => {
    const seat = someone(stage);
    if (seat === null) return null;
    const account = stage.accountOf(seat);
    const found = writable(account).flatMap((channel) =>
      account.log.records(channel).filter(({ content, status }) => status === "opened" && content?.k === "message"),
    );
    const record = pickFrom(stage.dice, found);
    if (record === null) return null;
    const { channel, id } = record;
    const input = { channel, id, emoji: stage.dice.pick(["👍", "🎉"]), on: stage.dice.chance(0.7) };
    return seat.device.running.react({ ws: stage.ws, ...input });
  },
};

const read: Deed = {
  name: "read",
  weight: 5,
  start: (stage) => {
    const seat = someone(stage);
    const channel = seat === null ? null : pickFrom(stage.dice, stage.accountOf(seat).channels());
    return seat === null || channel === null ? null : seat.device.running.markRead({ ws: stage.ws, channel });
  },
};

/** Opens a channel, as a screen does: only then is it kept in mind, and edits of it are possible. */
const look: Deed = {
  name: "look",
  weight: 6,
  start: (stage) => {
    const seat = someone(stage);
    const channel = seat === null ? null : pickFrom(stage.dice, stage.accountOf(seat).channels());
    return seat === null || channel === null ? null : stage.accountOf(seat).open(channel);
  },
};

const older: Deed = {
  name: "load older",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage);
    const channel = seat === null ? null : pickFrom(stage.dice, stage.accountOf(seat).channels());
    return seat === null || channel === null ? null : seat.device.running.loadOlder({ ws: stage.ws, channel });
  },
};

const profile: Deed = {
  name: "profile",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage);
    if (seat === null) return null;
    const name = `${seat.person.name} ${stage.operations}`;
    return seat.device.running.setProfile({ ws: stage.ws, name, title: "", avatar: null });
  },
};

const dm: Deed = {
  name: "direct message",
  weight: 3,
  start: (stage) => {
    const seat = someone(stage, (_, account) => others(account).length > 0);
    if (seat === null) return null;
    const account = stage.accountOf(seat);
    const users = [stage.dice.pick(others(account))];
    if (stage.dice.chance(0.3)) users.push(stage.dice.pick(others(account)));
    return seat.device.running
      .startDm({ ws: stage.ws, users })
      .then(({ channel }) => speak(stage, seat, channel, null));
  },
};

export const TALK: readonly Deed[] = [say, file, edit, erase, react, read, look, older, profile, dm];
