import type { ReactNode } from "react";
import type { Cite, Comparison, MessageShift } from "../api/types.ts";
import { Cites } from "../hypothesis/Cites.tsx";
import { formatValue } from "../metric/scale.ts";
import { formatCount, plural } from "../time/number.ts";
import { LevelWord } from "../ui/LevelWord.tsx";

/** How a bundle differs from the good one; what chance explains is not in it. */
export function ComparisonTables({ comparison }: { comparison: Comparison }) {
  const { good, bad } = comparison;
  const nothing =
    comparison.new.length +
      comparison.gone.length +
      comparison.shifted.length +
      comparison.values.length +
      comparison.metrics.length ===
    0;
  return (
    <>
      <p className="muted changes-sides">
        {good.name}: {plural(good.records, "record")}, {plural(good.messages, "message")}; {bad.name}:{" "}
        {plural(bad.records, "record")}, {plural(bad.messages, "message")}. {formatCount(comparison.both)} of{" "}
        {plural(comparison.messages, "message")} are in both.
      </p>
      {nothing && <p className="muted">No difference beyond chance.</p>}
      <Names title="New components" names={comparison.new_components} />
      <Names title="Components that are gone" names={comparison.gone_components} />
      <Messages title="New messages" shifts={comparison.new} others={comparison.new_others} />
      <Messages title="Messages that are gone" shifts={comparison.gone} others={comparison.gone_others} />
      <Messages
        title="Messages more or less often"
        shifts={comparison.shifted}
        others={comparison.shifted_others}
      />
      <Shifts title="Values" heads={["Good", "Now", "Value"]} rows={valueRows(comparison)} />
      <Shifts title="Metrics" heads={["Good", "Now", "Series"]} rows={metricRows(comparison)} />
    </>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <h2>
        {title} <span className="count">{names.length}</span>
      </h2>
      <p>{names.join(", ")}</p>
    </>
  );
}

interface MessagesProps {
  title: string;
  shifts: readonly MessageShift[];
  others: number;
}

function Messages({ title, shifts, others }: MessagesProps) {
  const rows = shifts.map(
    (shift): Row => ({
      key: `${shift.component} ${shift.text}`,
      good: formatCount(shift.good),
      bad: formatCount(shift.bad),
      what: (
        <>
          {shift.level && <LevelWord level={shift.level} />} <b>{shift.component}</b>{" "}
          <span className="mono">{shift.text}</span>
        </>
      ),
      cites: shift.cites,
      component: shift.component,
    }),
  );
  return <Shifts title={title} heads={["Good", "Now", "Message"]} rows={rows} others={others} />;
}

function valueRows({ values }: Comparison): Row[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return values.map((shift) => ({
    key: `${shift.message} ${shift.value}`,
    good: percent(shift.good),
    bad: percent(shift.bad),
    what: (
      <>
        <b className="mono">{shift.value}</b> in <span className="mono">{shift.message}</span>
      </>
    ),
    cites: shift.cites,
  }));
}

function metricRows({ metrics }: Comparison): Row[] {
  return metrics.map((shift) => ({
    key: `${shift.component} ${shift.metric} ${shift.good} ${shift.bad}`,
    good: formatValue(shift.good),
    bad: formatValue(shift.bad),
    what: (
      <>
        <b>{shift.component}</b> <span className="mono">{shift.metric}</span>
      </>
    ),
    cites: shift.cites,
    component: shift.component,
    name: shift.metric,
  }));
}

interface Row {
  key: string;
  good: string;
  bad: string;
  what: ReactNode;
  cites: readonly Cite[];
  component?: string;
  name?: string;
}

interface ShiftsProps {
  title: string;
  heads: [string, string, string];
  rows: readonly Row[];
  others?: number;
}

function Shifts({ title, heads, rows, others = 0 }: ShiftsProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <h2>
        {title} <span className="count">{rows.length + others}</span>
      </h2>
      <table className="table">
        <thead>
          <tr>
            <th className="number">{heads[0]}</th>
            <th className="number">{heads[1]}</th>
            <th>{heads[2]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td className="number tabular">{row.good}</td>
              <td className="number tabular">{row.bad}</td>
              <td className="grow">
                <span className="change-detail">{row.what}</span>
                <Cites cites={row.cites} hint={{ component: row.component, name: row.name }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others > 0 && <p className="muted table-foot">{formatCount(others)} others are not listed.</p>}
    </>
  );
}
