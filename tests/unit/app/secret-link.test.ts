// Pasted invite links: to here, to another server, by halves, or no link at all.
import { expect, test } from "vitest";
import { readPasted } from "@/app/_enter/secret-link.ts";

const HERE = "https://chat.riverbend.example";
const FRAGMENT = "v1.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

test.each([[`${HERE}/join#${FRAGMENT}`], [`  ${HERE}/join#${FRAGMENT}\n`], [`#${FRAGMENT}`], [FRAGMENT]])(
  "%j opens here, without the #",
  (pasted) => {
    expect(readPasted(pasted, HERE)).toEqual({ t: "fragment", fragment: FRAGMENT });
  },
);

test("a link of a later version goes on to be refused by its version", () => {
  expect(readPasted(`${HERE}/join#v2.abc`, HERE)).toEqual({ t: "fragment", fragment: "v2.abc" });
});

test("a link to another server names it and keeps its secret whole", () => {
  const url = `https://other.example:8443/join#${FRAGMENT}`;
  expect(readPasted(url, HERE)).toEqual({ t: "elsewhere", url, host: "other.example:8443" });
});

test.each(["", "hello", `${HERE}/join`, `${HERE}/#/w/abc`, `${HERE}/setup#s1.abc`, `javascript:alert(1)#${FRAGMENT}`])(
  "%j is no invite link",
  (pasted) => {
    expect(readPasted(pasted, HERE)).toEqual({ t: "none" });
  },
);
