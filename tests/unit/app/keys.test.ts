// The table of keys: every press is one thing, the list names every key, and what is pressed is found again.
import { describe, expect, it } from "vitest";
import { chordOf, ELSEWHERE, GLOBAL, keyOf, ON_MESSAGE, shown } from "@/app/_frame/keys/table.ts";
import { textOf } from "@/tests/house/tree.ts";

/** A press of a chord, on a keyboard with a Ctrl key or with a ⌘. */
function press(chord: string, mac = false) {
  const parts = chord.split("+");
  const mod = parts.includes("Mod");
  return {
    key: parts.at(-1) ?? "",
    ctrlKey: mod && !mac,
    metaKey: mod && mac,
    altKey: parts.includes("Alt"),
    shiftKey: parts.includes("Shift"),
  };
}

describe("the table of keys", () => {
  it.each([
    ["global", GLOBAL],
    ["message", ON_MESSAGE],
  ] as readonly (readonly [string, Readonly<Record<string, string>>])[])(
    "gives each %s key one meaning, and finds it from a press",
    (_name, table) => {
      const chords = Object.values(table);
      expect(new Set(chords).size).toBe(chords.length);
      for (const [name, chord] of Object.entries(table))
        for (const mac of [false, true]) expect(keyOf(table, press(chord, mac)), name).toBe(name);
    },
  );

  it("takes no letter alone for a key that works everywhere: one writes with those", () => {
    for (const chord of Object.values(GLOBAL)) expect(/^(Mod|Alt|Shift|F\d)/.test(chord), chord).toBe(true);
  });

  it("finds a key under Shift, whatever sign the layout makes of it", () => {
    expect(keyOf(GLOBAL, { ...press("Mod+Shift+a"), key: "A" })).toBe("unreads");
    expect(keyOf(GLOBAL, { ...press("Mod+Shift+\\"), key: "|" })).toBe("reactLast");
    expect(keyOf(GLOBAL, press("k"))).toBeUndefined();
    expect(chordOf(press("Alt+Shift+ArrowUp"))).toBe("Alt+Shift+ArrowUp");
  });

  it("is written as people read it", () => {
    expect(shown(GLOBAL.unreads)).toBe("Ctrl Shift A");
    expect(shown(GLOBAL.nextUnread)).toBe("Alt Shift ↓");
    expect(shown(ON_MESSAGE.remove)).toBe("Del");
  });

  it("stands whole in the list that people see", () => {
    const list = textOf("app/_frame/dialogs/key-list.tsx");
    for (const name of Object.keys(GLOBAL)) expect(list, name).toContain(`g.${name}`);
    for (const name of Object.keys(ON_MESSAGE)) expect(list, name).toContain(`m.${name}`);
    for (const name of Object.keys(ELSEWHERE)) expect(list, name).toContain(`e.${name}`);
  });
});
