// Traces, worst first, under the brush of the time axis; one opens as a waterfall.
import "../styles/trace.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { tracesQuery } from "../api/queries.ts";
import type { Bundle, Trace } from "../api/types.ts";
import { brushOf } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount, plural } from "../time/number.ts";
import { formatClock, formatLength, parseMicros, toRfc3339, zoneLabel } from "../time/time.ts";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { TracePanel } from "./TracePanel.tsx";

const PAGE = 50;
const ORDERS = [
  { id: "worst", name: "Worst first" },
  { id: "slowest", name: "Slowest first" },
  { id: "earliest", name: "Earliest first" },
];

export default function TracesView({ bundle }: { bundle: Bundle }) {
  const { state } = useCase();
  if (state.trace) return <TracePanel key={state.trace} bundle={bundle} trace={state.trace} />;
  return <TraceList bundle={bundle} />;
}

function TraceList({ bundle }: { bundle: Bundle }) {
  const { state, set } = useCase();
  const [order, setOrder] = useState("worst");
  const [failed, setFailed] = useState(false);
  const [service, setService] = useState("");
  const [pages, setPages] = useState(1);
  const brush = brushOf(state.filter);
  const found = useQuery(
    tracesQuery(bundle.id, {
      from: brush ? toRfc3339(brush.from) : undefined,
      to: brush ? toRfc3339(brush.to) : undefined,
      service: service || undefined,
      failed: failed ? "true" : undefined,
      order,
      offset: 0,
      limit: PAGE * pages,
    }),
  );
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the traces" />;
  const { traces, total, hidden, beyond, services } = found.data;
  if (total + hidden === 0) {
    return (
      <EmptyState title="This bundle has no traces">
        <p className="muted">
          OTLP, Jaeger, Zipkin and X-Ray are read. The Files view says what each file is.
        </p>
      </EmptyState>
    );
  }
  return (
    <section className="traces" aria-label="Traces">
      <div className="bar" role="toolbar" aria-label="Which traces">
        <select
          className="input"
          aria-label="Order"
          value={order}
          onChange={(event) => setOrder(event.target.value)}
        >
          {ORDERS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label="Service"
          value={service}
          onChange={(event) => setService(event.target.value)}
        >
          <option value="">every service</option>
          {services.map(({ value, count }) => (
            <option key={value} value={value}>
              {value} ({formatCount(count)})
            </option>
          ))}
        </select>
        <button type="button" className="chip" aria-pressed={failed} onClick={() => setFailed(!failed)}>
          Failed only
        </button>
        <span className="bar-space" />
        <span className="muted nowrap" role="status">
          {formatCount(total)} of {plural(total + hidden, "trace")}
          {brush && " in the chosen time"}
          {beyond > 0 && `, ${formatCount(beyond)} more are not listed`}
        </span>
      </div>
      {total === 0 ? (
        <EmptyState title="No trace passes">
          <p className="muted">Clear the time, the service or “Failed only”.</p>
        </EmptyState>
      ) : (
        <TraceTable
          traces={traces}
          onOpen={(trace) => set({ trace: trace.id, span: null })}
          rest={total - traces.length}
          onMore={() => setPages(pages + 1)}
        />
      )}
    </section>
  );
}

interface TableProps {
  traces: readonly Trace[];
  onOpen: (trace: Trace) => void;
  rest: number;
  onMore: () => void;
}

function TraceTable({ traces, onOpen, rest, onMore }: TableProps) {
  const { zone } = useZone();
  const [current, setCurrent] = useState(0);
  const rows = useRef<(HTMLButtonElement | null)[]>([]);
  const go = (to: number) => {
    const next = Math.min(traces.length - 1, Math.max(0, to));
    setCurrent(next);
    rows.current[next]?.focus();
  };
  useCommands({
    "lines.next": () => go(document.activeElement === rows.current[current] ? current + 1 : current),
    "lines.previous": () => go(current - 1),
    "lines.first": () => go(0),
    "lines.last": () => go(traces.length - 1),
  });
  const first = traces[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => setCurrent(0), [first]);
  const longest = Math.max(1, ...traces.map(({ duration_us }) => duration_us));
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>Begins with</th>
            <th>Start {zoneLabel(zone, parseMicros(traces[0]?.start) || 0)}</th>
            <th className="number">Took</th>
            <th className="number">Usual</th>
            <th className="number">Spans</th>
            <th className="number">Failed</th>
          </tr>
        </thead>
        <tbody>
          {traces.map((trace, index) => (
            <tr key={trace.id}>
              <td className="grow">
                <button
                  type="button"
                  className="row-link"
                  title={`trace ${trace.id}`}
                  ref={(button) => {
                    rows.current[index] = button;
                  }}
                  onFocus={() => setCurrent(index)}
                  onClick={() => onOpen(trace)}
                >
                  <b>{trace.service}</b> <span className="mono">{trace.operation}</span>
                </button>
              </td>
              <td className="tabular muted">{formatClock(parseMicros(trace.start), zone, "ms")}</td>
              <td className="number tabular">
                {formatLength(trace.duration_us)}
                <meter
                  className="share"
                  min={0}
                  max={longest}
                  value={trace.duration_us}
                  aria-label="share of the longest shown"
                />
              </td>
              <td className="number tabular muted">{formatLength(trace.usual_us)}</td>
              <td className="number tabular">{formatCount(trace.spans)}</td>
              <td className="number tabular">
                {trace.failed > 0 && <span className="failure">{formatCount(trace.failed)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className="table-foot">
          <button type="button" className="link" onClick={onMore}>
            {plural(rest, "more trace")}
          </button>
        </p>
      )}
    </div>
  );
}
