// French: what depends on the word that follows, such as "de" before a vowel.

const VOWEL = /^[aeiouàâäéèêëîïôöùûüœæ]/iu;

/** "de Ben", "d’Ana". */
export function de(name: string): string {
  return VOWEL.test(name) ? `d’${name}` : `de ${name}`;
}

/** "que Ben", "qu’Ana". */
export function que(name: string): string {
  return VOWEL.test(name) ? `qu’${name}` : `que ${name}`;
}

/** The form for a count: French says 0 and 1 in the singular. */
export function plural(count: number, one: string, more: string): string {
  return Math.abs(count) < 2 ? one : more;
}
