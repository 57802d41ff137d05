// What people do with the hypotheses, the traces, the metrics and the changes of a bundle.
import { readFileSync } from "node:fs";
import { check, until } from "./desk.mjs";

const EXAMPLES = new URL("../../../examples/", import.meta.url);
/** A debug build on a busy machine takes its time over a whole bundle. */
const COMPARING_MS = 90_000;

const openCard = (page) => page.locator(".hypothesis[data-open]");
const query = (page) => new URL(page.url()).searchParams;

/** A suspect is refuted with a reason, without the mouse, and its number is cited in a note. */
export async function judgeAndCite(desk) {
  const { page } = desk;
  await desk.reset();
  const number = await desk.openP1();
  await openCard(page).waitFor();
  await page.locator(".verdict", { hasText: "Fault" }).waitFor();
  await desk.press("q");
  await until(
    () => page.evaluate(() => document.activeElement?.matches(".hypothesis-head")),
    "the focus on the first card",
  );
  await desk.press("Enter");
  await openCard(page).waitFor({ state: "detached" });
  await desk.press("Enter");
  await openCard(page).getByText("Next test").waitFor();
  await openCard(page).getByText("Safe to try").waitFor();

  await desk.press("-");
  await page.getByRole("dialog", { name: /^What was found out about/ }).waitFor();
  const reason = `the pool was full only at night ${Date.now()}`;
  await page.keyboard.type(reason);
  await desk.press("Control+Enter");
  await openCard(page).locator(".judged", { hasText: reason }).waitFor();
  await openCard(page).locator(".judged", { hasText: "refuted" }).waitFor();
  const item = (await openCard(page).locator(".hypothesis-head .muted").textContent()).trim();
  check(/^H\d+$/.test(item), `a number of the hypothesis, not ${item}`);

  await openCard(page)
    .getByRole("button", { name: `Cite ${item}` })
    .click();
  const mark = `told in journey ${Date.now()}`;
  await page.keyboard.type(mark);
  await desk.press("Control+Enter");
  const note = page.locator(".notes .note", { hasText: mark });
  await note.waitFor();
  if (!desk.fixture) {
    await page.reload();
    await note.locator(`a.citation[data-citation="${number}/${item}"]`).click();
    const drawer = page.getByRole("complementary", { name: `Citation ${number}/${item}` });
    await drawer.getByText("refuted").first().waitFor();
    await drawer.getByRole("button", { name: "Go to the hypothesis" }).click();
    await until(() => query(page).get("hyp") === item, "the hypothesis in the address");
    await openCard(page).locator(".judged", { hasText: reason }).waitFor();
  }
  await desk.press("1");
  await page.locator(".moment", { hasText: reason }).first().waitFor();
}

/** The worst trace opens at its span, is folded and unfolded by keys, and leads to its lines. */
export async function traceByKeys(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await desk.press("3");
  await page.locator(".traces .row-link").first().waitFor();
  await page.getByRole("button", { name: "Failed only" }).click();
  await page.locator(".traces .row-link").first().focus();
  await desk.press("Enter");
  const tree = page.getByRole("treegrid", { name: "Spans" });
  await tree.waitFor();
  const rows = page.locator(".span-row");
  await rows.first().waitFor();
  const all = await rows.count();
  check(all > 1, "more than one span");
  check((await page.locator(".span-row[data-critical]").count()) > 0, "a critical path");
  await tree.focus();
  await desk.press("ArrowDown", "ArrowDown");
  await until(() => query(page).get("span"), "the span in the address");
  await page.getByRole("region", { name: "Span detail" }).waitFor();
  const address = page.url();
  await desk.press("Home", "ArrowLeft");
  await until(async () => (await rows.count()) < all, "fewer rows when the root is closed");
  await desk.press("}");
  await until(async () => (await rows.count()) > 1, "rows again");
  const other = await desk.newPage();
  await other.goto(address);
  await other.waitForSelector('.span-row[aria-selected="true"]');
  await other.close();
  await page.getByRole("button", { name: "Lines of this trace" }).click();
  await page.locator(".bar-count").waitFor();
  await page.goBack();
  await tree.waitFor();
  await desk.press("Escape", "Escape");
  await page.locator(".traces table").waitFor();
}

/** One cursor runs through the histogram and every small chart. */
export async function metricsShareTheCursor(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await page.waitForSelector(".histogram canvas");
  await desk.press("4");
  await page.locator(".chart-line").first().waitFor();
  check((await page.locator(".chart-change").count()) > 0, "a marked change point");
  const box = await page.getByTestId("histogram").boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 30);
  const lines = page.locator(".chart-plot .chart-cursor");
  await lines.first().waitFor({ state: "attached" });
  check((await page.locator(".histogram-cursor .chart-cursor").count()) === 1, "the same in the histogram");
  const slider = page.getByLabel("Cursor");
  await slider.focus();
  const before = await slider.getAttribute("aria-valuetext");
  await desk.press("ArrowRight", "ArrowRight");
  await until(async () => (await slider.getAttribute("aria-valuetext")) !== before, "a later moment");
  await page.getByLabel("Words in the name").fill("zzzz no such");
  await page.getByText("No series passes").waitFor();
}

/** A brush says what it has more of, and a value of it narrows the lines. */
export async function brushContrasts(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await page.waitForSelector(".histogram canvas");
  await desk.brush(0.45, 0.6);
  await page.locator(".contrast-chip").first().waitFor({ timeout: COMPARING_MS });
  await desk.press("Shift+O");
  await page.locator(".contrast-fields").waitFor();
  const brushed = query(page).get("q");
  const value = page.locator('.contrast-fields .contrast-value[aria-pressed="false"]').first();
  await value.click();
  await until(() => query(page).get("q").length > brushed.length, "a narrower query");
  check(query(page).get("q").includes("time:"), "the brush to stay");
  await page
    .locator('.contrast-value[aria-pressed="true"], .contrast-chip[aria-pressed="true"]')
    .first()
    .click();
  await until(() => query(page).get("q") === brushed, "the value taken out again");
}

/** A good bundle is attached beside a bad one, chosen, and shows what changed since. */
export async function compareWithGood(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  await desk.openCase(`Compared with a good day ${Date.now()}`);
  for (const name of ["shop-good.tar.gz", "shop-outage.tar.gz"]) {
    await desk.drop(name, readFileSync(new URL(name, EXAMPLES)));
    const item = page.locator(".bundle-item", { hasText: name });
    await item.getByText(/records/).waitFor({ timeout: COMPARING_MS });
  }
  await page.locator(".bundle-item", { hasText: "shop-outage" }).locator(".row-link").click();
  await openCard(page).waitFor();
  await desk.press("Shift+D");
  await page.getByRole("radio", { name: /shop-good/ }).check();
  await desk.press("Control+Enter");
  await page.locator(".verdict", { hasText: "shop-good.tar.gz" }).waitFor({ timeout: COMPARING_MS });
  await page.locator(".hypothesis", { hasText: "ledger" }).first().waitFor();
  await desk.press("5");
  const changes = page.locator(".changes");
  await changes.getByText(/image was .*7\.4\.0, is .*7\.4\.1/).waitFor();
  await changes.getByRole("heading", { name: /^New messages/ }).waitFor();
  await changes.locator(".cites .link").first().click();
  await page.waitForSelector('.line-row[aria-selected="true"], .table tr[data-chosen], .span-row');
}
