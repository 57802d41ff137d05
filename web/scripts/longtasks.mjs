// npm run longtasks [lines]      MAINSTAY_BINARY=path (a release build)
// Reads a log of five million lines with the product's own ingest, pages, jumps, searches and clicks through
// it in the browser, and prints every task of the page that held the screen for more than 50 ms.
import { execFile } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Binary } from "../tests/browser/binary.mjs";
import { Desk, until } from "../tests/browser/desk.mjs";

const LINES = Number(process.argv[2] ?? 5_000_000);
const LIMIT_MS = 50;
const run = promisify(execFile);

/** Four programs' worth of messages; the numbers repeat, so that every run reads the same bytes. */
function writeLog(path) {
  const file = openSync(path, "w");
  let state = 20_261_124;
  const random = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const start = Date.UTC(2026, 10, 1);
  let text = "";
  for (let row = 0; row < LINES; row += 1) {
    const time = new Date(start + row * 17).toISOString();
    const kind = random(200);
    if (kind === 0) text += `${time} ERROR shop.Pay - could not charge ${random(1e6)}: till is closed\n`;
    else if (kind < 4) text += `${time} WARN shop.Cart - slow answer of ${random(9e3)} ms status=503\n`;
    else if (kind < 90) text += `${time} INFO shop.Cart - order ${random(1e7)} placed status=200\n`;
    else text += `${time} INFO shop.Http - served ${random(1e6)} in ${random(900)} ms\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
}

const folder = mkdtempSync(join(tmpdir(), "mainstay-longtasks-"));
const binary = await Binary.start(process.env.MAINSTAY_BINARY ?? "mainstay");
let failed = false;
try {
  const log = join(folder, "shop.log");
  writeLog(log);
  const began = Date.now();
  const words = ["--data", binary.data, "--as", "sample.ana"];
  await run(binary.path, ["case", "open", "Five million lines", "--bundle", log, "-q", ...words], {
    maxBuffer: 1 << 24,
  });
  console.log(`${LINES} lines read in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const listed = await run(binary.path, ["case", "list", "--json", ...words], { maxBuffer: 1 << 24 });
  const ours = JSON.parse(listed.stdout).cases.find(({ subject }) => subject === "Five million lines").number;

  const desk = await Desk.open({ binary });
  const { page } = desk;
  page.setDefaultTimeout(120_000);
  await desk.goto(`/cases/${ours}?view=logs`);
  const grid = page.getByRole("grid", { name: "Log lines" });
  await grid.waitFor();
  await page.evaluate(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: "longtask" });
  });
  const count = () => page.locator(".bar-count b").textContent();
  const box = await grid.boundingBox();
  const step = async (name, act) => {
    const start = Date.now();
    await act();
    await page.waitForTimeout(300);
    const tasks = await page.evaluate(() => globalThis.longTasks.splice(0));
    const longest = Math.max(0, ...tasks);
    failed ||= longest > LIMIT_MS;
    const ms = String(Date.now() - start).padStart(6);
    console.log(
      `${longest > LIMIT_MS ? "LONG" : "ok  "} ${name}: ${ms} ms, longest task ${longest.toFixed(0)} ms`,
    );
  };
  const scrollTo = (part) =>
    grid.evaluate((element, to) => {
      element.scrollTop = element.scrollHeight * to;
    }, part);
  const filled = () => page.locator(".line-row:not([data-wait])").first().waitFor();
  const ask = async (query) => {
    const before = await count();
    await desk.press("/");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(query);
    await desk.press("Enter");
    await until(async () => ![before, null].includes(await count()), `the answer to ${query}`);
    await filled();
  };

  await page.mouse.move(box.x + 300, box.y + 200);
  await step("100 notches of the wheel", async () => {
    for (let notch = 0; notch < 100; notch += 1) await page.mouse.wheel(0, 220);
    await filled();
  });
  for (const part of [0.25, 0.5, 0.75, 0.1]) {
    await step(`jump to ${part * 100} %`, async () => {
      await scrollTo(part);
      await filled();
    });
  }
  await desk.press("j");
  await step("last line and 30 pages up", async () => {
    await desk.press("End");
    for (let pages = 0; pages < 30; pages += 1) await page.keyboard.press("PageUp");
    await filled();
  });
  await step("ten errors onwards", async () => {
    await desk.press("Home");
    for (let errors = 0; errors < 10; errors += 1) await desk.press("e");
  });
  await step("search a phrase of a template", () => ask('"till is closed"'));
  await step("search a part of a value", () => ask("77177"));
  await step("a named number", () => ask("status:>=200"));
  await step("a level by a click", async () => {
    const before = await count();
    await page.getByRole("checkbox", { name: /WARN/ }).check();
    await until(async () => ![before, null].includes(await count()), "the level");
    await filled();
  });
  await desk.close();
} finally {
  await binary.stop();
  binary.forget();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
