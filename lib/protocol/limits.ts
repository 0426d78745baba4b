// Every bound of the protocol in one place, so that both sides refuse the same things.

export const VERSION = 1;
/** The only cipher suite so far: X-Wing, XChaCha20-Poly1305, Ed25519, BLAKE2b. */
export const SUITE = 1;

export const LIMITS = {
  /** links in one atomic batch (L4) */
  batchLinks: 256,
  /** bytes of one signed link */
  linkBytes: 64 * 1024,
  /** bytes of one event ciphertext; text beyond goes as a file */
  eventBytes: 512 * 1024,
  /** UTF-16 units of one message text */
  messageChars: 100_000,
  nameChars: 120,
  topicChars: 500,
  profileChars: 120,
  aboutChars: 2000,
  urlChars: 2000,
  /** of a reminder's or saved thing's own note */
  noteChars: 4000,
  /** the longest voice message, ms */
  voiceMs: 60 * 60_000,
  /** bytes of an encrypted thumbnail or avatar inside an event, before sealing */
  thumbnailBytes: 96 * 1024,
  /** places in a channel between one restore of the server and the next (L10) */
  restoreSpan: 1_000_000_000,
  eventsPerAppend: 100,
  eventsPerRead: 500,
  linksPerRead: 1000,
  sealsPerWrite: 2048,
  /** instant invites (I2) */
  instantUses: 25,
  instantHours: 72,
  approvalUses: 1000,
  approvalHours: 24 * 30,
  /** admins to whom a newcomer seals his name (I4) */
  joinDeciders: 64,
  circleHelpers: 7,
  circleThreshold: 2,
  /** how long a helper of a circle waits by his own clock before he can give his part (D6) */
  circleHours: 24,
  /** bytes of a helper's letter to one who asks, and how long the server keeps it (D6) */
  circleLetterBytes: 8192,
  circleLetterDays: 14,
  /** an epoch ends at the first write after this age or count (E10) */
  epochDays: 30,
  epochEvents: 10_000,
  /** stored padding (M1) */
  padFloor: 512,
  padSteps: 64 * 1024,
  /** files (F1) */
  segmentBytes: 8 * 1024 * 1024,
  chunkBytes: 1024 * 1024,
  smallChunkBytes: 64 * 1024,
  smallFileBytes: 4 * 1024 * 1024,
  fileBytes: 4 * 1024 * 1024 * 1024,
  filesPerMessage: 10,
  /** a search index that a device leaves for those to come */
  indexBytes: 64 * 1024 * 1024,
  /** a mailbox that a code leads to (D1): how long it stands, its slots, the bytes of each letter */
  mailboxMinutes: 10,
  mailboxSlots: 4,
  letterBytes: 2048,
  /** login (A1) */
  challengeSeconds: 60,
  /** how far a device’s clock may be behind the server’s before nothing is signed for a login */
  clockDays: 7,
  tokenMinutes: 30,
  /** workspaces of a server that a recovery code is tried on (D3) */
  workspacesListed: 200,
} as const;
