import { useQuery } from "@tanstack/react-query";
import { templatesQuery } from "../api/queries.ts";
import type { Bundle, Template } from "../api/types.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount } from "../time/number.ts";
import { formatClock, parseMicros, zoneLabel } from "../time/time.ts";
import { LevelWord } from "../ui/LevelWord.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { valuesOf, withValues } from "./query.ts";

/** Lines of the same form counted together: the short way to see what a bundle says. */
export function TemplatesView({ bundle }: { bundle: Bundle }) {
  const { state, set } = useCase();
  const { zone } = useZone();
  const { query } = state.filter;
  const filter = { query: withValues(query, "template", []) };
  const chosen = valuesOf(query, "template");
  const found = useQuery(templatesQuery(bundle.id, filter));
  useCommands({
    "lines.clear": () => set({ filter: NO_FILTER }),
  });
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the templates" />;
  const { items, others, others_records } = found.data;
  if (items.length === 0) return <EmptyState title="No template under this filter" />;
  const most = items[0]?.count ?? 1;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th className="number">Lines</th>
            <th>Level</th>
            <th className="number">Sources</th>
            <th>First {zoneLabel(zone, parseMicros(bundle.first) || 0)}</th>
            <th>Last</th>
            <th>Template</th>
          </tr>
        </thead>
        <tbody>
          {items.map((template) => (
            <TemplateRow
              key={template.id}
              template={template}
              most={most}
              zone={zone}
              chosen={chosen.includes(template.id)}
              onOpen={() =>
                set({
                  view: "logs",
                  filter: { query: withValues(query, "template", [template.id]) },
                  at: null,
                })
              }
            />
          ))}
        </tbody>
      </table>
      {others > 0 && (
        <p className="muted table-foot">
          {formatCount(others)} rarer templates with {formatCount(others_records)} lines are not listed.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  template: Template;
  most: number;
  zone: string;
  chosen: boolean;
  onOpen: () => void;
}

function TemplateRow({ template, most, zone, chosen, onOpen }: RowProps) {
  return (
    <tr data-chosen={chosen || undefined}>
      <td className="number tabular">
        {formatCount(template.count)}
        <meter
          className="share"
          min={0}
          max={most}
          value={template.count}
          aria-label="share of the most frequent"
        />
      </td>
      <td>{template.level ? <LevelWord level={template.level} /> : <span className="muted">none</span>}</td>
      <td className="number tabular">{template.sources}</td>
      <td className="tabular muted">{formatClock(parseMicros(template.first), zone, "ms")}</td>
      <td className="tabular muted">{formatClock(parseMicros(template.last), zone, "ms")}</td>
      <td className="grow">
        <button type="button" className="row-link mono" title={template.text} onClick={onOpen}>
          <Holes text={template.text} />
        </button>
      </td>
    </tr>
  );
}

/** The changing places of a template stand out from its words. */
function Holes({ text }: { text: string }) {
  return text.split(/(<[^<>\s]*>)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <span key={index} className="hole">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
