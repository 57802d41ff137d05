// What a report is to the form. Not here: what it is worth, which the server says.
import type { CaseDetail, IntakeReport } from "../api/types.ts";

/** What nobody wrote yet, with what the case knows already. */
export function started(report: IntakeReport, detail: CaseDetail): IntakeReport {
  return {
    ...report,
    component: report.component || detail.product,
    version: report.version || detail.version,
  };
}

export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}

/** `what was done => what came of it`, a line each. */
export function triedOf(text: string): IntakeReport["tried"] {
  return linesOf(text).map((line) => {
    const [step = "", ...result] = line.split("=>");
    return { step: step.trimStart(), result: result.join("=>").trimStart() };
  });
}

export function triedText(tried: IntakeReport["tried"]): string {
  return tried.map(({ step, result }) => (result ? `${step.trimEnd()} => ${result}` : step)).join("\n");
}

/** Without the blank lines that typing leaves behind. */
export function tidy(report: IntakeReport): IntakeReport {
  const kept = (list: string[]) => list.map((line) => line.trim()).filter(Boolean);
  const tried = report.tried.map(({ step, result }) => ({ step: step.trim(), result: result.trim() }));
  return {
    ...report,
    identifiers: kept(report.identifiers),
    steps: kept(report.steps),
    tried: tried.filter(({ step, result }) => step || result),
  };
}
