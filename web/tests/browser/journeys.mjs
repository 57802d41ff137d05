// What people do, from start to end. Each runs on the fixture and on a real server.
import { readFileSync } from "node:fs";
import { check, until } from "./desk.mjs";

const BUNDLE = new URL("../../../examples/shop-good.tar.gz", import.meta.url);

const evidenceNumbers = (page) => page.locator(".evidence-number").allTextContents();
const selectedText = (page) => page.locator('.line-row[aria-selected="true"] .line-text').textContent();
const errorRow =
  '.line-row[aria-selected="true"][data-level="error"], .line-row[aria-selected="true"][data-level="fatal"]';
/** The list is fetched after the case, and its markers move when it comes. */
const evidenceShown = (page) => page.waitForSelector(".evidence-item, .side-none");

export async function investigate(desk) {
  const { page } = desk;
  await desk.reset();
  const number = await desk.openP1();
  const all = await page.locator(".bar-count b").textContent();
  await page.waitForSelector(".histogram canvas");
  await desk.brush(0.1, 0.9);
  await until(
    async () => (await page.locator(".bar-count b").textContent()) !== all,
    "fewer lines in the brush",
  );
  check(new URL(page.url()).searchParams.get("q")?.includes("time:"), "the brush in the address");

  await desk.press("e");
  await page.waitForSelector(errorRow);
  while ((await page.locator(`${errorRow.split(",")[0]}[data-pinned]`).count()) > 0) {
    const old = await selectedText(page);
    await desk.press("e");
    await until(async () => (await selectedText(page)) !== old, "the next error");
  }
  await pinAndCite(desk, number);
}

/** Pins the line under the cursor, cites it in a note, and finds all of it again after a reload. */
async function pinAndCite(desk, number) {
  const { page } = desk;
  await evidenceShown(page);
  const before = await evidenceNumbers(page);
  const line = await selectedText(page);
  await desk.press("p");
  await until(async () => (await evidenceNumbers(page)).length === before.length + 1, "a pinned line");
  const item = (await evidenceNumbers(page)).find((one) => !before.includes(one));

  await page.getByRole("button", { name: `Cite ${item} in the note` }).click();
  const mark = `seen in journey ${Date.now()}`;
  await page.keyboard.type(mark);
  await desk.press("Control+Enter");
  const note = page.locator(".notes .note", { hasText: mark });
  await note.waitFor();

  await page.reload();
  await note.locator(`a.citation[data-citation="${number}/${item}"]`).click();
  const drawer = page.getByRole("complementary", { name: `Citation ${number}/${item}` });
  await drawer.waitFor();
  await drawer.getByRole("button", { name: "Go to the line" }).click();
  await page.waitForSelector('.line-row[aria-selected="true"]');
  check(
    line.includes((await selectedText(page)).slice(-30)),
    `the pinned line again, not ${await selectedText(page)}`,
  );

  await desk.goto(`/cases/${number}/evidence/${item}`);
  await page.waitForSelector('.line-row[aria-selected="true"][data-pinned]');
  check(page.url().includes("at="), "the address of the citation to lead to the line");
}

export async function keyboardOnly(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.queue("?severity=P1");
  await desk.press("j");
  await page.waitForSelector(".queue-row[data-current]");
  for (let tries = 0; tries < 30; tries += 1) {
    if (await page.locator('.queue-row[data-current] .fact:not([data-none])[title$=" bundles"]').count())
      break;
    await desk.press("j");
  }
  await desk.press("Enter");
  await page.waitForSelector(".line-row[data-position]");
  await desk.press("j", "j", "j", "k");
  const grid = page.getByRole("grid", { name: "Log lines" });
  await until(async () => (await grid.getAttribute("aria-activedescendant")) === "line-1", "the second line");
  await desk.press("End");
  const last = Number(await grid.getAttribute("aria-rowcount")) - 2;
  await until(
    async () => (await grid.getAttribute("aria-activedescendant")) === `line-${last}`,
    "the last line",
  );
  await desk.press("Home", "PageDown", "e");
  await page.waitForSelector(errorRow);
  await desk.press("Enter");
  await page.waitForSelector(".line-detail .raw");
  await desk.press("Escape");
  await page.waitForSelector(".line-detail", { state: "detached" });

  await desk.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight");
  await page.waitForSelector(".brush-mark");
  await desk.press("Shift+T");
  await page.waitForSelector(".brush-mark", { state: "detached" });

  await desk.press("/");
  await page.keyboard.type("error");
  await desk.press("Shift+Enter");
  await until(() => new URL(page.url()).searchParams.get("find") === "error", "the term in the address");
  await desk.press("Shift+X");
  for (const [key, view] of [
    ["1", "timeline"],
    ["3", "traces"],
    ["4", "metrics"],
    ["5", "changes"],
    ["6", "files"],
    ["7", "templates"],
    ["8", "problems"],
    ["2", "logs"],
  ]) {
    await desk.press(key);
    await page.waitForSelector(`.tab-panel[data-view="${view}"]`);
  }
  await desk.press("c");
  const mark = `typed without a mouse ${Date.now()}`;
  await page.keyboard.type(mark);
  await desk.press("Control+Enter");
  await page.locator(".notes .note", { hasText: mark }).waitFor();

  await desk.palette("theme: dark");
  await page.waitForSelector('html[data-theme="dark"]');
  await desk.press("Escape");
  await page.waitForSelector(".queue-row[data-current]");
  await desk.press("?");
  await page.getByRole("dialog", { name: "Keys of this screen" }).waitFor();
  await desk.press("Escape");
  await desk.theme("light");
}

