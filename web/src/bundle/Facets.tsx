// Left column: what to look at. Sources, levels and files with their counts under the rest of the filter.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery } from "../api/queries.ts";
import type { Bundle, FacetValue, LineFilter } from "../api/types.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { formatCount, formatShortCount } from "../time/number.ts";
import { shortNames } from "../ui/shortNames.ts";

const SHOWN_FIRST = 12;
const LEVEL_ORDER = ["fatal", "error", "warn", "notice", "info", "debug", "trace"];

/** The values of the whole bundle, counted under the filter without its own part: a choice can be widened. */
function useFacet(bundle: Bundle, filter: LineFilter, own: "level" | "source" | "file"): FacetValue[] {
  const list = ({ level: "levels", source: "sources", file: "files" } as const)[own];
  const all = useQuery(facetsQuery(bundle.id, NO_FILTER)).data?.[list] ?? [];
  const now = useQuery(facetsQuery(bundle.id, { ...filter, [own]: [] })).data?.[list];
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
  const wrong = useQuery(facetsQuery(bundle.id, { ...filter, source: [], level: ["error", "fatal"] })).data;
  const errors = new Map(wrong?.sources.map(({ value, count }) => [value, count]));
  return (
    <>
      <FacetList
        title="Sources"
        own="source"
        values={sources}
        chosen={filter.source.map(String)}
        errors={errors}
      />
      <FacetList title="Levels" own="level" values={levels} chosen={filter.level} />
      <FacetList title="Files" own="file" values={files} chosen={filter.file.map(String)} />
    </>
  );
}

/** Characters that fit beside the counts; sources have two of them. */
const LABEL_CHARS = { level: 12, source: 20, file: 25 };

interface ListProps {
  title: string;
  own: "level" | "source" | "file";
  values: FacetValue[];
  chosen: string[];
  errors?: ReadonlyMap<string, number>;
}

function FacetList({ title, own, values, chosen, errors }: ListProps) {
  const { set } = useCase();
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const choose = (list: string[]) => {
    const next = own === "level" ? { level: list } : { [own]: list.map(Number) };
    set({ filter: next });
  };
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
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
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
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
