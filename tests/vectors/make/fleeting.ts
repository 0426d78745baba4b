// Vectors of the contents that travel in ephemeral events alone: who types, who is there.
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import { encodeContent } from "@/lib/protocol/event.ts";
import type { Maker } from "./maker.ts";

export function makeFleeting(maker: Maker): void {
  const add = (name: string, content: Parameters<typeof encodeContent>[0]) =>
    maker.add("content", name, { bytes: encodeContent(content) });
  const bad = (name: string, value: Parameters<typeof encodeCbor>[0]) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, "wire/bad-shape");
  add("types", { k: "typing", on: true });
  add("types no more", { k: "typing", on: false });
  add("is there", { k: "presence", state: "active" });
  add("is away", { k: "presence", state: "away" });
  bad("is somewhere else", { k: "presence", state: "lunch" });
  bad("is there, and says where", { k: "presence", state: "active", place: "quay" });
  bad("no state", { k: "presence" });
  bad("types perhaps", { k: "typing", on: null });
}
