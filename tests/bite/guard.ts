// A guard: one check in the source that one test stands for, and what the source is without it.

/** One place of the source, and what stands there when the check is gone. */
export type Patch = {
  readonly file: string;
  /** exact text that occurs once in the file */
  readonly find: string;
  /** what stands there when the check is gone; it must still run */
  readonly replace: string;
};

export type Guard = Patch & {
  /** the rule's number, as tests are named by it */
  readonly rule: string;
  /** checks that stand behind this one and would hide that it is gone */
  readonly more?: readonly Patch[];
  /** the test file that must then fail, and which of its tests (a part of the name) */
  readonly test: string;
  readonly name: string;
  /** what the check keeps out, in a few words, where the name of the test does not say it */
  readonly keeps?: string;
};

/** A guard of the engine, whose hostile cases are named by their number alone. */
export function client(
  rule: string,
  keeps: string,
  test: string,
  file: string,
  find: string,
  replace: string,
  ...more: readonly Patch[]
): Guard {
  return { rule, keeps, file, find, replace, more, test: `tests/hostile/client/${test}.test.ts`, name: rule };
}
