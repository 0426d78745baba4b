// English: verifying a person, and what is said when a key changed.

export const verify = {
  act: "Verify",
  again: "Verify again",
  title: (name: string) => `Verify ${name}`,
  why: (name: string) =>
    `This proves that the server has not swapped keys between you and ${name}. Once is enough; new devices do not change the number.`,
  room: "In the same room",
  roomHelp: (name: string) => `Let ${name} scan this, then scan theirs.`,
  codeLabel: (name: string) => `Your code, for ${name}’s camera`,
  scan: (name: string) => `Scan ${name}’s code`,
  stopScan: "Show my code",
  call: "On a call",
  callHelp: (name: string, one: number, two: number) =>
    `${name} reads the whole number aloud. Groups ${one} and ${two} are left out here: type them as you hear them, and follow the rest with your eyes.`,
  readHelp: (name: string) => `Read the whole number aloud, group by group. ${name} types two groups back.`,
  number: (name: string) => `The number that you and ${name} share`,
  group: (n: number) => `Group ${n}`,
  match: "They match",
  differ: "They don’t match",
  read: "I read it aloud",
  type: "I type",
  asWords: "As words",
  asDigits: "As digits",
  digits: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  wrong:
    "These two groups are not the ones that this device has. Ask for them again; if they still differ, the numbers do not match.",
  differTitle: "The numbers do not match",
  differSays: (name: string) =>
    `Either one of you read another number, or the server has put a key of its own between you and ${name}. Nothing is verified. Write nothing private to ${name}, compare once more in person, and tell an owner of the workspace.`,
  now: "Now: ",
  done: (name: string) => `${name} is verified in person.`,
  doneSays: "All your devices know. If this person’s key changes, what you write to them waits until you decide.",
  freed: "Your histories agree, so the warnings about different histories have ended and writing goes on.",
  close: "Done",
  vouch: (name: string) => `Vouch for ${name}`,
  vouchStop: "Stop vouching",
  vouchSays: "Those who verified you in person see that you vouch for this key.",
  takeHead: (name: string) => `Go on with ${name}’s history`,
  takeHeadSays:
    "Do this only when you are sure that the other device shows the right one. This device then leaves its own history.",
  workspaceNumber: "Workspace number",
  workspaceNumberSays: (owner: string) =>
    `The same on every device that is in the right workspace. It stands for the workspace and ${owner}’s key. Compare it with a colleague before you trust a workspace you did not join by a link of your own.`,
  verifiedOn: (when: string) => `You verified this key in person on ${when}.`,
  vouchedBy: (names: string) => `${names} verified this key in person and vouches for it. You verified who says so.`,
  changedAfter: {
    person: (name: string, when: string) =>
      `You verified ${name} in person on ${when}. The identity key was replaced since.`,
    vouched: (name: string) => `Someone you verified had vouched for ${name}. The identity key was replaced since.`,
    none: (name: string) => `${name}’s identity key was replaced after joining. You had not verified the former one.`,
  },
  changed: {
    title: {
      person: (name: string) => `${name}’s key changed after you verified it in person`,
      vouched: (name: string) => `${name}’s key changed after it was vouched for`,
    },
    says: {
      rekey: (when: string, by: string, name: string) =>
        `${when}, signed by ${by}: ${name} lost all devices and was let in with a new key. Your messages to ${name} wait here until you decide.`,
      "root-renew": (when: string, by: string, name: string) =>
        `${when}, signed by ${by}: ${name} asked for a new key from a device of theirs. Your messages to ${name} wait here until you decide.`,
    },
    ask: (by: string) => `Ask ${by}`,
    accept: "Send without verifying",
    accepted: "What you wrote goes out now. The key is still not verified.",
  },
};
