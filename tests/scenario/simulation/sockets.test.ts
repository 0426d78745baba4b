// The tenth of the simulator's short set that goes over real HTTP and real sockets (PROTOCOL section 9).
import { simulateSockets } from "@/tests/sim/suite.ts";

simulateSockets();
