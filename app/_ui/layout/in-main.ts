// Whether the sidebar is the screen itself, as on a phone's home: then it is part of `<main>`, not beside it.
"use client";

import { createContext } from "react";

export const InMain = createContext(false);
