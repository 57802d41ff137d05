import { type ReactNode, useId } from "react";
import type { Severity } from "../api/types.ts";
import { SeverityMark } from "./SeverityMark.tsx";

interface FieldProps {
  label: string;
  hint?: string;
  children: (id: string) => ReactNode;
}

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <small className="muted">{hint}</small>}
    </div>
  );
}

export const SEVERITIES: readonly Severity[] = ["P1", "P2", "P3", "P4"];
const MEANING: Record<Severity, string> = {
  P1: "down, no workaround",
  P2: "badly degraded",
  P3: "a part does not work",
  P4: "question, low impact",
};

interface SeverityProps {
  value: Severity;
  onChange: (severity: Severity) => void;
}

export function SeverityField({ value, onChange }: SeverityProps) {
  const name = useId();
  return (
    <fieldset className="field severity-field">
      <legend>Severity</legend>
      <div>
        {SEVERITIES.map((severity) => (
          <label key={severity}>
            <input
              type="radio"
              name={name}
              value={severity}
              checked={severity === value}
              onChange={() => onChange(severity)}
            />
            <SeverityMark severity={severity} />
            <small>{MEANING[severity]}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
