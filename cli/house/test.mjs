// `npm test`: everything; with "check" all but the browser and the slow suites; with "e2e" the browser alone.
import { ensureClient } from "./client.mjs";
import { checkNode, ensurePackages } from "./needs.mjs";
import { runBrowser, runSteps, runVitest } from "./suites.mjs";

const checked = ["house", "unit", "vectors", "contract", "scenario"];
const [what = "all", ...more] = process.argv.slice(2);

checkNode();
await ensurePackages();

const rows = [];
if (what !== "e2e") rows.push(...(await runSteps()));
if (what !== "check") await ensureClient();
if (what === "check") rows.push(...(await runVitest(checked)));
if (what === "all") rows.push(...(await runVitest([...checked, "hostile", "secrecy"])));
if (what !== "check") rows.push(...(await runBrowser(more)));

const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
console.log(`\n${"suite".padEnd(28)}${"passed".padStart(8)}${"failed".padStart(8)}${"seconds".padStart(9)}`);
for (const { name, passed, failed, seconds } of rows) {
  const figures = [String(passed).padStart(8), String(failed).padStart(8), seconds.toFixed(1).padStart(9)];
  console.log(`${name.padEnd(28)}${figures.join("")}`);
}
process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
