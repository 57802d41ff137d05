import { useQuery } from "@tanstack/react-query";
import ArrowLeft from "lucide-react/icons/arrow-left";
import X from "lucide-react/icons/x";
import { traceQuery } from "../api/queries.ts";
import type { Bundle, Span, Waterfall } from "../api/types.ts";
import { words } from "../bundle/query.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useZone } from "../shell/zone.ts";
import { plural } from "../time/number.ts";
import { formatLength, formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { SpanTree } from "./SpanTree.tsx";

/** One trace: the waterfall, and the span under the cursor beside it. */
export function TracePanel({ bundle, trace }: { bundle: Bundle; trace: string }) {
  const { state, set } = useCase();
  const found = useQuery(traceQuery(bundle.id, trace));
  const close = () => set({ trace: null, span: null });
  useCommands({
    back: {
      enabled: true,
      rank: 1,
      run: () => (state.span ? set({ span: null }, { replace: true }) : close()),
    },
  });
  const spans = found.data?.spans ?? [];
  const chosen = spans.find(({ id }) => id === state.span);
  return (
    <section className="traces" aria-label={`Trace ${trace}`}>
      <div className="bar trace-head">
        <button type="button" className="button" data-kind="quiet" onClick={close}>
          <ArrowLeft size={14} aria-hidden /> All traces
        </button>
        <h2 className="mono cut" title={trace}>
          {trace}
        </h2>
        {found.data && <TraceFacts waterfall={found.data} />}
        <span className="bar-space" />
        <button
          type="button"
          className="button"
          onClick={() => set({ view: "logs", filter: { query: words(trace) }, at: null })}
        >
          Lines of this trace
        </button>
      </div>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading what="the trace" />
      ) : (
        <SpanTree
          waterfall={found.data}
          chosen={state.span}
          onChoose={(span) => set({ span }, { replace: true })}
        />
      )}
      {chosen && found.data && <SpanDetail span={chosen} waterfall={found.data} />}
    </section>
  );
}

function TraceFacts({ waterfall }: { waterfall: Waterfall }) {
  const failed = waterfall.spans.filter((span) => span.failed).length;
  return (
    <span className="muted tabular nowrap">
      {formatLength(waterfall.duration_us)} · {plural(waterfall.spans.length, "span")}
      {failed > 0 && ` · ${failed} failed`}
      {waterfall.others > 0 && ` · ${waterfall.others} not shown`}
      {waterfall.orphans > 0 && ` · ${plural(waterfall.orphans, "parent")} missing`}
    </span>
  );
}

function SpanDetail({ span, waterfall }: { span: Span; waterfall: Waterfall }) {
  const { set } = useCase();
  const { zone } = useZone();
  const us = parseMicros(waterfall.start) + span.offset_us;
  return (
    <section className="line-detail" aria-label="Span detail">
      <header className="line-detail-head">
        <h2 className="cut">
          {span.service} <span className="mono muted">{span.operation}</span>
        </h2>
        <div className="button-row">
          <CommandButton command="link.copy">Copy link</CommandButton>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the span"
          onClick={() => set({ span: null }, { replace: true })}
        >
          <X size={16} aria-hidden />
        </button>
      </header>
      <div className="line-detail-body">
        <dl className="facts">
          <dt>Start</dt>
          <dd className="tabular">
            {formatStamp(us, zone, "us")} {zoneLabel(zone, us)}
            {span.moved_us !== 0 && (
              <span className="muted"> its clock was {formatLength(Math.abs(span.moved_us))} off</span>
            )}
          </dd>
          <dt>Took</dt>
          <dd className="tabular">
            {formatLength(span.duration_us)}, itself {formatLength(span.self_us)}
          </dd>
          <dt>Critical path</dt>
          <dd className="tabular">
            {span.critical_us === null ? "beside it" : `owns ${formatLength(span.critical_us)}`}
          </dd>
          <dt>Status</dt>
          <dd>{span.origin ? "failed, and nothing below it did" : span.failed ? "failed" : "not failed"}</dd>
          {span.pod && (
            <>
              <dt>Pod</dt>
              <dd>{span.pod}</dd>
            </>
          )}
          <dt>Span</dt>
          <dd className="mono">{span.id}</dd>
          <dt>Place</dt>
          <dd className="mono">
            {span.place.path}:{span.place.line}
          </dd>
        </dl>
        {span.attributes && (
          <pre className="raw" tabIndex={0} role="region" aria-label="Attributes">
            {attributesText(span.attributes)}
          </pre>
        )}
      </div>
    </section>
  );
}

/** One attribute a line; what is no object is shown as it stands. */
function attributesText(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return json;
    return Object.entries(value)
      .map(([name, one]) => `${name} = ${typeof one === "string" ? one : JSON.stringify(one)}`)
      .join("\n");
  } catch {
    return json;
  }
}
