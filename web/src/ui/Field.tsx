import { useId } from "react";
import type { Severity } from "../api/types.ts";
import { SeverityMark } from "./SeverityMark.tsx";

interface FieldProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  /** Several lines high. */
  rows?: number;
  autoFocus?: boolean;
  maxLength?: number;
  placeholder?: string;
  readOnly?: boolean;
  spellCheck?: boolean;
  /** The id of a datalist. */
  list?: string;
}

/** A text with its label. */
export function Field({ label, hint, onChange, rows, ...rest }: FieldProps) {
  const id = useId();
  const given = {
    ...rest,
    id,
    className: "input",
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows ? <textarea {...given} rows={rows} /> : <input {...given} />}
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
