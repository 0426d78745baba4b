// Seeds of the soak that ever failed, the even ones: two files, so that two workers share them.
import { OPERATIONS } from "@/tests/sim/play.ts";
import { replay } from "@/tests/sim/suite.ts";

replay(({ seed, operations }) => operations > OPERATIONS && seed % 2 === 0);
