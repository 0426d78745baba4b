// English: what a device noticed about the server or another device, what may be behind it, and what to do.
import type { FaultCode } from "@/lib/base/faults.ts";

type Alarm = { readonly title: string; readonly causes: readonly string[]; readonly steps: readonly string[] };

const fork: Alarm = {
  title: "Two histories of this workspace",
  causes: [
    "The server shows different records of this workspace to different people. Then somebody who runs it, or broke in, may be trying to add or keep people in secret.",
    "Or the device of the person named here lies about what it sees.",
  ],
  steps: [
    "Talk to the people concerned, in person or by phone, not in Tacit.",
    "Compare the record: both open the record of changes and read out the newest entry and its mark. Where they differ, one of you was shown something false.",
    "Show each other your QR codes where you verify people: they carry the newest entry that each device knows.",
    "Keep the evidence as a file before you change anything, and ask whoever runs the server.",
  ],
};

const lessThanSeen: Alarm = {
  title: "The server shows less than before",
  causes: [
    "The server was put back to an older state and does not take back what this device holds of the time since.",
    "Or somebody who controls it leaves entries out, so that a change, such as a removal, is not seen.",
  ],
  steps: [
    "Ask whoever runs the server whether a backup was restored.",
    "Ask a colleague, not in Tacit, whether they see the same. If they do, leave Tacit open on all your devices: what is missing is given back from there.",
    "Keep the evidence as a file. Reading goes on; nothing that you wrote is lost on this device.",
  ],
};

const wrong: Alarm = {
  title: "What the server sends does not add up",
  causes: [
    "The server, or something between it and this device, changed or left out parts of what is stored.",
    "Or a fault in the software, here or there.",
  ],
  steps: [
    "Ask a colleague, not in Tacit, whether they see the same.",
    "Keep the evidence as a file and give it to whoever runs the server.",
    "Don’t share anything new here that must stay secret until this is cleared up.",
  ],
};

const known: Partial<Record<FaultCode, Alarm>> = {
  "proof/fork": fork,
  "proof/rollback": lessThanSeen,
  "proof/gap": lessThanSeen,
  "proof/withheld-body": lessThanSeen,
};

export const alarms = {
  of: (code: FaultCode): Alarm => known[code] ?? wrong,
  whatToDo: "What to do",
  seen: "What was seen",
  said: (name: string) => `Seen in a message by ${name}.`,
  causesTitle: "What may be behind it",
  stepsTitle: "What to do",
  save: "Save the evidence",
  saved: "Saved.",
  close: "Close",
  restored: {
    giving: "This server was restored from an older backup. This device is giving back what it holds.",
    waiting: (given: number, devices: number) =>
      `This server was restored from an older backup. This device has given back what it holds; ${given} of ${devices} devices have.`,
    wait: "Writing goes on once all have, or once an owner or admin says that everything is back.",
    act: "Everything is back…",
    title: "Is everything back?",
    text: (given: number, devices: number) =>
      `${given} of ${devices} devices have given back what they hold. Messages on the others come back later by themselves, at the end of their channels. Changes to people, devices and channels that only they know of can then no longer be given back.`,
    files: "Files that were uploaded after the backup are lost on the server. Whoever has them can send them again.",
    confirm: "Go on",
  },
};
