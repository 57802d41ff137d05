// A resolved case leaves a signature, and the next bundle with that trouble is recognised when it comes.
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { THEMES, violations } from "./axe.mjs";
import { check } from "./desk.mjs";

const example = (name) => readFileSync(new URL(`../../../examples/${name}.tar.gz`, import.meta.url));
/** A debug build on a busy machine takes its time over a whole bundle. */
const READING_MS = 120_000;
const BLOCK = 512;

/** The same trouble at another time of day: of every log one line in five is lost, by chance. */
function anotherDay(archive, seed) {
  const tar = gunzipSync(archive);
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const parts = [];
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = Buffer.from(tar.subarray(at, at + BLOCK));
    const size = Number.parseInt(header.toString("latin1", 124, 135), 8) || 0;
    let body = tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (/\.log\0/.test(header.toString("latin1", 0, 100)) && !body.includes(0)) {
      const kept = body
        .toString("latin1")
        .split("\n")
        .filter(() => chance() > 0.2);
      body = Buffer.from(kept.join("\n"), "latin1");
      header.write(`${body.length.toString(8).padStart(11, "0")}\0`, 124, "latin1");
      header.fill(" ", 148, 156);
      const sum = header.reduce((total, byte) => total + byte, 0);
      header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    }
    parts.push(header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK));
  }
  return gzipSync(Buffer.concat(parts));
}

async function caseWith(desk, subject, name, bytes) {
  const { page } = desk;
  await desk.openCase(subject);
  const number = (await page.locator(".case-number").textContent()).trim();
  await desk.drop(name, bytes);
  await page.locator(".line-row[data-position]").first().waitFor({ timeout: READING_MS });
  return number;
}

/** Resolve, keep the draft, activate it, and see it again: mostly by keyboard. */
export async function nextBundleIsRecognised(desk) {
  if (!desk.binary) return;
  const { page } = desk;
  const mark = `pool <b>too small</b> ${Date.now()}`;
  const first = await caseWith(desk, mark, "shop-outage.tar.gz", example("shop-outage"));
  check((await page.locator(".known").count()) === 0, "nothing known yet");
  await desk.palette("Resolve or reopen");
  const dialog = page.getByRole("dialog", { name: `Resolve ${first}` });
  await dialog.getByLabel("Resolution").fill("raised the pool");
  const text = dialog.getByLabel("Signature", { exact: true });
  await text.waitFor({ timeout: READING_MS });
  const drawn = await text.inputValue();
  check(drawn.includes("message T") && drawn.includes("kind: "), `a drafted signature, not ${drawn}`);
  await text.fill(drawn.replace("kind:", "workaround: set the pool back\n  and restart <i>it</i>\nkind:"));
  await desk.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await desk.press("1");
  await page.locator(".moment", { hasText: "drafted the signature" }).first().waitFor();

  await desk.press("g", "k");
  await page.getByRole("heading", { name: "Known troubles", level: 1 }).waitFor();
  await page.getByRole("link", { name: mark }).click();
  await page.getByRole("button", { name: "Activate" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("seen by two");
  await desk.press("Control+Enter");
  await page.locator(".customers-head .tag", { hasText: "active" }).waitFor();
  const signature = (await page.locator(".customers-head .muted").first().textContent()).trim();

  const second = await caseWith(
    desk,
    `again ${Date.now()}`,
    "other.tar.gz",
    anotherDay(example("shop-outage"), 7),
  );
  const card = page.locator(".known");
  await card.getByText("set the pool back").waitFor();
  check((await card.count()) === 1, "one known trouble");
  await card.getByText("too few cases to say how often").waitFor();
  await card.getByRole("link", { name: first }).waitFor();
  const found = [];
  for (const theme of THEMES) {
    await desk.theme(theme);
    await card.getByText("set the pool back").waitFor();
    found.push(...(await violations(page)).map((one) => `case, ${theme}: ${one}`));
    if (process.env.SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/known-${theme}.png` });
    }
  }
  await desk.press("1");
  await page.locator(".moment", { hasText: `looks like ${signature} (${first})` }).waitFor();
  await desk.press("Shift+Q", "Enter", "Enter");
  await card.getByRole("button", { name: "It is this" }).waitFor();
  await card
    .getByRole("button", { name: /^line \d+/ })
    .first()
    .click();
  await page.getByRole("region", { name: "Line detail" }).or(page.locator(".line-detail")).first().waitFor();
  await desk.palette("Confirm the known trouble");
  await page.getByRole("dialog", { name: `It is ${signature}` }).waitFor();
  await page.keyboard.type("the same pool");
  await desk.press("Control+Enter");
  await card.locator(".judged", { hasText: "the same pool" }).waitFor();
  await card.getByText("1 of 1 answer confirmed it").waitFor();

  // A healthy shop and another trouble look like nothing known.
  for (const other of ["shop-good", "clinic-disk"]) {
    await caseWith(desk, `${other} ${Date.now()}`, `${other}.tar.gz`, example(other));
    await page.locator(".verdict").waitFor();
    check((await page.locator(".known").count()) === 0, `${other} not to be recognised`);
  }

  await desk.press("g", "k");
  const row = page.locator("tr", { hasText: mark });
  await row.getByText("1 of 1").waitFor();
  await row.getByRole("link", { name: mark }).click();
  await page.locator(".signature-matches", { hasText: second }).waitFor();
  for (const theme of THEMES) {
    await desk.theme(theme);
    await page.locator(".signature-matches", { hasText: second }).waitFor();
    found.push(...(await violations(page)).map((one) => `signature, ${theme}: ${one}`));
    if (process.env.SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/signature-${theme}.png` });
    }
    await desk.goto("/signatures");
    await page.locator(".plain-table tbody tr").first().waitFor();
    found.push(...(await violations(page)).map((one) => `list, ${theme}: ${one}`));
    if (process.env.SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/signatures-${theme}.png` });
    }
    await page.getByRole("link", { name: mark }).click();
    await page.locator(".signature-matches").waitFor();
  }
  check(found.length === 0, `no violation of axe:\n    ${found.join("\n    ")}`);
}
