// Every sample failure, uploaded as a customer would send it: the first hypothesis is the right one, and
// its citation leads to the raw line that shows it. A new sample is a new row of the table.
import { readFileSync } from "node:fs";
import { check, until } from "./desk.mjs";

const EXAMPLES = new URL("../../../examples/", import.meta.url);

/** What broke in each sample, as examples/README.md tells it, and a citation with words of the line it leads to. */
const SAMPLES = [
  { bundle: "shop-outage", component: "ledger", kind: "config", cite: "log:", line: /pool|connection/i },
  {
    bundle: "boxoffice-certificate",
    component: "seats",
    kind: "config",
    cite: "seats.log:",
    line: /tls: bad certificate/,
  },
  // the kill is told by the cluster: an object, which is no line of a log
  { bundle: "fleet-memory", component: "tracker", kind: "memory", cite: "fleet.json:", file: "fleet.json" },
  { bundle: "clinic-disk", component: "db-1", kind: "disk", cite: "log:", line: /No space left on device/ },
  {
    bundle: "parcels-quota",
    component: "carrier-proxy",
    kind: "overload",
    cite: "carrier-proxy-json.log:",
    line: /429 Too Many Requests/,
  },
];

const READING_MS = 120_000;

export async function samplesAreDiagnosed(desk) {
  if (!desk.binary) return;
  for (const sample of SAMPLES) await diagnose(desk, sample);
}

async function diagnose(desk, sample) {
  const { page } = desk;
  const { bundle, component, kind } = sample;
  const file = `${bundle}.tar.gz`;
  await desk.openCase(`Sample ${bundle} ${Date.now()}`);
  await desk.drop(file, readFileSync(new URL(file, EXAMPLES)));
  const first = page.locator(".hypothesis").first();
  await first.waitFor({ timeout: READING_MS });

  const verdict = await page.locator(".verdict-word").textContent();
  check(verdict === "Fault", `${bundle}: a fault, not ${verdict}`);
  const found = await first.locator(".hypothesis-name").textContent();
  check(found === component, `${bundle}: ${component} first, not ${found}`);
  const told = await first.locator(".tag").textContent();
  check(told === kind, `${bundle}: the kind ${kind}, not ${told}`);
  await follow(page, first, sample);
}

/** A citation of the first hypothesis leads to the raw line, or to the file of an object, that shows it. */
async function follow(page, card, { bundle, cite, line, file }) {
  const cited = card.locator(`.cites .link[aria-label*="${cite}"]`).first();
  await cited.waitFor();
  await cited.click();
  if (file) {
    await page.locator("tr[data-chosen]", { hasText: file }).getByText("cited: line").waitFor();
    return;
  }
  await page.waitForSelector('.line-row[aria-selected="true"]');
  const raw = page.locator(".line-detail .raw");
  await until(async () => line.test(await raw.textContent()), `${bundle}: a raw line with ${line}`);
}
