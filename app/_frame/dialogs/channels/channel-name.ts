// What people type as a channel's name, as it is written: lower case, one word.

/** "Field notes" → "field-notes"; letters of every language stay. */
export function channelName(typed: string): string {
  return typed
    .normalize("NFC")
    .toLocaleLowerCase()
    .replace(/^#+/, "")
    .replace(/[\s_.,/\\#@]+/gu, "-")
    .replace(/[^\p{L}\p{M}\p{N}-]/gu, "")
    .replace(/-{2,}/g, "-");
}
