// What the virtual list puts on every `li` of the log.

import type { Ref } from "react";

export type LineAttributes = {
  ref: Ref<HTMLLIElement>;
  tabIndex: number;
  style: { marginTop: number } | undefined;
  "data-index": number;
  "data-key": string;
};
