// npm run pictures      MAINSTAY_BINARY=path: the pictures of the README, from a demo desk of that binary
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Binary } from "../tests/browser/binary.mjs";
import { Desk } from "../tests/browser/desk.mjs";
import { toPalette } from "./png.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/img/", import.meta.url));
/** A README is read on slow lines too. */
const BYTES_MAX = 250 * 1024;

const binary = await Binary.start(process.env.MAINSTAY_BINARY ?? "mainstay");
const desk = await Desk.open({ binary });
const { page } = desk;
let tooLarge = false;

async function picture(name) {
  // Nothing on the way: no half-drawn transition, no blinking cursor, no pointer over a row.
  await page.mouse.move(0, 0);
  await page.locator('.live[data-state="open"]').waitFor();
  await page.waitForTimeout(600);
  const path = `${FOLDER}${name}.png`;
  const picture = toPalette(await page.screenshot());
  writeFileSync(path, picture);
  const size = picture.length;
  tooLarge ||= size > BYTES_MAX;
  console.log(`${size > BYTES_MAX ? "OVER" : "ok  "} ${Math.round(size / 1024)} KB  docs/img/${name}.png`);
}

mkdirSync(FOLDER, { recursive: true });
try {
  const number = await desk.openP1();
  for (const theme of ["light", "dark"]) {
    await desk.theme(theme);
    await desk.queue();
    await desk.press("j", "v");
    await page.waitForSelector(".peek .drawer-body");
    await picture(`queue-${theme}`);
    await desk.goto(`/cases/${number}/evidence/E1`);
    await page.waitForSelector('.line-row[aria-selected="true"][data-pinned]');
    await page.waitForSelector(".line-detail .raw");
    await page.waitForSelector(".histogram canvas");
    await picture(`workbench-${theme}`);
  }
} finally {
  await desk.close();
  await binary.stop();
  binary.forget();
}
process.exit(tooLarge ? 1 : 0);
