// What only some roles may do, each by somebody who signs in with a password.
import { THEMES, violations } from "./axe.mjs";
import { check, until } from "./desk.mjs";
import { redaction } from "./redaction.mjs";

/** Verifies, signs, follows a case to its events, opens one, and takes the log away. */
async function audit(desk) {
  const { page } = desk;
  await desk.press("g", "a");
  await page.getByRole("heading", { name: "Audit log" }).waitFor();
  await page.getByRole("button", { name: "Verify everything" }).click();
  await page.getByText("Everything is as it was written").waitFor();
  await page.getByRole("button", { name: "Sign a checkpoint" }).click();
  await page.getByText("Signed checkpoint").waitFor();

  await page.getByLabel("Kind").fill("case.opened");
  await desk.press("Enter");
  const kinds = () => page.locator(".audit-table tbody td:nth-child(2)").allTextContents();
  await until(async () => {
    const shown = await kinds();
    return shown.length > 0 && shown.every((kind) => kind === "case.opened");
  }, "only opened cases");
  await page.getByRole("button", { name: "case.opened" }).first().focus();
  await desk.press("Enter");
  await page.getByRole("dialog").getByText('"subject"').waitFor();
  await page.waitForSelector(".audit-event");
  const found = [];
  for (const theme of THEMES) {
    await desk.theme(theme);
    await page.getByRole("button", { name: "case.opened" }).first().click();
    await page.waitForSelector(".audit-event pre");
    found.push(...(await violations(page)).map((one) => `event, ${theme}: ${one}`));
    await desk.press("Escape");
    await page.waitForSelector("[role=dialog]", { state: "detached" });
    found.push(...(await violations(page)).map((one) => `list, ${theme}: ${one}`));
  }
  check(found.length === 0, `no violation of axe:\n    ${found.join("\n    ")}`);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export the log" }).click(),
  ]);
  check(download.suggestedFilename() === "mainstay-log.jsonl", "the log as a file");
}

export const auditorVerifies = { role: "security", act: audit };
export const rulesToReveal = { role: "security", startsEmpty: true, act: redaction };
