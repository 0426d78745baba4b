// French, the whole catalogue: the same object as English, held to its shape by the type.

import type { Words } from "@/app/_words/en.ts";
import { notify } from "@/app/_words/fr/alerts/notify.ts";
import { channel } from "@/app/_words/fr/channel.ts";
import { composer } from "@/app/_words/fr/composer.ts";
import { conversation } from "@/app/_words/fr/conversation/conversation.ts";
import { day } from "@/app/_words/fr/daily/day.ts";
import { emoji } from "@/app/_words/fr/daily/emoji.ts";
import { search } from "@/app/_words/fr/daily/search.ts";
import { slash, status } from "@/app/_words/fr/daily/slash.ts";
import { dialogs } from "@/app/_words/fr/dialogs.ts";
import { files } from "@/app/_words/fr/files.ts";
import { outside } from "@/app/_words/fr/first/outside.ts";
import { frame } from "@/app/_words/fr/frame.ts";
import { message } from "@/app/_words/fr/message.ts";
import { panels } from "@/app/_words/fr/panels.ts";
import { places } from "@/app/_words/fr/places/places.ts";
import { alarms } from "@/app/_words/fr/safety/alarms.ts";
import { circle } from "@/app/_words/fr/safety/circle.ts";
import { lock } from "@/app/_words/fr/safety/lock.ts";
import { record } from "@/app/_words/fr/safety/record.ts";
import { threads } from "@/app/_words/fr/talk/threads.ts";
import { qr } from "@/app/_words/fr/verify/qr.ts";
import { verify } from "@/app/_words/fr/verify/verify.ts";
import { xray } from "@/app/_words/fr/xray.ts";

export const fr: Words = {
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
