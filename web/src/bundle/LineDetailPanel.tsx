import { useQuery } from "@tanstack/react-query";
import X from "lucide-react/icons/x";
import { lineQuery } from "../api/queries.ts";
import type { Bundle, Line, LineDetail, TimeConfidence } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { HiddenFacts } from "../redaction/HiddenFacts.tsx";
import { HiddenText } from "../redaction/HiddenText.tsx";
import { useZone } from "../shell/zone.ts";
import { formatCount } from "../time/number.ts";
import { formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { LevelWord } from "../ui/LevelWord.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { LineContext } from "./LineContext.tsx";
import { type LineLook, placeOf } from "./LineRow.tsx";
import { withValues, words } from "./query.ts";

interface Props {
  bundle: Bundle;
  line: Line;
  look: LineLook;
}

export function LineDetailPanel({ bundle, line, look }: Props) {
  const { set, detail } = useCase();
  const found = useQuery(lineQuery(bundle.id, line.row));
  const item = look.pinned.get(placeOf(line));
  return (
    <section className="line-detail" aria-label="Line detail">
      <header className="line-detail-head">
        <h2>
          {item ? `${detail.number}/${item}` : "Line"}{" "}
          <span className="muted tabular">#{formatCount(line.row)}</span>
        </h2>
        <div className="button-row">
          <CommandButton command="lines.pin" disabled={item !== undefined}>
            {item ? `Pinned as ${item}` : "Pin"}
          </CommandButton>
          <CommandButton command="lines.context">In context</CommandButton>
          <CommandButton command="lines.only">This template</CommandButton>
          <CommandButton command="link.copy">{item ? "Cite" : "Copy link"}</CommandButton>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the detail"
          onClick={() => set({ detail: false }, { replace: true })}
        >
          <X size={16} aria-hidden />
        </button>
      </header>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <DetailBody bundle={bundle} line={found.data} look={look} />
      ) : (
        <Loading what="the line" />
      )}
    </section>
  );
}

const CONFIDENCE: Record<TimeConfidence, string> = {
  exact: "as written",
  zone_assumed: "zone assumed",
  year_inferred: "year inferred",
  date_inferred: "date inferred",
  inherited: "from the line before",
  file_only: "from the file only",
  none: "none",
};

function DetailBody({ bundle, line, look }: { bundle: Bundle; line: LineDetail; look: LineLook }) {
  const { state, set } = useCase();
  const { zone } = useZone();
  const source = look.sources.get(line.source)?.full ?? `#${line.source}`;
  const narrow = (field: string, value: string) =>
    set({ filter: { query: withValues(state.filter.query, field, [value]) } });
  const us = parseMicros(line.time);
  const ids = [
    ["Trace", line.trace_id],
    ["Span", line.span_id],
    ["Request", line.request_id],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]));
  return (
    <div className="line-detail-body">
      <dl className="facts">
        <dt>Time</dt>
        <dd className="tabular">
          {line.time ? `${formatStamp(us, zone, "us")} ${zoneLabel(zone, us)}` : "not known"}{" "}
          <span className="muted">{CONFIDENCE[line.time_confidence]}</span>
        </dd>
        <dt>Level</dt>
        <dd>{line.level ? <LevelWord level={line.level} /> : <span className="muted">none</span>}</dd>
        <dt>Source</dt>
        <dd>
          <button type="button" className="link" onClick={() => narrow("source", source)}>
            {source}
          </button>
        </dd>
        <dt>Place</dt>
        <dd>
          <button type="button" className="link path" onClick={() => narrow("file", line.path)}>
            {line.path}
          </button>
          <span className="tabular">:{line.line}</span>{" "}
          <span className="muted tabular">byte {formatCount(line.offset)}</span>
        </dd>
        {ids.map(([name, value]) => (
          <IdFact key={name} name={name} value={value} />
        ))}
        {line.variables.length > 0 && (
          <>
            <dt>Values</dt>
            <dd className="mono values">
              {line.variables.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place in the template is what names a value
                <code key={index}>{value}</code>
              ))}
            </dd>
          </>
        )}
        <HiddenFacts bundle={bundle} text={`${line.header}${line.body}\n${line.more_full}`} />
      </dl>
      <LineContext bundle={bundle} line={line} look={look} />
      <pre className="raw" tabIndex={0} role="region" aria-label="Raw text">
        {line.header && (
          <span className="muted">
            <HiddenText text={line.header} />
          </span>
        )}
        <HiddenText text={line.body} />
        {line.more_full && <HiddenText text={`\n${line.more_full}`} />}
      </pre>
    </div>
  );
}

/** Ids are filtered by text: the same request in other sources is one click away. */
function IdFact({ name, value }: { name: string; value: string }) {
  const { set } = useCase();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <button
          type="button"
          className="link mono"
          title="Show every line with this id"
          onClick={() => set({ filter: { query: words(value) } })}
        >
          {value}
        </button>
        {name === "Trace" && (
          <button
            type="button"
            className="link"
            onClick={() => set({ view: "traces", trace: value, span: null })}
          >
            as a waterfall
          </button>
        )}
      </dd>
    </>
  );
}
