// Left column: what to look at. Sources, levels and files with their counts under the rest of the filter.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery } from "../api/queries.ts";
import type { Bundle, FacetValue, LineFilter } from "../api/types.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { formatCount, formatShortCount } from "../time/number.ts";
import { shortNames } from "../ui/shortNames.ts";
import { FieldFacets } from "./FieldFacets.tsx";
import { valuesOf, withCondition, withValues } from "./query.ts";

const SHOWN_FIRST = 12;
const LEVEL_ORDER = ["fatal", "error", "warn", "notice", "info", "debug", "trace"];

/** The values of the whole bundle, counted under the filter without its own part: a choice can be widened. */
function useFacet(bundle: Bundle, filter: LineFilter, own: "level" | "source" | "file"): FacetValue[] {
  const list = ({ level: "levels", source: "sources", file: "files" } as const)[own];
  const all = useQuery(facetsQuery(bundle.id, NO_FILTER)).data?.[list] ?? [];
  const others = { query: withValues(filter.query, own, []) };
  const now = useQuery(facetsQuery(bundle.id, others)).data?.[list];
  const counts = new Map(now?.map(({ value, count }) => [value, count]));
  return all.map((one) => ({ ...one, count: now ? (counts.get(one.value) ?? 0) : one.count }));
}

export function Facets({ bundle }: { bundle: Bundle }) {
  const { state } = useCase();
  const { filter } = state;
  const levels = useFacet(bundle, filter, "level").sort(
    (a, b) => LEVEL_ORDER.indexOf(a.value) - LEVEL_ORDER.indexOf(b.value),
  );
  const sources = useFacet(bundle, filter, "source");
  const files = useFacet(bundle, filter, "file");
  const anywhere = withValues(withValues(filter.query, "source", []), "level", []);
  const wrong = useQuery(facetsQuery(bundle.id, { query: withCondition(anywhere, "is:error") })).data;
  const errors = new Map(wrong?.sources.map(({ value, count }) => [value, count]));
  return (
    <>
      <FacetList title="Sources" own="source" values={sources} errors={errors} />
      <FacetList title="Levels" own="level" values={levels} />
      <FacetList title="Files" own="file" values={files} />
      <FieldFacets bundle={bundle} />
    </>
  );
}

/** Characters that fit beside the counts; sources have two of them. */
const LABEL_CHARS = { level: 12, source: 20, file: 25 };

const LEVELS = ["trace", "debug", "info", "notice", "warn", "error", "fatal"];

/** The values that the query wants; a range of levels is its levels. */
function chosenOf(query: string, own: string, values: readonly FacetValue[]): string[] {
  return valuesOf(query, own).flatMap((value) => {
    const open = own === "level" ? /^(?:>=)?(\w+)(?:\.\.)?$/.exec(value) : null;
    if (open && value !== open[1]) return LEVELS.slice(Math.max(0, LEVELS.indexOf(open[1]!)));
    const number = /^#(\d+)$/.exec(value)?.[1];
    return [values.find((one) => one.value === number)?.label ?? value];
  });
}

interface ListProps {
  title: string;
  own: "level" | "source" | "file";
  values: FacetValue[];
  errors?: ReadonlyMap<string, number>;
}

function FacetList({ title, own, values, errors }: ListProps) {
  const { state, set } = useCase();
  const { query } = state.filter;
  const chosen = chosenOf(query, own, values);
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const choose = (list: string[]) => set({ filter: { query: withValues(query, own, list) } });
  const toggle = (label: string) =>
    choose(chosen.includes(label) ? chosen.filter((other) => other !== label) : [...chosen, label]);
  const names = shortNames(
    values.map(({ label }) => label),
    LABEL_CHARS[own],
  );
  const shown = all ? values : values.slice(0, SHOWN_FIRST);
  return (
    <section className="facet">
      <header>
        <h2 className="column-title">{title}</h2>
        {chosen.length > 0 && (
          <button type="button" className="link" onClick={() => choose([])}>
            All
          </button>
        )}
      </header>
      <ul>
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <label className="facet-row" title={label} data-none={count === 0 || undefined}>
              <input type="checkbox" checked={chosen.includes(label)} onChange={() => toggle(label)} />
              <span className="cut" data-level={own === "level" ? value : undefined}>
                {own === "level" ? label.toUpperCase() : (names.get(label) ?? label)}
              </span>
              {(errors?.get(value) ?? 0) > 0 && (
                <span className="facet-errors tabular" title={`${formatCount(errors!.get(value)!)} errors`}>
                  {formatShortCount(errors!.get(value)!)}
                  <span className="facet-word"> err</span>
                </span>
              )}
              <span className="count" title={formatCount(count)}>
                {formatShortCount(count)}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {values.length > SHOWN_FIRST && (
        <button type="button" className="link facet-more" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${values.length - SHOWN_FIRST} more`}
        </button>
      )}
    </section>
  );
}
