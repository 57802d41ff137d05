// Redaction from rules to reveal, on a desk where nothing was published yet.
import { violations } from "./axe.mjs";
import { check } from "./desk.mjs";

const LOG = [
  "2026-11-24T09:41:05.000Z INFO ledger user=msample password=not-a-real-one of Bluebird",
  "2026-11-24T09:41:06.000Z INFO ledger basket-3f9a02c1 is paid by CUST-204817",
  "2026-11-24T09:41:07.000Z ERROR ledger all is lost",
  "",
].join("\n");

/** The server reads all of it; a busy machine takes its time. */
const READING_MS = 60_000;

async function seen(desk, what) {
  const { SCREENSHOTS } = process.env;
  for (const theme of ["dark", "light"]) {
    await desk.page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
    const found = await violations(desk.page);
    check(found.length === 0, `no violations in ${theme}, ${what}: ${found.join("\n")}`);
    if (SCREENSHOTS)
      await desk.page.screenshot({ path: `${SCREENSHOTS}/${what.replaceAll(" ", "-")}-${theme}.png` });
  }
}

/** Rules are started from the example, a mistake is found by its place, and a version is published. */
async function publishRules(desk) {
  const { page } = desk;
  await desk.goto("/queue");
  await page.waitForSelector(".shell main");
  await desk.press("g", "r");
  await page.getByRole("heading", { name: "Redaction rules" }).waitFor();
  await page.getByText("only the rules that are built in hold").waitFor();
  await page.getByRole("button", { name: "Start from an example" }).click();
  await page.locator(".shown-lines").getByText("by customer numbers (official-number)").waitFor();
  const rules = page.getByRole("textbox", { name: "Rules" });
  const good = await rules.inputValue();
  await rules.fill(good.replace("'CUST-[0-9]{6}'", "'.+'"));
  const place = page.getByRole("button", { name: "line 3, column 5" });
  await place.waitFor();
  await page.getByText(/would hide 100 % of an ordinary log/).waitFor();
  await seen(desk, "rules with a mistake");
  await place.focus();
  await desk.press("Enter");
  await page.keyboard.type("  - name: narrower");
  check(
    (await rules.inputValue()).includes("  - name: narrower\n    pattern: '.+'"),
    "the line to be selected",
  );
  await rules.fill(good);
  await page.getByLabel("Product of the case").selectOption("shop");
  await page.getByText("with the profile shop").waitFor();
  await page.locator(".shown-lines").getByText("by baskets (hidden)").waitFor();
  await page.getByLabel("Reason").fill("projects and baskets");
  await page.getByRole("button", { name: "Publish the next version" }).focus();
  await desk.press("Enter");
  await page.getByText(/^Version 1, published .* projects and baskets/).waitFor();
  await seen(desk, "rules published");
}

/** A dropped bundle shows what would be hidden; it is forgotten, then attached. */
async function previewAndAttach(desk) {
  const { page } = desk;
  await desk.press("g", "q");
  await page.waitForURL(/\/queue/);
  await page.waitForSelector(".empty-queue, .queue-row");
  await desk.press("c");
  await page.getByRole("dialog", { name: "New case" }).waitFor();
  await page.keyboard.type("Baskets are lost");
  await page.getByLabel("Product", { exact: true }).fill("Shop");
  await desk.press("Control+Enter");
  await page.waitForURL(/\/cases\//);
  await page.getByText("None attached.").waitFor();
  await desk.palette("preview before attaching");
  await desk.drop("baskets.log", LOG);
  const dialog = page.getByRole("dialog", { name: "What would be hidden in baskets.log" });
  await dialog
    .getByText(/5 values would be hidden in 1 file by version 1 .* with the profile shop/)
    .waitFor({ timeout: READING_MS });
  await dialog.locator("del", { hasText: "not-a-real-one" }).waitFor();
  await seen(desk, "preview");
  await dialog.getByRole("button", { name: "Do not attach" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("None attached.").waitFor();
  await desk.drop("baskets.log", LOG);
  await dialog.getByText(/5 values would be hidden/).waitFor({ timeout: READING_MS });
  await desk.press("Control+Enter");
  await page.locator(".bundle-item", { hasText: "by rules 1 (shop)" }).waitFor();
}

/** By keyboard alone: the line, its pseudonym, a reason, the value, and nothing of it afterwards. */
async function reveal(desk) {
  const { page } = desk;
  await page.waitForSelector(".line-row[data-position]");
  await page.getByRole("grid", { name: "Log lines" }).focus();
  await desk.press("Home", "p");
  await page.waitForSelector(".evidence-item");
  await desk.press("Enter");
  await page.waitForSelector(".line-detail .hidden-list");
  await page.getByText("a user name; who may reveal: senior, security").waitFor();
  await page.getByText("a password; nothing leads back from it").waitFor();
  await seen(desk, "line with pseudonyms");
  await page.getByRole("button", { name: "Reveal…" }).focus();
  await desk.press("Enter");
  await page.getByRole("dialog", { name: "Reveal a user name" }).waitFor();
  await page.keyboard.type("to call them back");
  await seen(desk, "reveal");
  await desk.press("Control+Enter");
  await page.locator(".revealed", { hasText: "msample" }).waitFor();
  await desk.press("Escape");
  await page.locator(".revealed").waitFor({ state: "detached" });
  check(!(await page.content()).includes("msample"), "the value gone with the dialog");
  await desk.press("Escape", "1");
  await page.locator('.tab-panel[data-view="timeline"]').getByText("to call them back").waitFor();
  check(!(await page.content()).includes("msample"), "no value in the timeline");
}

export async function redaction(desk) {
  await publishRules(desk);
  await previewAndAttach(desk);
  await reveal(desk);
}
