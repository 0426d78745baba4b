// `npm run hostile`: runs every hostile case and prints what was tried, refused, told, and is known not to be refused.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { NOT_REFUSED, TABLE } from "./table.ts";

type Assertion = { readonly title: string; readonly fullName: string; readonly status: string };
type Report = { readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[] };

const root = resolve(import.meta.dirname, "../..");

function runAll(): readonly Assertion[] {
  const folder = mkdtempSync(join(tmpdir(), "tacit-hostile-"));
  const output = join(folder, "report.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--project", "hostile", "--reporter=json", `--outputFile=${output}`];
  spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { cwd: root, stdio: "ignore" });
  try {
    const report = JSON.parse(readFileSync(output, "utf8")) as Report;
    return report.testResults.flatMap(({ assertionResults }) => assertionResults);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const numberOf = ({ title, fullName }: Assertion): string | undefined =>
  /\b(?:MS|SRV)-\d\d\b/.exec(title)?.[0] ?? /\b(?:MS|SRV)-\d\d\b/.exec(fullName)?.[0];

const started = performance.now();
const ran = runAll().filter(({ status }) => status === "passed" || status === "failed");
const known = new Set(TABLE.map(({ id }) => id));
let bad = 0;
console.info(
  `${"".padEnd(8)}${"tried".padEnd(58)}${"cases".padStart(6)}${"refused".padStart(9)}  ${"told".padEnd(8)}by`,
);
for (const { id, tries, codes, told } of TABLE) {
  const cases = ran.filter((one) => numberOf(one) === id);
  const refused = cases.filter(({ status }) => status === "passed").length;
  if (cases.length === 0 || refused < cases.length) bad += 1;
  const figures = `${String(cases.length).padStart(6)}${String(refused).padStart(9)}`;
  console.info(`${id.padEnd(8)}${tries.padEnd(58)}${figures}  ${told.padEnd(8)}${codes}`.trimEnd());
  for (const { title, status } of cases) if (status === "failed") console.info(`        FAILED: ${title}`);
}
const strays = ran.filter((one) => !known.has(numberOf(one) ?? ""));
for (const { title, status } of strays) {
  if (status === "failed") bad += 1;
  console.info(`${status === "failed" ? "FAILED" : "also"}: ${title}`);
}
console.info("\nknown not refused");
for (const { id, what } of NOT_REFUSED) console.info(`${id.padEnd(8)}${what}`);
const seconds = Math.round((performance.now() - started) / 1000);
const alarmed = TABLE.filter(({ told }) => told === "alarm" || told === "stop").length;
console.info(
  `\n${TABLE.length} numbers in ${ran.length} cases tried, ${TABLE.length - bad} refused, ${alarmed} with an alarm, ${NOT_REFUSED.length} known not refused; ${seconds} s`,
);
console.info(
  `${ran.filter(({ status }) => status === "passed").length} passed, ${ran.filter(({ status }) => status === "failed").length} failed`,
);
process.exitCode = bad === 0 ? 0 : 1;
