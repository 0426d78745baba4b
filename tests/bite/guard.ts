// A guard: one check in the source that one test stands for, and what the source is without it.

export type Guard = {
  /** the rule's number, as tests are named by it */
  readonly rule: string;
  readonly file: string;
  /** exact text that occurs once in the file */
  readonly find: string;
  /** what stands there when the check is gone; it must still run */
  readonly replace: string;
  /** the test file that must then fail, and which of its tests (a part of the name) */
  readonly test: string;
  readonly name: string;
};
