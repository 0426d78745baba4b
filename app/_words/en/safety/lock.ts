// English: the app lock, its screen and its settings; and a browser whose keys are gone.

export const lock = {
  page: "App lock",
  sentence:
    "Keeps this browser’s copy shut until you type a passphrase. It protects what lies on this device; your recovery code still protects the account.",
  screen: {
    title: "Locked",
    lede: "Type your passphrase to open what this browser keeps.",
    passphrase: "Passphrase",
    unlock: "Unlock",
    unlocking: "Unlocking…",
    passkey: "Use your passkey",
    forgotten: "Forgotten it?",
    asideTitle: "Nothing is shown, nothing is sent",
    aside:
      "What this browser keeps is sealed, and the key to it is not here. Messages for you wait sealed on the server meanwhile.",
  },
  lost: {
    title: "Get back in without it",
    lede: "Nobody can tell you your passphrase, and nobody can reset it. But your account has other ways in. What this browser keeps is cleared only when one of them has worked.",
    back: "Back",
    asideTitle: "What goes, and what stays",
    aside:
      "Messages you wrote here that were never sent, and drafts of this browser alone, are lost with the passphrase. Everything else comes back with your account.",
  },
  over: {
    title: "No way left?",
    says: "Start over here, then ask the helpers of your recovery circle, or open a new invite or the link with which an admin takes you back. What this browser keeps is forgotten.",
    act: "Start over in this browser",
    sure: "This can’t be undone. The recovery code or another device still get you into your account afterwards.",
    yes: "Forget what is here",
    no: "Keep it",
  },
  linked: "Link with another device of yours",
  off: {
    label: "Lock with a passphrase",
    says: "Asked at every start, when you lock, and after some time without you. Everything kept here is sealed anew under it.",
    act: "Turn on",
  },
  on: {
    label: "The lock is on",
    says: "It opens with your passphrase.",
    saysPasskey: "It opens with your passphrase, or with your passkey.",
    now: "Lock now",
    shortcut: "Ctrl Shift F",
    change: "Change the passphrase",
    changeSays: "Everything kept here is sealed anew; the old passphrase opens nothing of it any more.",
    changeAct: "Change",
    turnOff: "Turn off the lock",
    turnOffSays: "This browser then opens without being asked for anything.",
    turnOffAct: "Turn off",
  },
  idle: {
    label: "Lock when nobody touches it",
    says: "All tabs lock together. A computer that wakes from sleep after that time is locked, too.",
    after: (minutes: number) =>
      minutes < 60 ? (minutes === 1 ? "After 1 minute" : `After ${minutes} minutes`) : "After an hour",
    never: "Never by itself",
  },
  passkey: {
    label: "Passkey",
    none: "Your fingerprint, face, PIN or security key can open it, too. The passphrase stays.",
    some: "A passkey opens this browser, too.",
    unable: "This browser has no passkeys that could open it.",
    add: "Add a passkey",
    remove: "Remove",
    name: "Tacit on this device",
  },
  form: {
    current: "Your passphrase",
    fresh: "New passphrase",
    again: "Once more",
    help: "At least 8 characters. Four or five random words are good.",
    differ: "The two are not the same.",
    warning:
      "Nobody can reset it. Who forgets it gets back in with the recovery code or another device, and loses what was not sent from here.",
    unconfirmed: "Confirm your recovery code first: it is the way back if you forget the passphrase.",
    confirmCode: "Confirm the code",
    pending: "Sealing everything anew…",
    cancel: "Cancel",
  },
};
