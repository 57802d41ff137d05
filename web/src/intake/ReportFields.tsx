import type { IntakeItem, IntakeReport } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { itemName } from "./reasons.ts";
import { linesOf, triedOf, triedText } from "./report.ts";

interface Props {
  report: IntakeReport;
  items: readonly IntakeItem[];
  onChange: (report: IntakeReport) => void;
}

const IMPACT = [
  ["who", "Who is affected"],
  ["how_many", "How many"],
  ["effect", "What it costs them"],
  ["workaround", "Workaround, or none"],
] as const;

export function ReportFields({ report, items, onChange }: Props) {
  const set = (patch: Partial<IntakeReport>) => onChange({ ...report, ...patch });
  const setWindow = (patch: Partial<IntakeReport["window"]>) =>
    set({ window: { ...report.window, ...patch } });
  const text = (name: TextName, label: string, more: { hint?: string; rows?: number } = {}) => (
    <Field label={label} value={report[name]} onChange={(value) => set({ [name]: value })} {...more} />
  );
  return (
    <>
      <div className="field-pair">
        {text("component", "Component")}
        {text("version", "Exact version or build")}
      </div>
      <div className="field-pair">
        <Field
          label="It began"
          hint="With a zone: Z, +01:00 or [Europe/Berlin]"
          placeholder="2026-11-24T09:41:00Z"
          value={report.window.from}
          onChange={(from) => setWindow({ from })}
        />
        <Field
          label="It ended"
          placeholder="2026-11-24T10:05:00Z"
          readOnly={report.window.ongoing}
          value={report.window.ongoing ? "" : report.window.to}
          onChange={(to) => setWindow({ to })}
        />
      </div>
      <label className="check-line">
        <input
          type="checkbox"
          checked={report.window.ongoing}
          onChange={(event) => setWindow({ ongoing: event.target.checked, to: "" })}
        />
        It goes on
      </label>
      <Field
        label="Request, trace, tenant or object ids"
        hint="One a line; looked for in the evidence"
        rows={2}
        value={report.identifiers.join("\n")}
        onChange={(value) => set({ identifiers: linesOf(value) })}
      />
      <Field
        label="Steps to reproduce"
        hint="One a line"
        rows={3}
        value={report.steps.join("\n")}
        onChange={(value) => set({ steps: linesOf(value) })}
      />
      <div className="field-pair">
        {text("conditions", "Or the conditions")}
        {text("frequency", "And how often")}
      </div>
      <div className="field-pair">
        {text("expected", "Expected")}
        {text("actual", "Actual")}
      </div>
      {text("error_text", "Exact words of the error", { hint: "Looked for in the evidence" })}
      <label className="check-line">
        <input
          type="checkbox"
          checked={report.not_logged}
          onChange={(event) => set({ not_logged: event.target.checked })}
        />
        The error is not logged
      </label>
      <div className="field-pair">
        {IMPACT.map(([name, label]) => (
          <Field
            key={name}
            label={label}
            value={report.impact[name]}
            onChange={(value) => set({ impact: { ...report.impact, [name]: value } })}
          />
        ))}
      </div>
      <Field
        label="What was tried"
        hint="One a line: step => result"
        rows={2}
        value={triedText(report.tried)}
        onChange={(value) => set({ tried: triedOf(value) })}
      />
      {text("changes", "Recent changes, or none known")}
      {text("hypothesis", "Hypothesis")}
      <div className="field-pair">
        {text("ask", "What is wanted")}
        {text("owner", "Who answers questions")}
      </div>
      {items
        .filter((item) => item.text)
        .map((item) => (
          <Field
            key={item.item}
            label={item.text}
            value={report.answers[item.item] ?? ""}
            onChange={(value) => set({ answers: { ...report.answers, [item.item]: value } })}
          />
        ))}
      <NotApplicable report={report} items={items} onChange={onChange} />
    </>
  );
}

type TextName = {
  [Name in keyof IntakeReport]: IntakeReport[Name] extends string ? Name : never;
}[keyof IntakeReport];

function NotApplicable({ report, items, onChange }: Props) {
  const { not_applicable } = report;
  const set = (item: string, reason: string | null) => {
    const { [item]: _, ...rest } = not_applicable;
    onChange({ ...report, not_applicable: reason === null ? rest : { ...rest, [item]: reason } });
  };
  return (
    <details className="intake-not">
      <summary>What does not apply</summary>
      {items.map((item) => {
        const reason = not_applicable[item.item];
        const name = itemName(item);
        return (
          <div key={item.item}>
            <label className="check-line">
              <input
                type="checkbox"
                checked={reason !== undefined}
                onChange={(event) => set(item.item, event.target.checked ? "" : null)}
              />
              {name}
            </label>
            {reason !== undefined && (
              <Field
                label={`Why ${name} does not apply`}
                value={reason}
                onChange={(to) => set(item.item, to)}
              />
            )}
          </div>
        );
      })}
    </details>
  );
}
