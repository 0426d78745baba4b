// Mentions between the box and the wire.
import { describe, expect, it } from "vitest";
import {
  callsEverybody,
  hashBefore,
  matchChannels,
  matchPeople,
  queryBefore,
  toMentions,
  toNames,
} from "@/app/_channel/text/mention-text.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { ANA, idOf, LUC, MIRELA, PEOPLE } from "@/tests/fixtures/riverbend.ts";

const NOBODY: ReadonlyMap<string, UserId> = new Map();
const nameOf = (id: UserId) => PEOPLE.find((one) => one.id === id)?.name;
const twin = { id: idOf<"user">("another ana"), name: "Ana Duarte" };

describe("toMentions", () => {
  it("turns a full name behind an @ into an id, and comes back to the same words", () => {
    const words = "Ask @Mirela Popescu, or @Luc Moreau.";
    const sent = toMentions(words, PEOPLE, NOBODY);
    expect(sent).toBe(`Ask <@${MIRELA}>, or <@${LUC}>.`);
    expect(toNames(sent, nameOf)).toBe(words);
  });

  it("takes the longest name", () => {
    const people = [
      { id: ANA, name: "Ana" },
      { id: MIRELA, name: "Ana Maria" },
    ];
    expect(toMentions("@Ana Maria and @Ana", people, NOBODY)).toBe(`<@${MIRELA}> and <@${ANA}>`);
  });

  it("leaves longer words, addresses and first names alone", () => {
    for (const words of ["@Luc Moreaux", "me@Luc Moreau", "@Luc", "@", "a@b.c", "@@"])
      expect(toMentions(words, PEOPLE, NOBODY)).toBe(words);
  });

  it("leaves code as written", () => {
    const words = "`@Luc Moreau` and\n```\n@Luc Moreau\n```\n@Luc Moreau";
    expect(toMentions(words, PEOPLE, NOBODY)).toBe(`\`@Luc Moreau\` and\n\`\`\`\n@Luc Moreau\n\`\`\`\n<@${LUC}>`);
  });

  it("does not guess between people of one name; the one who was picked is meant", () => {
    const both = [...PEOPLE, twin];
    expect(toMentions("@Ana Duarte", both, NOBODY)).toBe("@Ana Duarte");
    expect(toMentions("@Ana Duarte", both, new Map([["Ana Duarte", twin.id]]))).toBe(`<@${twin.id}>`);
  });

  it("keeps ids of people who are not known", () => {
    const stranger = `<@${idOf("nobody")}>`;
    expect(toNames(stranger, nameOf)).toBe(stranger);
  });
});

describe("queryBefore", () => {
  it("finds what is typed behind an @", () => {
    expect(queryBefore("Hello @mi", 9)).toEqual({ at: 6, query: "mi" });
    expect(queryBefore("@", 1)).toEqual({ at: 0, query: "" });
    expect(queryBefore("(@Mirela Po", 11)).toEqual({ at: 1, query: "Mirela Po" });
  });

  it("ignores addresses, sentences and what stands behind the caret", () => {
    expect(queryBefore("me@example", 10)).toBeNull();
    expect(queryBefore("@mi and then some more words", 28)).toBeNull();
    expect(queryBefore("x @mi", 1)).toBeNull();
    expect(queryBefore("@mi\n", 4)).toBeNull();
  });
});

describe("matchPeople", () => {
  it("puts first names before other words, and ignores accents and case", () => {
    const people = [
      { id: ANA, name: "Léo Martin" },
      { id: LUC, name: "Martin Léger" },
      { id: MIRELA, name: "Zoé" },
    ];
    expect(matchPeople(people, "LE", 5).map((one) => one.name)).toEqual(["Léo Martin", "Martin Léger"]);
    expect(matchPeople(people, "", 2)).toHaveLength(2);
    expect(matchPeople(people, "x", 5)).toEqual([]);
  });
});

describe("calls and channels", () => {
  const general = { id: idOf<"channel">("general"), name: "general" };
  const news = { id: idOf<"channel">("general-news"), name: "general-news" };
  const places = [general, news];
  const nameOfPlace = (id: string) => places.find((one) => one.id === id)?.name;

  it("calls everybody by @here and @channel, and comes back to the same words", () => {
    const words = "@channel: lunch. @here too, not @channels or me@here";
    const sent = toMentions(words, PEOPLE, NOBODY);
    expect(sent).toBe("<!channel>: lunch. <!here> too, not @channels or me@here");
    expect(callsEverybody(sent)).toBe(true);
    expect(callsEverybody(words)).toBe(false);
    expect(toNames(sent, nameOf)).toBe(words);
  });

  it("means a person of that name first, and nothing in code", () => {
    expect(toMentions("@here", [...PEOPLE, { id: ANA, name: "here" }], NOBODY)).toBe(`<@${ANA}>`);
    expect(toMentions("`@here #general`", PEOPLE, NOBODY, places)).toBe("`@here #general`");
  });

  it("links channels by the longest name, and shows ids to those who can't read them", () => {
    const sent = toMentions("see #general-news and #general, not #generals", PEOPLE, NOBODY, places);
    expect(sent).toBe(`see <#${news.id}> and <#${general.id}>, not #generals`);
    expect(toNames(sent, nameOf, nameOfPlace)).toBe("see #general-news and #general, not #generals");
    expect(toNames(sent, nameOf)).toBe(sent);
  });

  it("finds what is typed behind a #, and the channels that are meant", () => {
    expect(hashBefore("see #gen", 8)).toEqual({ at: 4, query: "gen" });
    expect(hashBefore("a#gen", 5)).toBeNull();
    expect(hashBefore("# gen", 5)).toBeNull();
    expect(matchChannels(places, "news", 5)).toEqual([news]);
    expect(matchChannels(places, "gen", 5)).toEqual([general, news]);
  });
});
