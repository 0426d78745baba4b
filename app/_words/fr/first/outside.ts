// French, what the screens of coming in need, which stand before the rest is here.
import type { Outside } from "@/app/_words/en/first/outside.ts";
import { devices } from "@/app/_words/fr/devices.ts";
import { enter } from "@/app/_words/fr/enter.ts";
import { faults } from "@/app/_words/fr/faults/table.ts";
import { members } from "@/app/_words/fr/people/members.ts";
import { renewal } from "@/app/_words/fr/safety/renewal.ts";
import { trust } from "@/app/_words/fr/safety/trust.ts";
import { ui } from "@/app/_words/fr/ui.ts";

export const outside: Outside = { enter, ui, faults, trust, renewal, devices, members };
