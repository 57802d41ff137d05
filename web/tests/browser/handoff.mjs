// From one shift to the next: the giver ends the shift, the receiver asks, and takes it.
import { violations } from "./axe.mjs";
import { check, Desk } from "./desk.mjs";

const PASSWORD = "correct horse battery staple";

/** End shift, edit, send, sign in as the receiver, ask, answer, accept; the timeline tells it. By keyboard. */
export async function oneShiftHandsToTheNext(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  await desk.binary.hire("agent", PASSWORD).catch(() => {});
  await desk.queue();
  await desk.press("c");
  const subject = `handed <b>over</b> ${Date.now()}`;
  await page.getByLabel("Subject").fill(subject);
  await desk.press("Control+Enter");
  await page.locator(".case-title h1", { hasText: subject }).waitFor();
  const number = (await page.locator(".case-number").textContent()).trim();
  await desk.press("a");
  await page.getByRole("dialog", { name: `Assign ${number}` }).waitFor();
  await page
    .getByText(/load \d+/)
    .first()
    .waitFor();
  await desk.press("ArrowDown", "Enter");
  await page.locator(".case-facts", { hasText: "Kim" }).waitFor();
  await desk.press("Shift+S");
  await page.getByRole("dialog", { name: `Next step of ${number}` }).waitFor();
  await page.getByLabel("What is done next").fill("ask for a HAR");
  await desk.press("Control+Enter");
  await page.locator("#step-title").locator("xpath=../..").getByText("ask for a HAR").waitFor();

  await desk.press("g", "h");
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await page.locator(`#due-${number}`).getByText("Next: ask for a HAR").waitFor();
  await axe(page);
  await desk.press("Shift+H");
  await page.getByRole("heading", { name: "Hand off my cases", level: 1 }).waitFor();
  await page.getByLabel("To", { exact: true }).selectOption({ label: await receiver(page) });
  for (const box of await page.getByRole("checkbox").all())
    if (!(await box.evaluate((it, wanted) => it.parentElement.textContent.includes(wanted), number)))
      await box.uncheck();
  await page.getByLabel(`Risks (${number})`).fill("<img src=x onerror=alert(1)> noon");
  await axe(page);
  await desk.press("Control+Enter");
  await page.getByText("1 cases wait for The agent").waitFor();
  await page.locator(".handoff", { hasText: number }).getByText("waits, and is yours").waitFor();

  // the demo signs everybody in as its senior: the receiver signs in at a second door of the same desk
  const served = await desk.binary.serve();
  const other = await Desk.open({ binary: served, login: "agent", password: PASSWORD });
  try {
    await other.goto(`/home?row=in-${number}`);
    await other.page.getByText("<img src=x onerror=alert(1)> noon").waitFor();
    await axe(other.page);
    await other.press("i");
    await other.page.getByLabel("Question").fill("since when?");
    await other.press("Control+Enter");
    await other.page.getByText("not answered yet").waitFor();

    await desk.goto(`/home?row=asked-${number}`);
    await page.getByText("since when?").waitFor();
    await desk.press("r");
    await page.getByLabel("Answer", { exact: true }).fill("since noon");
    await desk.press("Control+Enter");
    await page.getByText("since when?").waitFor({ state: "detached" });

    await other.goto(`/home?row=in-${number}`);
    await other.page.getByText("since noon").waitFor();
    await other.press("a");
    await other.page.getByText(`${number} is yours`).waitFor();
    await other.page.locator(`#due-${number}`).waitFor();
    check(other.complaints.length === 0, other.complaints.join("\n"));
  } finally {
    if (process.env.SCREENSHOTS) {
      await other.page.screenshot({ path: `${process.env.SCREENSHOTS}/shift-receiver.png` });
    }
    await other.close();
    await served.stop();
  }
  await desk.goto(`/cases/${number}?view=timeline`);
  await page.locator(".case-facts", { hasText: "The agent" }).waitFor();
  for (const text of [
    "handed the case off to The agent",
    "asked about the hand-off",
    "answered about the hand-off",
    "accepted the hand-off",
  ])
    await page.getByText(text).first().waitFor();
}

/** Nothing for axe to say, in both themes; the page is left as it was. */
async function axe(page) {
  const was = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const found = await violations(page);
    check(found.length === 0, `${page.url()} in ${theme}: ${found.join("; ")}`);
    if (process.env.SCREENSHOTS) {
      const name = new URL(page.url()).pathname.replaceAll("/", "-").slice(0, 16);
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/shift${name}-${theme}.png`, fullPage: true });
    }
  }
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, was);
}

/** The option of the receiver, whose presence stands behind the name. */
async function receiver(page) {
  const option = page.getByLabel("To", { exact: true }).locator("option", { hasText: "The agent" });
  await option.waitFor({ state: "attached" });
  return option.textContent();
}

/** Somebody is away: the list says so, and assigning them asks first. */
export async function absencesAreSeen(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  await desk.goto("/people");
  await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
  await page.getByText("in training", { exact: false }).first().waitFor();
  await axe(page);
  await page.getByRole("link", { name: "Kim Lindqvist" }).click();
  await page.getByRole("heading", { name: "Kim Lindqvist", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Add a skill" }).click();
  await page.getByLabel("Skill or product 3").fill("Ledger");
  await desk.press("Control+Enter");
  await page.getByText("Kim Lindqvist: saved").waitFor();
  await page.getByText("Kim Lindqvist: saved").waitFor();
  check(!(await page.getByRole("button", { name: "Remove Kim" }).count()), "a senior removes nobody");
  await axe(page);
}
