// The real binary as a desk of its own: `mainstay demo` on a folder that is thrown away. When it is stopped
// its log is checked: what the journeys did must be a whole chain and rebuild to the same tables.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const START_MS = 60_000;
const run = promisify(execFile);

export class Binary {
  static async start(path) {
    const binary = new Binary();
    binary.path = path;
    binary.data = mkdtempSync(join(tmpdir(), "mainstay-demo-"));
    binary.child = spawn(path, ["demo", "--port", "0", "--data", binary.data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    binary.said = "";
    binary.ended = new Promise((resolve) => binary.child.on("close", resolve));
    try {
      binary.address = await binary.#firstAddress();
    } catch (error) {
      binary.child.kill("SIGKILL");
      rmSync(binary.data, { recursive: true, force: true });
      throw error;
    }
    return binary;
  }

  #firstAddress() {
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${this.path} demo ${why}:\n${this.said}`));
      const timer = setTimeout(() => fail("did not say its address in time"), START_MS);
      const hear = (text) => {
        this.said += text;
      };
      this.child.stderr.setEncoding("utf8").on("data", hear);
      this.child.stdout.setEncoding("utf8").on("data", (text) => {
        hear(text);
        const address = this.said.match(/^http:\/\/\S+$/m)?.[0];
        if (!address) return;
        clearTimeout(timer);
        resolve(address);
      });
      this.child.on("error", (error) => fail(`could not be started (${error.message})`));
      this.child.on("close", (code) => fail(`ended with ${code}`));
    });
  }

  /** A colleague at a terminal; the account is one of the sample desk. */
  async colleagueWrites(number, text) {
    await this.command("case", "note", number, text, "--as", "sample.ana");
  }

  /** Fails with what the command said unless it exits with 0. */
  async command(...words) {
    await run(this.path, [...words, "--data", this.data]);
  }

  async stop() {
    this.child.kill("SIGINT");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 15_000);
    await this.ended;
    clearTimeout(timer);
  }

  forget() {
    rmSync(this.data, { recursive: true, force: true });
  }
}
