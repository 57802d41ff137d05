// The real binary as a desk of its own: `mainstay demo` on a folder that is thrown away. When it is stopped
// its log is checked: what the journeys did must be a whole chain and rebuild to the same tables.
// `mainstay serve` on the same folder lets others in than the sample's senior, who signs in by itself.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const START_MS = 60_000;
const run = promisify(execFile);

export class Binary {
  constructor(path, data = mkdtempSync(join(tmpdir(), "mainstay-desk-"))) {
    this.path = path;
    this.data = data;
  }

  static async start(path) {
    const binary = new Binary(path);
    try {
      return await binary.#spawn(["demo", "--port", "0"]);
    } catch (error) {
      binary.forget();
      throw error;
    }
  }

  /** A folder in which nothing happened yet. */
  static async empty(path) {
    const binary = new Binary(path);
    await run(path, ["reveal", "--new-identity", binary.#key()]);
    return binary;
  }

  /** The same desk for people who sign in. */
  serve() {
    const words = ["serve", "--listen", "127.0.0.1:0", "--reveal-key", this.#key()];
    return new Binary(this.path, this.data).#spawn(words);
  }

  /** Where the sample desk has its own. */
  #key() {
    return join(this.data, "reveal.key");
  }

  async #spawn(words) {
    this.child = spawn(this.path, [...words, "--data", this.data], { stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
    try {
      this.address = await this.#firstAddress();
    } catch (error) {
      this.child.kill("SIGKILL");
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
        const address = this.said.match(/http:\/\/\S+(?=\n)/)?.[0];
        if (!address) return;
        clearTimeout(timer);
        resolve(address);
      };
      // one command says it on stdout, the other on stderr
      for (const stream of [this.child.stdout, this.child.stderr])
        stream.setEncoding("utf8").on("data", hear);
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

  /** An account named like its role. */
  async hire(role, password) {
    const words = ["account", "create", role, "--name", `The ${role}`, "--role", role];
    const done = run(this.path, [...words, "--data", this.data]);
    done.child.stdin.end(`${password}\n`);
    await done;
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
