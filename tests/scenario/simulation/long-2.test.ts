// Seeds of the soak that ever failed, part 2 of four, so that the workers share them.
import { OPERATIONS } from "@/tests/sim/play.ts";
import { replay } from "@/tests/sim/suite.ts";

replay(({ seed, operations }) => operations > OPERATIONS && seed % 4 === 2);
