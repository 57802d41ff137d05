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
    return binary.#spawn(["demo", "--port", "0", "--data", binary.data]);
  }

  /** A desk of one person who may look after redaction, with a key for the way back. */
  static async serve(path) {
    const binary = new Binary();
    binary.path = path;
    binary.data = mkdtempSync(join(tmpdir(), "mainstay-served-"));
    const [login, password, key] = ["sam", "correct horse battery", join(binary.data, "reveal.key")];
    await run(path, ["reveal", "--new-identity", key]);
    const account = ["account", "create", login, "--name", "Sam", "--role", "security"];
    const created = run(path, [...account, "--data", binary.data]);
    created.child.stdin.end(password);
    await created;
    Object.assign(binary, { login, password });
    return binary.#spawn(["serve", "--listen", "127.0.0.1:0", "--data", binary.data, "--reveal-key", key]);
  }

  async #spawn(words) {
    this.child = spawn(this.path, words, { stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
    try {
      this.address = await this.#firstAddress();
    } catch (error) {
      this.child.kill("SIGKILL");
      rmSync(this.data, { recursive: true, force: true });
      throw error;
    }
    return this;
  }

  #firstAddress() {
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${this.path} ${why}:\n${this.said}`));
      const timer = setTimeout(() => fail("did not say its address in time"), START_MS);
      const hear = (text) => {
        this.said += text;
      };
      const listen = (text) => {
        hear(text);
        const address = this.said.match(/http:\/\/127\.0\.0\.1:\d+(?=\s)/)?.[0];
        if (!address) return;
        clearTimeout(timer);
        resolve(address);
      };
      this.child.stderr.setEncoding("utf8").on("data", listen);
      this.child.stdout.setEncoding("utf8").on("data", listen);
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
