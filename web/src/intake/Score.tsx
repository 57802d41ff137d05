import type { IntakeAssessment } from "../api/types.ts";

/** How much is there, and how much is needed. */
export function Score({ assessment }: { assessment: IntakeAssessment }) {
  const { score, threshold, passes } = assessment;
  const needs = threshold === null ? "P1 is never blocked" : `needs ${threshold}`;
  return (
    <div className="intake-score" data-passes={(threshold !== null && passes) || undefined}>
      <b className="tabular">{score}</b>
      <meter
        min={0}
        max={100}
        low={threshold ?? 0}
        optimum={100}
        value={score}
        aria-label={`Intake score ${score} of 100`}
      />
      <small>{passes || threshold === null ? needs : `${needs}, ${threshold - score} more`}</small>
    </div>
  );
}