export async function publicReply(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await desk.press("r");
  const composer = page.getByRole("form", { name: "Public reply" });
  await composer.getByText("Customer sees this").waitFor();
  const mark = `for the customer ${Date.now()}`;
  await page.keyboard.type(mark);
  await desk.press("Control+Enter");
  await composer.getByText(/Sending in \d+ s/).waitFor();
  await composer.getByRole("button", { name: "Undo" }).click();
  check((await composer.getByRole("textbox").inputValue()) === mark, "the text back after undo");
  await composer.getByRole("textbox").focus();
  await desk.press("Control+Enter");
  await composer.getByRole("button", { name: "Send now" }).click();
  await page.locator('.notes .note[data-audience="public"]', { hasText: mark }).waitFor();
}

export async function attachBundle(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.queue();
  // Asked for early: the browser must know before the key is pressed that nobody sees its own dialog.
  const chooser = page.waitForEvent("filechooser");
  await desk.palette("inspect a support");
  await (await chooser).setFiles({
    name: "journey.log",
    mimeType: "text/plain",
    buffer: Buffer.from(logText()),
  });
  const dialog = page.getByRole("dialog", { name: "New case with this bundle" });
  await dialog.waitFor();
  await desk.press("Control+Enter");
  await page.waitForURL(/\/cases\//);
  await page.waitForSelector(".line-row[data-position]");

  await desk.drop("dropped.log", logText());
  const dropped = page.locator(".bundle-item", { hasText: "dropped.log" });
  // A real server may have read so short a log before the bar could be seen.
  if (desk.fixture) await dropped.locator("progress").waitFor();
  await dropped.getByText(/records/).waitFor();
}

/** The whole of the first working version: a case, a bundle, a brush, a pin, a note, a reload. */
export async function bundleToCitation(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.queue();
  await page.locator('.live[data-state="open"]').waitFor();
  await desk.press("c");
  await page.getByRole("dialog", { name: "New case" }).waitFor();
  await page.keyboard.type(`Journey with a bundle ${Date.now()}`);
  await desk.press("Control+Enter");
  await page.waitForURL(/\/cases\//);
  await page.getByText("No evidence yet").waitFor();
  const number = new URL(page.url()).pathname.split("/").at(-1);

  const answers = [];
  page.on("response", (response) => answers.push(new URL(response.url()).pathname));
  await desk.drop("shop-good.tar.gz", readFileSync(BUNDLE));
  await page.waitForSelector(".line-row[data-position]");
  page.removeAllListeners("response");
  check(
    !answers.includes(`/cases/${number}`),
    "the result to come by itself, without loading the page again",
  );

  const all = await page.locator(".bar-count b").textContent();
  await page.waitForSelector(".histogram canvas");
  await desk.brush(0.3, 0.6);
  await until(async () => (await page.locator(".bar-count b").textContent()) !== all, "a narrower selection");
  await page.getByRole("grid", { name: "Log lines" }).focus();
  await desk.press("j", "j", "j");
  await until(
    async () => await page.locator('.line-row[aria-selected="true"]').count(),
    "a line under the cursor",
  );
  await pinAndCite(desk, number);
}

function logText() {
  const lines = Array.from({ length: 500 }, (_, index) => {
    const second = String(index % 60).padStart(2, "0");
    const minute = String(Math.floor(index / 60)).padStart(2, "0");
    return `2026-11-23T09:${minute}:${second}.000Z ${index % 9 ? "INFO" : "ERROR"} worker step ${index} done`;
  });
  return `${lines.join("\n")}\n`;
}

export async function newsWaits(desk) {
  const { page } = desk;
  await desk.reset();
  const number = await desk.openP1();
  await page.locator('.live[data-state="open"]').waitFor();
  const mark = `from the other desk ${Date.now()}`;
  if (!(await desk.colleagueWrites(number, mark))) return;
  await page.locator(".live-chip", { hasText: "1 new" }).waitFor();
  check((await page.locator(".notes .note", { hasText: mark }).count()) === 0, "nothing to move by itself");
  await desk.press(".");
  await page.locator(".notes .note", { hasText: mark }).waitFor();
}

export async function ownNewsDoesNotWait(desk) {
  const { page } = desk;
  await desk.reset();
  const number = await desk.openP1();
  await page.locator('.live[data-state="open"]').waitFor();
  const other = await desk.newPage();
  await other.goto(`${desk.address}/cases/${number}`);
  await other.waitForSelector(".line-row[data-position]");
  await other.keyboard.press("c");
  const mark = `from my other page ${Date.now()}`;
  await other.keyboard.type(mark);
  await other.keyboard.press("Control+Enter");
  await other.locator(".notes .note", { hasText: mark }).waitFor();
  await other.close();
  await page.locator(".notes .note", { hasText: mark }).waitFor();
  check((await page.locator(".live-chip").count()) === 0, "no news of what I did myself");
}

export async function linkShowsTheSame(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await page.getByRole("checkbox", { name: /ERROR/ }).check();
  await until(() => page.url().includes("q=level:error"), "the level in the address");
  // There is no row to step on before the errors are there.
  await page.locator(".bar-count", { hasText: " of " }).waitFor();
  await desk.press("j", "j");
  await page.waitForSelector(errorRow);
  await desk.press("Enter");
  await page.waitForSelector(".line-detail .raw");
  await until(() => page.url().includes("at="), "the line in the address");
  const [address, line] = [page.url(), await selectedText(page)];
  const other = await desk.newPage();
  await other.goto(address);
  await other.waitForSelector(".line-detail .raw");
  check((await selectedText(other)) === line, "the same line selected");
  check(await other.getByRole("checkbox", { name: /ERROR/ }).isChecked(), "the same filter");
  await other.close();
}

/** A case waits for the customer, gets an answer, and its clocks say why they stood still. */
export async function turnsAndClocks(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  await desk.openP1();
  await page.locator(".clock-list li").first().waitFor();
  await desk.press("h");
  await page.getByRole("radio", { name: /Pending/ }).check();
  await desk.press("Control+Enter");
  const header = page.locator(".case-header");
  await header.getByText("waiting on the customer").waitFor();
  await page.locator(".clock-list li", { hasText: "stands still" }).first().waitFor();
  await desk.press("d");
  await page.getByLabel("Who", { exact: true }).fill("Dana");
  await page.getByLabel("What they said").fill("We upgraded at nine");
  await desk.press("Control+Enter");
  await page.locator(".notes .note[data-from-customer]", { hasText: "We upgraded at nine" }).waitFor();
  await header.getByText("open", { exact: true }).waitFor();
  await desk.press("t");
  const dialog = page.getByRole("dialog", { name: /^Clocks of MS-/ });
  await dialog.getByRole("cell", { name: "status pending" }).first().waitFor();
  await desk.press("Escape");
  await desk.press("r");
  await page.keyboard.type("Thank you. We compare the pool sizes now.");
  await page.getByLabel("Next update").selectOption("1");
  await desk.press("Control+Enter");
  await page.getByRole("button", { name: "Send now" }).click();
  await page.locator(".clock-list li", { hasText: "Promised update" }).waitFor();

  await desk.press("g", "p");
  await page.getByRole("heading", { name: "What is promised" }).waitFor();
  await page.getByRole("button", { name: "Show the clocks" }).click();
  await page.locator(".clock-table").first().waitFor();
  await desk.queue("?sort=due");
  await page.locator(".queue-row .due").first().waitFor();
}

/** A query is typed with offers, corrected, widened by a click, saved, and there again after a reload. */
export async function query(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  const count = () => page.locator(".bar-count b").textContent();
  const all = await count();
  const q = () => new URL(page.url()).searchParams.get("q");

  await desk.press("/");
  await page.keyboard.type("lev");
  await page
    .getByRole("option", { name: /level:/ })
    .first()
    .waitFor();
  await desk.press("ArrowDown", "Enter");
  await page.getByRole("option", { name: "error..", exact: false }).first().waitFor();
  await page.keyboard.type("eror");
  await desk.press("Enter");
  await page.locator(".query-mistake mark", { hasText: "eror" }).waitFor();
  desk.complaints.length = 0;
  await page.locator(".query-mistake").getByRole("button", { name: "level:error" }).click();
  await until(() => q() === "level:error", "the corrected query in the address");
  await until(async () => (await count()) !== all, "fewer lines");
  const errors = await count();

  await page.getByRole("checkbox", { name: /WARN/ }).check();
  await until(() => q() === "level:error,warn", "the second level in the query");
  await until(async () => (await count()) !== errors, "more lines");
  const both = await count();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("checkbox", { name: /WARN/ }).uncheck();
  await until(() => q() === "level:error", "the level taken out");
  await page.getByRole("button", { name: "Remove: level:error" }).click();
  await until(() => q() === null, "an empty query");

  await page.reload();
  await page.getByRole("button", { name: /^Saved queries/ }).click();
  await page.getByRole("button", { name: "level:error,warn", exact: true }).click();
  await until(async () => (await count()) === both, "the same lines as before");

  await desk.press("j", "j", "Enter");
  await page.waitForSelector(".line-detail .raw");
  await desk.press("Shift+L");
  await page.waitForSelector(".context-rows li[data-current]");
  const around = await page.locator(".context-rows li").count();
  check(around > 1 && around <= 11, `five records before and after, not ${around}`);
}
