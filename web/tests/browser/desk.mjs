// One browser on one desk: the binary of MAINSTAY_BINARY, the server of MAINSTAY_URL (with MAINSTAY_LOGIN
// and MAINSTAY_PASSWORD when it asks who is there), or the fixture. The journeys hardly know which.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startFixture } from "../fixture/server.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WAIT_MS = 15_000;

export class Desk {
  static async open({ binary = null, rows, login, password } = {}) {
    const desk = new Desk();
    const url = rows === undefined ? process.env.MAINSTAY_URL : undefined;
    desk.binary = binary;
    desk.fixture = binary || url ? null : await startFixture(0, rows);
    desk.address = binary?.address ?? url?.replace(/\/$/, "") ?? desk.fixture.address;
    desk.profile = mkdtempSync(join(tmpdir(), "mainstay-browser-"));
    desk.context = await chromium.launchPersistentContext(desk.profile, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: FLAGS,
      viewport: { width: 1440, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    desk.context.setDefaultTimeout(WAIT_MS);
    desk.complaints = [];
    desk.page = await desk.newPage();
    await desk.signIn(login ?? process.env.MAINSTAY_LOGIN, password ?? process.env.MAINSTAY_PASSWORD);
    return desk;
  }

  async newPage() {
    const page = await this.context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error.stack ?? error)));
    return page;
  }

  async signIn(login = "", password = "") {
    await this.goto("/queue");
    await this.page.waitForSelector(".shell, form");
    if (!this.page.url().includes("/sign-in")) return;
    await this.page.fill("input[name=login]", login);
    await this.page.fill("input[name=password]", password);
    await this.page.click("button[type=submit], input[type=submit]");
    await this.page.waitForSelector(".shell");
    // The 401 that led here is how the screen learns that nobody is signed in.
    this.complaints.length = 0;
  }

  async goto(path) {
    await this.page.goto(this.address + path, { waitUntil: "domcontentloaded" });
  }

  async theme(theme) {
    const settings = { state: { theme, density: "compact", characterKeys: true }, version: 0 };
    await this.page.evaluate(
      (text) => localStorage.setItem("mainstay.settings", text),
      JSON.stringify(settings),
    );
    await this.page.reload({ waitUntil: "domcontentloaded" });
  }

  /** The fixture goes back to a known state; a real desk is left as it is. */
  async reset(state = "full") {
    if (this.fixture) this.fixture.world.reset(state);
  }

  /** Somebody else writes a note; false when there is nobody else to be had. */
  async colleagueWrites(number, text) {
    if (this.binary) await this.binary.colleagueWrites(number, text);
    else if (this.fixture) {
      const query = new URLSearchParams({ case: number, text });
      await fetch(`${this.address}/fixture/colleague?${query}`);
    } else return false;
    return true;
  }

  /** Drops a file on the page, as a person would with the mouse. */
  async drop(name, bytes) {
    await this.page.evaluate(
      ({ name, base64 }) => {
        const dataTransfer = new DataTransfer();
        const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        dataTransfer.items.add(new File([content], name));
        for (const type of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }
      },
      { name, base64: Buffer.from(bytes).toString("base64") },
    );
  }

  /** Opens the queue with at least one case; a desk without any gets the sample desk. */
  async queue(search = "") {
    await this.goto(`/queue${search}`);
    await this.page.waitForSelector(".queue-row, .empty-queue, .state .button");
    if (await this.page.isVisible(".empty-queue")) {
      await this.page.getByRole("button", { name: "Load the sample desk" }).click();
    }
    await this.page.waitForSelector(".queue-row");
  }

  /** A new case without a bundle. */
  async openCase(subject) {
    const { page } = this;
    await this.queue();
    await this.press("c");
    await page.getByRole("dialog", { name: "New case" }).waitFor();
    await page.keyboard.type(subject);
    await this.press("Control+Enter");
    await page.waitForURL(/\/cases\//);
    await page.getByText("No evidence yet").waitFor();
  }

  /** The P1 with a bundle: its number. */
  async openP1() {
    await this.queue("?severity=P1");
    const row = this.page.locator('.queue-row:has(.fact:not([data-none])[title$=" bundles"])').first();
    const number = (await row.locator(".queue-number").textContent()).trim();
    await row.locator("a").click();
    await this.page.waitForSelector(".line-row[data-position]");
    return number;
  }

  /** Finds a command of the palette by words and runs it with the keyboard alone. */
  async palette(words) {
    await this.press("Control+k");
    await this.page.keyboard.type(words);
    const focused = this.page.locator("[role=menuitem][data-focused]");
    await until(
      async () => (await focused.allTextContents())[0]?.toLowerCase().includes(words.toLowerCase()),
      words,
    );
    await this.press("Enter");
    await this.page.waitForSelector(".palette", { state: "detached" });
  }

  /** Drags over the histogram, from one share of its width to another. */
  async brush(from, to) {
    const { page } = this;
    const box = await page.getByTestId("histogram").boundingBox();
    await page.mouse.move(box.x + box.width * from, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, box.y + 40, { steps: 8 });
    await page.mouse.up();
    await page.waitForSelector(".brush-mark");
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async close() {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
    this.fixture?.stop();
  }
}

export function check(truth, what) {
  if (!truth) throw new Error(`expected ${what}`);
}

/** Waits until the function gives something true; pages settle at their own time. */
export async function until(read, what) {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
