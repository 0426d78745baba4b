// What sort of file it is, by what it claims to be: for sorting and for choosing a view, never for trust (MS-22).

export type FileKind = "picture" | "video" | "audio" | "text" | "document" | "archive" | "other";

export const FILE_KINDS: readonly FileKind[] = ["picture", "video", "audio", "text", "document", "archive", "other"];

const TEXT_TYPES = /^(?:text\/|application\/(?:json|xml|javascript|x-sh|x-yaml|toml|sql))/;
const TEXT_NAMES =
  /\.(?:txt|md|csv|tsv|log|json|xml|ya?ml|toml|ini|conf|jsx?|tsx?|css|html?|py|rb|go|rs|c|h|cpp|java|kt|swift|sh|sql|svg|diff|patch|env|tex|srt|vtt)$/i;
const DOCUMENTS = /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|odp|rtf|epub|pages|numbers|key)$/i;
const ARCHIVES = /\.(?:zip|tar|gz|tgz|bz2|xz|zst|7z|rar|iso|dmg)$/i;

export function kindOf({ name, type }: { readonly name: string; readonly type: string }): FileKind {
  if (/^image\/(?:png|jpeg|gif|webp|avif)$/.test(type)) return "picture";
  if (/^video\/(?:mp4|webm|ogg)$/.test(type)) return "video";
  if (/^audio\/(?:mpeg|ogg|wav|mp4|webm)$/.test(type)) return "audio";
  if (DOCUMENTS.test(name)) return "document";
  if (ARCHIVES.test(name)) return "archive";
  return TEXT_TYPES.test(type) || TEXT_NAMES.test(name) ? "text" : "other";
}
