// English, the whole catalogue: one object of strings and typed functions, grouped by screen.

import { notify } from "@/app/_words/en/alerts/notify.ts";
import { channel } from "@/app/_words/en/channel.ts";
import { composer } from "@/app/_words/en/composer.ts";
import { conversation } from "@/app/_words/en/conversation/conversation.ts";
import { day } from "@/app/_words/en/daily/day.ts";
import { emoji } from "@/app/_words/en/daily/emoji.ts";
import { search } from "@/app/_words/en/daily/search.ts";
import { slash, status } from "@/app/_words/en/daily/slash.ts";
import { dialogs } from "@/app/_words/en/dialogs.ts";
import { files } from "@/app/_words/en/files.ts";
import { outside } from "@/app/_words/en/first/outside.ts";
import { frame } from "@/app/_words/en/frame.ts";
import { message } from "@/app/_words/en/message.ts";
import { panels } from "@/app/_words/en/panels.ts";
import { places } from "@/app/_words/en/places/places.ts";
import { alarms } from "@/app/_words/en/safety/alarms.ts";
import { circle } from "@/app/_words/en/safety/circle.ts";
import { lock } from "@/app/_words/en/safety/lock.ts";
import { record } from "@/app/_words/en/safety/record.ts";
import { threads } from "@/app/_words/en/talk/threads.ts";
import { qr } from "@/app/_words/en/verify/qr.ts";
import { verify } from "@/app/_words/en/verify/verify.ts";
import { xray } from "@/app/_words/en/xray.ts";

export const en = {
  ...outside,
  alarms,
  circle,
  threads,
  message,
  composer,
  conversation,
  files,
  frame,
  dialogs,
  panels,
  channel,
  xray,
  qr,
  verify,
  record,
  lock,
  places,
  notify,
  emoji,
  day,
  search,
  slash,
  status,
};

/** What every language has to say; a language is an object of this shape. */
export type Words = typeof en;
