// Whose case it is, and who takes it: from too little to accepted.
import { check } from "./desk.mjs";

/** Intake is handed over below its score, returned, completed against the evidence, and accepted; by keyboard. */
export async function intakeComesBack(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  await desk.queue();
  await desk.press("c");
  const subject = `<img src=x onerror=alert(1)> slow ${Date.now()}`;
  await page.getByLabel("Subject").fill(subject);
  await desk.press("Control+Enter");
  await page.locator(".case-title h1", { hasText: subject }).waitFor();
  const number = (await page.locator(".case-number").textContent()).trim();
  const panel = page.locator(".side-section", { has: page.locator("#intake-title") });
  await panel.getByText("Nothing was reported yet.").waitFor();

  await desk.press("i");
  const dialog = page.getByRole("dialog", { name: `Intake of ${number}` });
  await dialog.getByLabel("What is wanted").fill("find the cause");
  await dialog.getByLabel("Who answers questions").fill("Kim");
  await dialog.locator(".intake-score b", { hasText: /^5$/ }).waitFor();
  check(await dialog.getByRole("button", { name: "Hand over" }).isDisabled(), "too little to hand over");
  await dialog.getByLabel("Your team").fill("L1 Europe");
  await dialog.getByLabel("Reason to override").fill("the <b>phone</b> is dead");
  await desk.press("Control+Enter");
  await panel.getByText("waits for a decision").waitFor();
  await panel.getByText("Override: the <b>phone</b> is dead").waitFor();

  await desk.press("Shift+R");
  await page.getByRole("dialog", { name: `Return the intake of ${number}` }).waitFor();
  await page.getByLabel("What is needed").fill("the steps, please");
  await desk.press("Control+Enter");
  await panel.getByText("returned to the sender").waitFor();
  await panel.getByText("evidence is missing: the steps, please").waitFor();

  await desk.press("i");
  const fill = (name, text) => dialog.getByRole("textbox", { name, exact: true }).fill(text);
  await fill("Component", "checkout");
  await fill("Exact version or build", "7.4.1");
  await fill("It began", "2025-11-24T09:41:00");
  await dialog.getByText("the start has no zone", { exact: false }).waitFor();
  await fill("It began", "2025-11-24T09:41:00+01:00");
  await dialog.getByLabel("It goes on").check();
  await fill("Request, trace, tenant or object ids", "4bf92f3577b34da6");
  await fill("Steps to reproduce", "put something into the cart\npay");
  await fill("Expected", "an order");
  await fill("Actual", "a 502");
  await dialog.getByLabel("The error is not logged").check();
  await fill("Who is affected", "all shops");
  await fill("How many", "one in ten");
  await fill("What it costs them", "orders");
  await fill("Workaround, or none", "none");
  await fill("What was tried", "restarted it => no change");
  await fill("Recent changes, or none known", "none known");
  await dialog.locator(".intake-score b", { hasText: /^85$/ }).waitFor();
  await dialog.getByText("no bundle is attached").waitFor();
  await desk.press("Control+Enter");
  await panel.getByText("waits for a decision, round 2").waitFor();

  await desk.queue(`?view=waiting&row=${number}`);
  await page.locator(`#case-${number}[data-current]`).waitFor();
  await desk.press("Shift+A");
  await page.getByText(`${number} is yours`).waitFor();
  await page.locator(`#case-${number}`).waitFor({ state: "detached" });
  await desk.goto(`/cases/${number}`);
  await panel.getByText("accepted", { exact: false }).waitFor();
  await desk.press("1");
  await page.getByText("accepted the intake, score 85").waitFor();
}

/** A customer is added, changed and chosen for a case, which takes their tier over. */
export async function customerIsChosen(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  const number = await desk.openP1();
  const name = `Eiche & <i>Söhne</i> ${Date.now()}`;
  await desk.press("g", "c");
  await page.getByRole("heading", { name: "Customers", level: 1 }).waitFor();
  await desk.palette("Add a customer");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Tier", { exact: true }).fill("gold");
  await desk.press("Control+Enter");
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByLabel("Tier", { exact: true }).fill("platinum");
  await page.getByRole("button", { name: "Add a contact" }).click();
  await page.getByLabel("Name 1").fill("Dana");
  await page.getByLabel("E-mail 1").fill("no address");
  await desk.press("Control+Enter");
  await page.getByRole("alert").getByText("is no address").waitFor();
  desk.complaints.length = 0;
  await page.getByLabel("E-mail 1").fill("dana@eiche.example");
  await desk.press("Control+Enter");
  await page.locator(".customers-head .tag", { hasText: "platinum" }).waitFor();

  await desk.goto(`/cases/${number}`);
  await page.waitForSelector(".line-row[data-position]");
  await desk.press("Shift+C");
  await page.getByRole("dialog").getByLabel("Customer").fill(name.toUpperCase());
  await desk.press("Control+Enter");
  const facts = page.locator(".case-facts");
  await facts.getByText("(platinum)", { exact: false }).waitFor();
  await facts.getByRole("link", { name }).click();
  await page.locator(".customer-cases li", { hasText: number }).waitFor();
}
