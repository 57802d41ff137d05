// Every sample failure, uploaded as a customer would send it: the first hypothesis is the right one, and
// its citation leads to the raw line that shows it. A new sample is a new row of the table.
import { readFileSync } from "node:fs";
import { check, until } from "./desk.mjs";

const EXAMPLES = new URL("../../../examples/", import.meta.url);

/** What broke in each sample, as examples/README.md tells it, and words of a line that shows it. */
const SAMPLES = [
  { bundle: "shop-outage.tar.gz", component: "ledger", kind: "config", line: /pool|connection/i },
];

const READING_MS = 120_000;

export async function samplesAreDiagnosed(desk) {
  if (!desk.binary) return;
  for (const sample of SAMPLES) await diagnose(desk, sample);
}

async function diagnose(desk, { bundle, component, kind, line }) {
  const { page } = desk;
  await desk.openCase(`Sample ${bundle} ${Date.now()}`);
  await desk.drop(bundle, readFileSync(new URL(bundle, EXAMPLES)));
  const first = page.locator(".hypothesis").first();
  await first.waitFor({ timeout: READING_MS });

  const verdict = await page.locator(".verdict-word").textContent();
  check(verdict === "Fault", `${bundle}: a fault, not ${verdict}`);
  const found = await first.locator(".hypothesis-name").textContent();
  check(found === component, `${bundle}: ${component} first, not ${found}`);
  const told = await first.locator(".tag").textContent();
  check(told === kind, `${bundle}: the kind ${kind}, not ${told}`);

  await followToLine(page, first, line, bundle);
}

/** One of the citations of the first hypothesis leads to a raw line with these words. */
async function followToLine(page, card, words, bundle) {
  const logs = card.locator('.cites .link[aria-label*=".log:"]');
  await logs.first().waitFor();
  await logs.first().click();
  await page.waitForSelector('.line-row[aria-selected="true"]');
  const raw = page.locator(".line-detail .raw");
  await until(async () => words.test(await raw.textContent()), `${bundle}: a raw line with ${words}`);
}
