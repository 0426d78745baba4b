// Every seed that ever failed, with what was wrong then: played again in each test run.

export type FailedSeed = {
  readonly seed: number;
  readonly operations: number;
  /** over real HTTP and sockets: it goes another way than in memory */
  readonly sockets?: true;
  /** what it showed */
  readonly about: string;
};

export const FAILED_SEEDS: readonly FailedSeed[] = [
  { seed: 107, operations: 30, about: "a lost answer while learning of one's own removal was told as a notice" },
  { seed: 137, operations: 30, about: "rows of a channel that one had left were asked for, and the refusal told" },
  { seed: 376, operations: 30, about: "the judge knew no channel that was made in a fork" },
  { seed: 391, operations: 30, about: "the judge took a victim of forged links for somebody whom all must read" },
  { seed: 646, operations: 30, about: "the judge took what one had read while he was in for what he may not read" },
  { seed: 816, operations: 30, about: "the same as 391" },
  {
    seed: 1236,
    operations: 30,
    about: "the judge began while one who was lied to had not yet brought back what he held",
  },
  { seed: 1282, operations: 30, about: "what a stop held up was told beside the stop itself" },
  { seed: 1782, operations: 30, about: "on a busy machine: who asked twice whether he is out took that for a gap" },
  {
    seed: 1790,
    operations: 30,
    about: "a server that had fallen back said it knew no such channel, and that was told",
  },
  { seed: 1049, operations: 30, about: "a newcomer's first event was refused by who had not yet heard of him" },
  { seed: 1074, operations: 30, about: "the same, and a hole alarmed where it lay" },
  { seed: 1085, operations: 30, about: "added and removed while away: the ledger could not be caught up with, ever" },
  { seed: 1194, operations: 30, about: "a message for a channel that one was put out of was sent for ever" },
  { seed: 2069, operations: 30, about: "read marks sealed under an older key of one's own never went out" },
  {
    seed: 3052,
    operations: 30,
    about: "rows that waited for a key stayed shut when they were looked at after it came",
  },
  {
    seed: 3110,
    operations: 30,
    about: "a lost answer on the way into a channel left it empty until the next connection",
  },
  { seed: 3168, operations: 30, about: "the same" },
  {
    seed: 1331,
    operations: 30,
    about: "a message in the dark of a channel one was put out of kept one offline for ever",
  },
  { seed: 2032, operations: 30, about: "a row whose announcement was lost on a line that held" },
  { seed: 1066, operations: 30, about: "the judge itself: a download that was refused to one who had been lied to" },
  { seed: 5252, operations: 30, about: "the judge itself: delivered where nobody who is left may read it" },
  {
    seed: 286,
    operations: 30,
    sockets: true,
    about: "the judge itself: a file that was brought to a fork of the server, which nobody has any more",
  },
  { seed: 4, operations: 200, about: "what was refused in a history that was left stayed refused" },
  {
    seed: 5,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 26,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 43, operations: 200, about: "the judge itself: words of a history that their author has left since" },
  { seed: 48, operations: 200, about: "rows that came while a device gave back were given by nobody" },
  { seed: 52, operations: 200, about: "a seal made anew to a newer key of one's own was taken for garbage" },
  {
    seed: 66,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 102, operations: 200, about: "a link that followed on another head stood as an alarm for ever" },
  { seed: 104, operations: 200, about: "the judge itself: one's own time before new keys is one's own" },
  {
    seed: 106,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 117,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 127, operations: 200, about: "the same" },
  { seed: 129, operations: 200, about: "the same" },
  {
    seed: 131,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 135, operations: 200, about: "new words went out before what was held had been given back" },
  { seed: 152, operations: 200, about: "keys of scopes that a server had lost kept a device offline" },
  {
    seed: 156,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 189, operations: 200, about: "the judge itself: a key of a history that was lost" },
  { seed: 193, operations: 200, about: "the same" },
  { seed: 212, operations: 200, about: "the judge itself: one who never heard that he was let in" },
  { seed: 213, operations: 200, about: "the same" },
  { seed: 219, operations: 200, about: "a frame of a channel that the server lost since was told of" },
  {
    seed: 221,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 226,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 242, operations: 200, about: "a new recovery code opened nothing after a restore that could not be ended" },
  { seed: 247, operations: 200, about: "seals made by one who had left the channel were given back by nobody" },
  {
    seed: 251,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 276,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 291,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 295, operations: 200, about: "the same" },
  { seed: 309, operations: 200, about: "the simulated operator noted no second restore while one was open" },
  {
    seed: 322,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  {
    seed: 326,
    operations: 200,
    about: "a server that fell back among much else: who had given back what, and who was told what",
  },
  { seed: 331, operations: 200, about: "the judge itself: one honest person among those who were led astray" },
  { seed: 341, operations: 200, about: "the same" },
  { seed: 357, operations: 200, about: "a device below which the server stood gave back nothing" },
  { seed: 372, operations: 200, about: "a key of another history was held in memory under the same epoch" },
  { seed: 389, operations: 200, about: "a device put into a channel while it was away never heard that it was out" },
  { seed: 392, operations: 200, about: "the same" },
  { seed: 417, operations: 200, about: "an edit that did not go out was shown as if it had" },
  { seed: 425, operations: 200, about: "the same" },
  { seed: 430, operations: 200, about: "the same" },
  { seed: 474, operations: 200, about: "the same" },
];
