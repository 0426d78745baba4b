// What components derive from what they are given: dyes, initials, letters on a sheet, inks of code.
import { expect, it } from "vitest";
import { sheetOf } from "@/app/_ui/files/file-card.tsx";
import { inkOf } from "@/app/_ui/message/code-block.tsx";
import { dyeOf, initialsOf } from "@/app/_ui/signs/avatar.tsx";

it("gives an account the same dye everywhere, and uses all six", () => {
  expect(dyeOf("usr_7f3a")).toBe(dyeOf("usr_7f3a"));
  const seen = new Set(Array.from({ length: 200 }, (_, at) => dyeOf(`usr_${at}`)));
  expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

it("takes initials from the first and the last word, whole letters only", () => {
  expect(initialsOf("Ana Duarte")).toBe("AD");
  expect(initialsOf("  Jean de la Fontaine ")).toBe("JF");
  expect(initialsOf("wren")).toBe("W");
  expect(initialsOf("𝒜na Ω")).toBe("𝒜Ω");
  expect(initialsOf("   ")).toBe("");
});

it("writes a file's ending on its sheet only when it is one", () => {
  expect(sheetOf("Sunday-front-v3.pdf")).toBe("PDF");
  expect(sheetOf("archive.tar.gz")).toBe("GZ");
  expect(sheetOf(".profile")).toBe("…");
  expect(sheetOf("notes")).toBe("…");
  expect(sheetOf("a.<img>")).toBe("…");
});

it("knows three inks and no fourth", () => {
  expect(inkOf(["hljs-keyword"])).toBe("call");
  expect(inkOf(["hljs-title", "function_"])).toBe("call");
  expect(inkOf(["hljs-string"])).toBe("value");
  expect(inkOf(["hljs-comment"])).toBe("comment");
  expect(inkOf(["hljs-punctuation"])).toBeUndefined();
});
