// npm run browser [words of a journey]
//   MAINSTAY_BINARY=path   starts its `demo`, and checks the log it leaves behind
//   MAINSTAY_URL=address   a server that runs already
//   neither                the fixture
import { Binary } from "./binary.mjs";
import { check, Desk } from "./desk.mjs";
import * as diagnoses from "./diagnoses.mjs";
import * as handoff from "./handoff.mjs";
import * as hypotheses from "./hypotheses.mjs";
import * as intake from "./intake.mjs";
import * as journeys from "./journeys.mjs";
import * as links from "./links.mjs";
import * as looks from "./looks.mjs";
import * as roles from "./roles.mjs";
import { aboveTheLimit } from "./scale.mjs";
import * as signatures from "./signatures.mjs";
import * as swarm from "./swarm.mjs";

const { MAINSTAY_BINARY, MAINSTAY_URL, SCREENSHOTS } = process.env;
const wanted = process.argv.slice(2);
const PASSWORD = "correct horse battery staple";
const counts = { passed: 0, failed: 0 };

async function run(name, act) {
  if (wanted.length && !wanted.some((word) => name.toLowerCase().includes(word.toLowerCase()))) return;
  const start = Date.now();
  try {
    await act();
    counts.passed += 1;
    console.log(`ok    ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL  ${name}: ${error.stack ?? error}`);
  }
}

async function runJourneys(binary) {
  const desk = await Desk.open({ binary });
  for (const [name, act] of Object.entries({
    ...journeys,
    ...hypotheses,
    ...diagnoses,
    ...intake,
    ...swarm,
    ...links,
    ...handoff,
    ...looks,
    ...signatures,
  })) {
    await run(name, async () => {
      desk.complaints.length = 0;
      try {
        await act(desk);
      } catch (error) {
        if (SCREENSHOTS) await desk.page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
        throw error;
      }
      check(desk.complaints.length === 0, `a quiet console:\n    ${desk.complaints.join("\n    ")}`);
    });
  }
  await desk.close();
}

/** What the sample's senior may not do: by people who sign in, on the sample's folder or on an empty one. */
async function runOfRoles(demo) {
  for (const [name, { role, startsEmpty, act }] of Object.entries(roles)) {
    await run(name, async () => {
      const folder = startsEmpty ? await Binary.empty(demo.path) : demo;
      await folder.hire(role, PASSWORD);
      const served = await folder.serve();
      const desk = await Desk.open({ binary: served, login: role, password: PASSWORD });
      try {
        await act(desk);
        check(desk.complaints.length === 0, `a quiet console:\n    ${desk.complaints.join("\n    ")}`);
      } finally {
        if (SCREENSHOTS) await desk.page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
        await desk.close();
        await served.stop();
        if (startsEmpty) folder.forget();
      }
    });
  }
}

async function runOnBinary() {
  const binary = await Binary.start(MAINSTAY_BINARY);
  try {
    await runJourneys(binary);
    await runOfRoles(binary);
    await binary.stop();
    await run("auditVerifies", () => binary.command("audit", "verify"));
    await run("tablesRebuildTheSame", () => binary.command("db", "rebuild", "--check"));
  } finally {
    await binary.stop();
    binary.forget();
  }
}

try {
  if (MAINSTAY_BINARY) await runOnBinary();
  else {
    await runJourneys(null);
    if (!MAINSTAY_URL) await run("aboveTheLimit", aboveTheLimit);
  }
} catch (error) {
  counts.failed += 1;
  console.log(`FAIL  the desk: ${error.stack ?? error}`);
}
console.log(`browser: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
