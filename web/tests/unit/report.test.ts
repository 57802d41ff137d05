import { describe, expect, it } from "vitest";
import type { CaseDetail, IntakeReport } from "../../src/api/types.ts";
import { started, tidy, triedOf, triedText } from "../../src/intake/report.ts";

const report = (patch: Partial<IntakeReport>) =>
  ({ component: "", version: "", identifiers: [], steps: [], tried: [], ...patch }) as IntakeReport;

describe("what was tried, as lines", () => {
  it.each([
    ["", []],
    ["restarted it", [{ step: "restarted it", result: "" }]],
    ["restarted it => no change", [{ step: "restarted it ", result: "no change" }]],
    ["a => b => c", [{ step: "a ", result: "b => c" }]],
  ])("%j is read", (text, tried) => {
    expect(triedOf(text)).toEqual(tried);
  });

  it("keeps what is being typed, also a blank at the end", () => {
    for (const text of ["restarted", "restarted ", "restarted it => n", "a\nb => c\n"]) {
      expect(triedText(triedOf(text))).toBe(text);
    }
  });
});

describe("a report on its way", () => {
  it("loses the blank lines that typing leaves behind", () => {
    const typed = report({ steps: ["pay ", "", " "], identifiers: ["4bf9 "], tried: triedOf("a => b\n\n") });
    expect(tidy(typed)).toMatchObject({
      steps: ["pay"],
      identifiers: ["4bf9"],
      tried: [{ step: "a", result: "b" }],
    });
  });

  it("starts with what the case knows, and keeps what was written", () => {
    const detail = { product: "Shop", version: "7.4" } as CaseDetail;
    expect(started(report({ version: "7.4.1" }), detail)).toMatchObject({
      component: "Shop",
      version: "7.4.1",
    });
  });
});
