// English, the whole catalogue: one object of strings and typed functions, grouped by screen.
import { composer } from "@/app/_words/en/composer.ts";
import { message } from "@/app/_words/en/message.ts";
import { trust } from "@/app/_words/en/trust.ts";
import { ui } from "@/app/_words/en/ui.ts";

export const en = { ui, trust, message, composer };

/** What every language has to say; a language is an object of this shape. */
export type Words = typeof en;
