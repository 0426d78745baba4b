// English: a lost or leaked recovery code, everything lost, people to let back in.

export const renewal = {
  section: {
    title: "I no longer have my recovery code",
    sentence:
      "This device can ask for a new root key. An admin who has made sure of you puts it in force, and then you get a new code. You keep your devices, channels and messages; your safety numbers change.",
    alone:
      "You are the only owner, so your new root key is in force at once and you get a new code right away. You keep your devices, channels and messages; your safety numbers change.",
    why: "What happened",
    lost: "I lost it, or it was destroyed",
    lostSays: "Nobody else has it.",
    leaked: "Someone else may have seen it",
    leakedSays: "Your personal keys are replaced as well, so that what the old code opened ends here.",
    ask: "Ask for a new root key",
    askAlone: "Take a new root key",
    confirm: "Ask for a new root key?",
    confirmAlone: "Take a new root key?",
    confirmSays: "The old code stops working once the new one is there. People who compared numbers with you are told.",
    waiting: "Waiting for an admin",
    waitingSays: (when: string) =>
      `Asked ${when}. Call an admin, and read out these digits when you are asked for them:`,
    elsewhere: (device: string, when: string) => `Asked on ${device}, ${when}.`,
    digits: "Digits of the new root key",
  },
  mine: {
    says: (device: string, when: string) =>
      `${device} asked for a new root key for you, ${when}. If that wasn’t you, somebody holds that device: retire it now, and the request is gone.`,
    retire: "It wasn’t me",
    look: "It was me",
  },
  requests: {
    banner: (count: number) =>
      count === 1 ? "Somebody asks for a new root key." : `${count} people ask for a new root key.`,
    look: "Look",
    title: "New root keys",
    sentence:
      "These people lost their recovery code. Call each one first: whoever stole a device could ask, too. They must be able to read you the same digits.",
    sub: (device: string, when: string) => `asked on ${device}, ${when}`,
    device: (id: string) => `device ${id}`,
    ownerOnly: "Of an owner, only another owner can do this.",
    act: "Put in force",
    actOf: (name: string) => `Put the new root key of ${name} in force`,
    confirm: (name: string) => `Is it really ${name}?`,
    confirmSays: (name: string) =>
      `Put it in force only if ${name} told you so, by voice or in person, and read you these digits:`,
    confirmEffect: (name: string) =>
      `${name}’s safety numbers change. Channels and messages go on as they are. Your name stands beside this in the record.`,
    done: (name: string) => `The new root key of ${name} is in force.`,
  },
  sole: {
    title: "Nobody could let you back in",
    says: "You are the only owner. If you lose all your devices and your recovery code, nobody can give you your place back. Make a second person owner.",
    act: "Choose a second owner",
    alone:
      "You are the only owner, and still alone here. When somebody has joined, make a second owner: nobody else could give you your place back.",
  },
  back: {
    menu: "Let back in with new keys",
    title: (name: string) => `Let ${name} back in`,
    sentence: "For somebody who lost all devices and the recovery code.",
    says: (name: string) =>
      `Make a link and send it to ${name} by another way. It only asks: when ${name} has opened it, you see the request under People, and decide.`,
    scope: (name: string) =>
      `${name} gets the open channels back, with their history. Private channels and direct messages wait until somebody in each of them lets ${name} back in; you can’t do that for them.`,
    make: "Make a return link",
    made: "Return link",
    madeSays: (until: string) =>
      `For one person, until ${until}. Anybody who has it can ask in that name, so look who does.`,
  },
  asking: {
    tag: "comes back",
    sub: (when: string) => `lost everything and asks for their place, ${when}`,
    digits: (digits: string) => `Call them. They must read you these digits: ${digits}`,
    letIn: "Give the place back",
    letInWho: (name: string) => `Give ${name} the place back`,
    done: (name: string) => `${name} is back, with new keys.`,
    someone: "For somebody who lost everything, decline and make a return link: People, the three dots, “Let back in”.",
  },
  join: {
    title: "Come back",
    asideTitle: "You are the person you were.",
    aside:
      "You get your place back under new keys, once an admin has made sure that it’s you. What was said in private channels opens again when their members let you in.",
    submit: (workspace: string) => `Ask for my place in ${workspace}`,
    proof: (inviter: string) => `${inviter} made this link for you. Have a telephone at hand: you will be called.`,
    lede: (inviter: string) =>
      `${inviter} or another admin will call you. Read out these digits when you are asked for them. You can close this page: it goes on waiting.`,
  },
  readmit: {
    banner: (name: string) => `${name} came back with new keys and can’t read here until somebody in here lets them.`,
    bannerRestored: (name: string) =>
      `${name} was taken back into the workspace and can’t read here until somebody in here agrees.`,
    act: "Let back in",
    actOf: (name: string) => `Let ${name} back in`,
    title: (name: string, place: string) => `Let ${name} back into ${place}?`,
    titleDm: (name: string) => `Let ${name} back into this conversation?`,
    who: (by: string, when: string) => `${by} gave this place to new keys on ${when}.`,
    says: (name: string) =>
      `Whoever holds ${name}’s new keys will read and write here. Make sure first that it’s ${name}: call, or meet. An admin’s word is not enough, since an admin could have done this to read along.`,
    full: "They will read everything from the start.",
    sinceJoin: "They will read what is written from now on, and what they could read before.",
  },
};
