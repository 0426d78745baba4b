// A part of the short set of the simulator (PROTOCOL section 9).
import { simulate } from "@/tests/sim/suite.ts";

simulate(2);
