// How well typed letters fit a name: for the switcher's order, and for the letters shown bold.

export type Match = { readonly score: number; readonly parts: readonly { text: string; hit: boolean; at: number }[] };

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function split(name: string, from: number, to: number): Match["parts"] {
  return [
    { text: name.slice(0, from), hit: false, at: 0 },
    { text: name.slice(from, to), hit: true, at: from },
    { text: name.slice(to), hit: false, at: to },
  ].filter((one) => one.text !== "");
}

/** Letters of `query` in order, anywhere in `name`; null when they are not. */
function scattered(name: string, query: string): Match | null {
  const parts: { text: string; hit: boolean; at: number }[] = [];
  let wanted = 0;
  let at = 0;
  for (const letter of name) {
    const hit = wanted < query.length && plain(letter) === query[wanted];
    if (hit) wanted += 1;
    const last = parts.at(-1);
    if (last !== undefined && last.hit === hit) last.text += letter;
    else parts.push({ text: letter, hit, at });
    at += letter.length;
  }
  return wanted === query.length ? { score: 10 - parts.length / 10, parts } : null;
}

/** Null when `query` does not fit. Higher is better: the beginning, then the beginning of a word, then anywhere. */
export function matchName(name: string, query: string): Match | null {
  const wanted = plain(query.trim());
  if (wanted === "") return { score: 0, parts: [{ text: name, hit: false, at: 0 }] };
  const whole = plain(name);
  const at = whole.indexOf(wanted);
  if (at < 0 || whole.length !== name.length) return scattered(name, wanted);
  const begins = at === 0 || /[\s\-_.]/.test(whole[at - 1] ?? "");
  const score = at === 0 ? 100 : begins ? 60 : 30;
  return { score: score - name.length / 100, parts: split(name, at, at + wanted.length) };
}
