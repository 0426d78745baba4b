// The frame's own small rules: which channel stands where and is next, what fits typed letters, names, whom one removes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pickPlaces } from "@/app/_enter/confirm-screen.tsx";
import { channelName } from "@/app/_frame/dialogs/channels/channel-name.ts";
import { matchName } from "@/app/_frame/dialogs/fuzzy.ts";
import { mayRemovePerson } from "@/app/_frame/parts/may-remove.ts";
import { firstChannel, listChannels, neighbour } from "@/app/_frame/workspace/channel-order.ts";
import { shortId } from "@/app/_frame/workspace/short-id.ts";
import { CHANNELS, DM_LUC, FRONT, idOf, PEOPLE, RIVER } from "@/tests/fixtures/riverbend.ts";

describe("the list of channels", () => {
  const lists = listChannels(CHANNELS, null);

  test("#general stands first, the rest by name; left and archived ones are out; DMs by the newest", () => {
    const names = lists.channels.map((one) => one.name);
    expect(names[0]).toBe("general");
    expect(names.slice(1)).toEqual([...names.slice(1)].sort());
    expect(names).not.toContain("election-night");
    expect(names).not.toContain("press-passes-2026");
    expect(lists.dms[0]?.id).toBe(DM_LUC);
  });

  test("an archived channel that is open stays in the list", () => {
    const open = idOf<"channel">("election-night");
    expect(listChannels(CHANNELS, open).channels.map((one) => one.id)).toContain(open);
  });

  test("a step goes round both lists; unread steps skip what is read", () => {
    const order = [...lists.channels, ...lists.dms];
    const last = order.at(-1)?.id ?? null;
    expect(neighbour(lists, last, 1, false)?.id).toBe(order[0]?.id);
    expect(neighbour(lists, order[0]?.id ?? null, -1, false)?.id).toBe(last);
    expect(neighbour(lists, FRONT, 1, true)?.name).toBe("legal");
    expect(neighbour(lists, null, 1, false)?.id).toBe(order[0]?.id);
    expect(neighbour({ channels: [], dms: [] }, null, 1, false)).toBeUndefined();
  });

  test("one lands where one was, else in #general", () => {
    expect(firstChannel(CHANNELS, RIVER)?.id).toBe(RIVER);
    expect(firstChannel(CHANNELS, idOf("gone"))?.name).toBe("general");
  });
});

describe("what fits typed letters", () => {
  test("the beginning is better than the beginning of a word, that than the middle, that than scattered letters", () => {
    const scores = ["print", "water-print", "blueprint", "p-r-i-n-t"].map(
      (name) => matchName(name, "print")?.score ?? -1,
    );
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
    expect(matchName("general", "xyz")).toBeNull();
  });

  test("accents and capitals do not matter; the letters shown are the name's own", () => {
    const match = matchName("Évry-Éditions", "edi");
    expect(match?.parts.filter((one) => one.hit).map((one) => one.text)).toEqual(["Édi"]);
  });

  test("whatever is typed, the parts put together are the name", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, query) => {
        const match = matchName(name, query);
        if (match !== null) expect(match.parts.map((one) => one.text).join("")).toBe(name);
      }),
    );
  });
});

test("a channel's name is one lower-case word in any script", () => {
  expect(channelName("#Water Board, 2026")).toBe("water-board-2026");
  expect(channelName("Évry / Éditions")).toBe("évry-éditions");
  expect(channelName("a\u202Eb<script>")).toBe("abscript");
});

test("three different words are asked back, in order, wherever they lie", () => {
  for (let i = 0; i < 200; i += 1) {
    const places = pickPlaces(24);
    expect(new Set(places).size).toBe(3);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const place of places) expect(place).toBeLessThan(24);
  }
  expect(pickPlaces(2)).toEqual([0, 1]);
});

test("removal from the workspace is offered only where the record allows it", () => {
  const [owner, admin, member] = PEOPLE;
  if (owner === undefined || admin === undefined || member === undefined) throw new TypeError("no people");
  const other = { me: false, active: true };
  expect(mayRemovePerson(owner, { ...other, role: "admin" })).toBe(true);
  expect(mayRemovePerson(owner, { ...other, role: "owner" })).toBe(true);
  expect(mayRemovePerson(admin, { ...other, role: "owner" })).toBe(false);
  expect(mayRemovePerson(owner, owner)).toBe(false);
  expect(mayRemovePerson(admin, { ...other, role: "member" })).toBe(true);
  expect(mayRemovePerson(admin, { ...other, role: "admin" })).toBe(false);
  expect(mayRemovePerson(member, { ...other, role: "guest" })).toBe(false);
  expect(mayRemovePerson(owner, { ...other, role: "member", active: false })).toBe(false);
});

test("the server's view shows the first three bytes of an id", () => {
  expect(shortId("chn", "AAEC")).toBe("chn_000102");
});
