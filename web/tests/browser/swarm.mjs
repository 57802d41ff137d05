// People come together on a case, decide, do something about it, and close it; by keyboard.
import { THEMES, violations } from "./axe.mjs";
import { check } from "./desk.mjs";

async function newCase(desk, subject) {
  const { page } = desk;
  await desk.queue();
  await desk.press("c");
  await page.getByLabel("Subject").fill(subject);
  await desk.press("Control+Enter");
  await page.locator(".case-title h1", { hasText: subject }).waitFor();
  return (await page.locator(".case-number").textContent()).trim();
}

export async function swarmDecides(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  const number = await newCase(desk, `<img src=x onerror=alert(1)> swarm ${Date.now()}`);
  const panel = page.locator(".side-section", { has: page.locator("#swarm-title") });
  await panel.getByText("Nobody was called together yet.").waitFor();

  await desk.press("Shift+U");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Question").fill("Who holds the **pool**?");
  await dialog.getByLabel("Ends when").fill("we know who");
  await dialog.getByLabel("Time box").fill("0");
  check(await dialog.getByRole("button", { name: "Call together" }).isDisabled(), "no empty time box");
  await dialog.getByLabel("Time box").fill("20");
  await dialog.getByLabel("Skills").fill("postgresql, kubernetes");
  await desk.press("Control+Enter");
  await panel.locator("strong", { hasText: "pool" }).waitFor();
  await panel.getByText("who knows kubernetes", { exact: false }).waitFor();

  await desk.press("Shift+G");
  await panel.getByRole("button", { name: "Leave" }).waitFor();
  await desk.press("Shift+Y");
  await dialog.getByLabel("Tried, and what it showed").fill("killed a session: no change");
  await desk.press("Control+Enter");
  await panel.getByText("killed a session: no change").waitFor();
  await desk.palette("Close the swarm with its decision");
  await dialog.getByLabel("Next step").check();
  await dialog.getByLabel("Decision").fill("raise the pool");
  check(await dialog.getByRole("button", { name: "Close the swarm" }).isDisabled(), "somebody does it");
  await dialog.getByLabel("Who does it").selectOption({ index: 1 });
  const found = await violations(page);
  check(found.length === 0, `no violation of axe in the dialog:\n    ${found.join("\n    ")}`);
  await dialog.getByLabel("Decision").press("Control+Enter");
  await panel.getByText("Next step", { exact: true }).waitFor();

  await mitigate(desk);
  await desk.press("!");
  await dialog.getByLabel("Decision", { exact: true }).fill("we wait a day");
  await dialog.getByLabel("Why").fill("it is quiet");
  await desk.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await desk.press("1");
  await page.getByText("decided: we wait a day").waitFor();
  await page.getByText("closed the swarm:", { exact: false }).waitFor();
  await close(desk, number);
}

async function mitigate(desk) {
  const { page } = desk;
  const panel = page.locator(".side-section", { has: page.locator("#mitigations-title") });
  const dialog = page.getByRole("dialog");
  await desk.press("Shift+M");
  await dialog.getByLabel("What is done").fill("raise the pool");
  await dialog.getByLabel("High").check();
  check(await dialog.getByRole("button", { name: "Propose" }).isDisabled(), "risk and way back are asked");
  await dialog.getByLabel("What may break").fill("the database may refuse");
  await dialog.getByLabel("Way back").fill("set it back");
  await desk.press("Control+Enter");
  await panel.getByText("A manager who did not propose it approves it first.").waitFor();
  check((await panel.getByRole("button", { name: "Applied" }).count()) === 0, "nobody applies it alone");
  await panel.getByRole("button", { name: "Drop" }).click();
  await dialog.getByLabel("Why").fill("another way was found");
  await desk.press("Control+Enter");
  await panel.getByText("Dropped", { exact: true }).waitFor();
  const found = [];
  for (const theme of THEMES) {
    await desk.theme(theme);
    await panel.getByText("Dropped", { exact: true }).waitFor();
    found.push(...(await violations(page)).map((one) => `${theme}: ${one}`));
  }
  check(found.length === 0, `no violation of axe:\n    ${found.join("\n    ")}`);
}

async function close(desk, number) {
  const { page } = desk;
  const dialog = page.getByRole("dialog");
  await desk.palette("Resolve or reopen");
  await dialog.getByLabel("Resolution").fill("the pool was raised");
  await desk.press("Control+Enter");
  await page.locator(".case-header", { hasText: "solved" }).first().waitFor();
  await desk.palette("Close for good");
  await dialog.getByLabel("How it was confirmed").fill("Dana saw no error for a day");
  await dialog.getByLabel("Cause").fill("the pool was too small");
  const submit = dialog.getByRole("button", { name: "Close", exact: false }).last();
  check(await submit.isDisabled(), "a signature and an article are asked");
  await dialog.getByLabel("Why no signature is needed").fill("one of a kind");
  await dialog.getByLabel("Why no article is needed").fill("it is written down in the manual");
  const found = await violations(page);
  check(found.length === 0, `no violation of axe in the gate:\n    ${found.join("\n    ")}`);
  await desk.press("Control+Enter");
  await page.getByText("closed the case").waitFor();
  check(number.startsWith("MS-"), "a case");
}
