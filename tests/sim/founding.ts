// The beginning of a run: a workspace with its first people, in calm weather.
import { Fault } from "@/lib/base/errors.ts";
import type { Person, Seat } from "./world/seat.ts";
import type { Stage } from "./world/stage.ts";

/** The fragment of a link, as a browser's address bar has it. */
export function fragmentOf(link: string): string {
  return `#${link.split("#")[1]}`;
}

/** Reads the recovery code off the screen, writes it down and confirms it, where it waits for that. */
export async function writeDown(seat: Seat): Promise<void> {
  const { ws, device } = seat;
  if (ws === null) return;
  const words = await device.running.recoveryWords({ ws });
  if (words === null) return;
  const answers = [0, 7, 23].map((index) => ({ index, word: words[index] ?? "" }));
  if (await device.running.confirmRecovery({ ws, answers })) seat.person.words = words.join(" ");
}

/** A device that has just come in: noted with its person. */
export function settleIn(seat: Seat, ws: Seat["ws"]): void {
  seat.ws = ws;
  seat.person.user = seat.account?.me ?? seat.person.user;
}

async function found(stage: Stage, seat: Seat): Promise<void> {
  const fragment = fragmentOf(await stage.host.setupLink());
  const { ws } = await seat.device.running.createWorkspace({ fragment, workspace: "Harbour", name: seat.person.name });
  stage.ws = ws;
  settleIn(seat, ws);
  await writeDown(seat);
}

/** A fresh device takes an instant invite's link. */
export async function join(seat: Seat, link: string): Promise<void> {
  const input = { fragment: fragmentOf(link), name: seat.person.name, avatar: null };
  const { ws } = await seat.device.running.joinWorkspace(input);
  settleIn(seat, ws);
  await writeDown(seat);
}

/** Adds a device to a person by code, with the old one at hand. */
export async function linkDevice(old: Seat, fresh: Seat): Promise<void> {
  const { ws } = old;
  if (ws === null) return;
  const engine = fresh.device.running;
  const phases = watchLink(fresh);
  await engine.startLink({ name: fresh.device.name });
  const code = await phases.code;
  await old.device.running.inspectLink({ ws, code });
  await old.device.running.approveLink({ ws });
  await phases.asked;
  await engine.confirmLink({});
  await phases.done;
  settleIn(fresh, ws);
}

/** The steps that a device which waits to be linked goes through; each rejects when it comes to nothing. */
function watchLink(fresh: Seat): { code: Promise<string>; asked: Promise<void>; done: Promise<void> } {
  const made = { code: step<string>(), asked: step<void>(), done: step<void>() };
  fresh.device.running.subscribe("link", ({ joining }) => {
    if (joining === null) return;
    if (joining.phase === "showing") made.code.resolve(joining.code);
    if (joining.phase === "asked") made.asked.resolve();
    if (joining.phase === "done") made.done.resolve();
    if (joining.fault !== null || joining.phase === "failed")
      for (const one of Object.values(made)) one.reject(new Fault(joining.fault ?? "net/closed"));
  });
  return { code: made.code.promise, asked: made.asked.promise, done: made.done.promise };
}

function step<T>() {
  let resolve: (value: T) => void = () => undefined;
  let fail: (thrown: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    fail = no;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject: (fault: Fault) => fail(fault) };
}

const NAMES = ["Ana", "Ben", "Cleo", "Dag", "Eva", "Fay", "Gil", "Hope", "Ivo", "Jo"];

/** A name that nobody has. */
export function nextName(stage: Stage): string {
  const count = stage.people.length;
  return `${NAMES[count % NAMES.length]}${count < NAMES.length ? "" : count}`;
}

/** A workspace with this many people, one device each. */
export async function foundWorkspace(stage: Stage, people: number): Promise<Person[]> {
  await stage.begin();
  const first = await stage.seat(stage.person(nextName(stage)));
  await stage.go("founding", found(stage, first));
  if (people > 1) {
    const input = { ws: stage.ws, label: "first", maxUses: people - 1, hours: 24 };
    const { link } = await stage.go("the first invite", first.device.running.createInvite(input));
    for (let i = 1; i < people; i += 1) {
      const seat = await stage.seat(stage.person(nextName(stage)));
      await stage.go(`${seat.person.name} joins`, join(seat, link));
    }
  }
  await stage.time.run(3000);
  return stage.people;
}
