import { useId } from "react";

export interface Choice<Value extends string> {
  value: Value;
  name: string;
  means?: string;
  /** It cannot be chosen now; what it means says why. */
  off?: boolean;
}

interface Props<Value extends string> {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few words, each with what it means. */
export function ChoiceField<Value extends string>({ legend, choices, value, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="field choice-field">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.off}
            onChange={() => onChange(choice.value)}
          />
          {choice.name} {choice.means && <small className="muted">{choice.means}</small>}
        </label>
      ))}
    </fieldset>
  );
}
