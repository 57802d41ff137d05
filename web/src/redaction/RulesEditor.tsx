// The rules as text, with the numbers of the lines and the mistakes at their places.
import { useId, useRef, useState } from "react";
import type { RulesMistake } from "../api/types.ts";

interface Props {
  value: string;
  readOnly: boolean;
  mistakes: RulesMistake[];
  onChange: (text: string) => void;
}

export function RulesEditor({ value, readOnly, mistakes, onChange }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [scroll, setScroll] = useState(0);
  const wrong = new Set(mistakes.map(({ line }) => line));
  const count = value.split("\n").length;
  return (
    <div className="field">
      <label htmlFor={id}>Rules</label>
      <div className="rules-editor" data-wrong={mistakes.length > 0 || undefined}>
        <div className="rules-gutter tabular" aria-hidden>
          <div className="rules-numbers" ref={(node) => node?.style.setProperty("--scroll", `${-scroll}px`)}>
            {Array.from({ length: count }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <span key={index} data-wrong={wrong.has(index + 1) || undefined}>
                {index + 1}
              </span>
            ))}
          </div>
        </div>
        <textarea
          id={id}
          ref={area}
          className="input"
          wrap="off"
          spellCheck={false}
          value={value}
          readOnly={readOnly}
          aria-invalid={mistakes.length > 0}
          aria-describedby={`${id}-mistakes`}
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
        />
      </div>
      <ul className="rules-mistakes" id={`${id}-mistakes`} aria-live="polite">
        {mistakes.map((mistake) => (
          <li key={`${mistake.line} ${mistake.column} ${mistake.message}`}>
            <MistakeText mistake={mistake} goTo={() => goTo(area.current, value, mistake.line)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MistakeText({ mistake, goTo }: { mistake: RulesMistake; goTo: () => void }) {
  if (mistake.line === 0) return mistake.message;
  return (
    <>
      <button type="button" className="link tabular" onClick={goTo}>
        line {mistake.line}, column {mistake.column}
      </button>{" "}
      {mistake.message}
    </>
  );
}

/** Selects the line, so that it is seen and the next key is typed there. */
function goTo(area: HTMLTextAreaElement | null, text: string, line: number): void {
  if (!area) return;
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((at, one) => at + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
}
