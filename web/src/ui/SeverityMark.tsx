import type { Severity } from "../api/types.ts";

const GLYPHS: Record<Severity, string> = { P1: "▲", P2: "◆", P3: "●", P4: "○" };

export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span className="severity" data-severity={severity}>
      <span aria-hidden="true">{GLYPHS[severity]}</span>
      {severity}
    </span>
  );
}
