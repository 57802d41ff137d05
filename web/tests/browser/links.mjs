// Two cases of one customer are linked, merged, taken apart again and split; by keyboard.
import { THEMES, violations } from "./axe.mjs";
import { check } from "./desk.mjs";

async function newCase(desk, subject, customer) {
  const { page } = desk;
  await desk.queue();
  await desk.press("c");
  await page.getByLabel("Subject").fill(subject);
  await page.getByLabel("Customer").fill(customer);
  await desk.press("Control+Enter");
  await page.locator(".case-title h1", { hasText: subject }).waitFor();
  return (await page.locator(".case-number").textContent()).trim();
}

async function axe(desk, what) {
  const found = await violations(desk.page);
  check(found.length === 0, `no violation of axe in ${what}:\n    ${found.join("\n    ")}`);
}

export async function casesBelongTogether(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  const stamp = Date.now();
  const customer = `Lark ${stamp}`;
  const stays = await newCase(desk, `stays ${stamp}`, customer);
  const goes = await newCase(desk, `goes ${stamp}`, customer);
  const stranger = await newCase(desk, `other ${stamp}`, `Wren ${stamp}`);
  const dialog = page.getByRole("dialog");
  const panel = page.locator(".side-section", { has: page.locator("#related-title") });

  await desk.goto(`/cases/${goes}`);
  await panel.getByRole("button", { name: "Link" }).waitFor();
  await desk.press("Shift+H");
  await dialog.getByLabel("The other case").fill(stays);
  await axe(desk, "the link");
  await desk.press("Control+Enter");
  await panel.getByText(`${stays} stays ${stamp}`, { exact: false }).waitFor();
  await desk.palette("Merge into another case");
  await dialog.getByLabel("The case that stays").fill(stranger);
  await dialog.getByText(`Wren ${stamp}`, { exact: false }).waitFor();
  await desk.press("Control+Enter");
  await dialog.getByRole("alert").waitFor();
  // the refusal of another customer is an answer, not a fault of the page
  desk.complaints.length = 0;
  await dialog.getByLabel("The case that stays").fill(stays);
  await dialog.getByText(`stays ${stamp}`, { exact: false }).waitFor();
  await axe(desk, "the merge");
  await desk.press("Control+Enter");
  await page.locator(".case-number", { hasText: stays }).waitFor();
  await panel.getByText("took in").waitFor();
  // whoever follows the old address is led to where the work goes on
  await desk.goto(`/cases/${goes}`);
  await page.locator(".case-number", { hasText: stays }).waitFor();
  const found = [];
  for (const theme of THEMES) {
    await desk.theme(theme);
    await panel.getByText("took in").waitFor();
    found.push(...(await violations(page)).map((one) => `${theme}: ${one}`));
  }
  check(found.length === 0, `no violation of axe:\n    ${found.join("\n    ")}`);
  await desk.goto(`/cases/${goes}?merged=1`);
  await page.locator(".merged-note").waitFor();
  await axe(desk, "a merged case");
  await desk.palette("Take the merge back");
  await dialog.getByLabel("Why").fill("two causes");
  await desk.press("Control+Enter");
  await page.locator(".merged-note").waitFor({ state: "detached" });
  await splits(desk, stamp);
}

async function splits(desk, stamp) {
  const { page } = desk;
  const dialog = page.getByRole("dialog");
  await desk.press("d");
  await dialog.getByLabel("What they said").fill(`and the invoices are wrong too ${stamp}`);
  await desk.press("Control+Enter");
  await page.locator(".notes").getByText("invoices are wrong", { exact: false }).waitFor();
  await desk.palette("Split a part off");
  await dialog.getByLabel("Subject of the new case").fill(`invoices ${stamp}`);
  await dialog.getByRole("checkbox").first().check();
  await dialog.getByLabel("Why").fill("another cause");
  await axe(desk, "the split");
  await dialog.getByLabel("Subject of the new case").press("Control+Enter");
  await page.locator(".case-title h1", { hasText: `invoices ${stamp}` }).waitFor();
}
