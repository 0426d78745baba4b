// English, what the screens of coming in need, which stand before the rest is here.
import { devices } from "@/app/_words/en/devices.ts";
import { enter } from "@/app/_words/en/enter.ts";
import { faults } from "@/app/_words/en/faults.ts";
import { members } from "@/app/_words/en/people/members.ts";
import { renewal } from "@/app/_words/en/safety/renewal.ts";
import { trust } from "@/app/_words/en/safety/trust.ts";
import { ui } from "@/app/_words/en/ui.ts";

export const outside = { enter, ui, faults, trust, renewal, devices, members };

/** The part of a language that is fetched first. */
export type Outside = typeof outside;
