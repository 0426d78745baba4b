// What a file is called and taken for, here and elsewhere: nothing that a sender claims is believed (MS-22, 26, 27).

/** The file's type as claimed, kept short and plain; readers never trust it (MS-22). */
export function plainType(type: string): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : "application/octet-stream";
}

/** Types whose bytes a browser decodes as pictures, sound or film, and never runs as a page. */
const INERT = /^(image\/(png|jpeg|gif|webp|avif)|audio\/(mpeg|ogg|wav|mp4|webm)|video\/(mp4|webm|ogg))$/;

/** The type under which a file is handed out: whatever could run in our origin is bytes and nothing more (MS-22, MS-26). */
export function inertType(claimed: string): string {
  return INERT.test(claimed) ? claimed : "application/octet-stream";
}

/** A name without path, control or bidi characters, at most 255 units (MS-27). */
export function plainName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const clean = base.replace(/[\p{Cc}\p{Cf}\u2028\u2029<>:"|?*]/gu, "").replace(/^[.\s]+|[.\s]+$/g, "");
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean);
  const safe = clean === "" || reserved ? `file${clean === "" ? "" : `-${clean}`}` : clean;
  return shortened(safe).toWellFormed();
}

const MOST = 255;

/** Cut in the middle, so that the ending, which says what it is, stays. */
function shortened(name: string): string {
  if (name.length <= MOST) return name;
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? "";
  return `${name.slice(0, MOST - ending.length - 1).toWellFormed()}…${ending}`;
}
