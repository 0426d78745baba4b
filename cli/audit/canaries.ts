// Canaries: random words planted in every field a person can fill, and every form in which one could lie somewhere.
import { randomBytes } from "node:crypto";

/** One planted word and the field it was typed into. */
export type Canary = { readonly field: string; readonly word: string };

/** A list of canaries that grows as fields are filled. */
export class Aviary {
  readonly canaries: Canary[] = [];

  /** A fresh word of 20 letters for a field, different each time. */
  plant(field: string): string {
    const word = `k${randomBytes(15).toString("base64url").replace(/[-_]/g, "x").slice(0, 19)}`;
    this.canaries.push({ field, word });
    return word;
  }

  /** A word that was not ours to choose (the recovery code, an invite's secret). */
  note(field: string, word: string): void {
    this.canaries.push({ field, word });
  }

  get fields(): readonly string[] {
    return [...new Set(this.canaries.map((canary) => canary.field))];
  }
}

export type Encoding = "utf8" | "utf16le" | "utf16be" | "hex" | "HEX" | "base64";

/** Every form of a word that a search looks for. base64 in its three alignments, cut to what does not depend on neighbours. */
export function formsOf(word: string): { readonly encoding: Encoding; readonly bytes: Buffer }[] {
  const utf8 = Buffer.from(word, "utf8");
  const le = Buffer.from(word, "utf16le");
  const forms: { encoding: Encoding; bytes: Buffer }[] = [
    { encoding: "utf8", bytes: utf8 },
    { encoding: "utf16le", bytes: le },
    { encoding: "utf16be", bytes: Buffer.from(le).swap16() },
    { encoding: "hex", bytes: Buffer.from(utf8.toString("hex")) },
    { encoding: "HEX", bytes: Buffer.from(utf8.toString("hex").toUpperCase()) },
  ];
  for (const lead of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(lead), utf8])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and last characters mix with what stands beside the word.
    const cut = padded.slice(lead === 0 ? 0 : lead + 1, -1);
    for (const text of new Set([cut, cut.replace(/\+/g, "-").replace(/\//g, "_")]))
      forms.push({ encoding: "base64", bytes: Buffer.from(text) });
  }
  return forms;
}
