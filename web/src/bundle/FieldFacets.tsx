// The values of one field that the texts name, counted under the query: chosen by the reader, kept in this tab.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldFacetQuery, queryFieldsQuery } from "../api/queries.ts";
import type { Bundle } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { formatCount, formatShortCount, plural } from "../time/number.ts";
import { valuesOf, withValues } from "./query.ts";

const SHOWN = 10;

export function FieldFacets({ bundle }: { bundle: Bundle }) {
  const fields = useQuery(queryFieldsQuery(bundle.id)).data ?? [];
  const named = fields.filter(({ records }) => records !== null && records !== undefined);
  const [chosen, setChosen] = useState("");
  if (named.length === 0) return null;
  return (
    <section className="facet">
      <header>
        <h2 className="column-title">
          <label htmlFor="facet-field">Field</label>
        </h2>
        <select
          id="facet-field"
          className="input"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">choose…</option>
          {named.map(({ name, records }) => (
            <option key={name} value={name}>
              {name} ({formatShortCount(records ?? 0)})
            </option>
          ))}
        </select>
      </header>
      {chosen && <Values bundle={bundle} field={chosen} />}
    </section>
  );
}

function Values({ bundle, field }: { bundle: Bundle; field: string }) {
  const { state, set } = useCase();
  const { query } = state.filter;
  const name = field.toLowerCase();
  const others = { query: withValues(query, name, []) };
  const found = useQuery(fieldFacetQuery(bundle.id, field, others, SHOWN)).data;
  const chosen = valuesOf(query, name);
  if (!found) return <p className="muted side-none">Counting…</p>;
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    set({ filter: { query: withValues(query, name, next) } });
  };
  return (
    <>
      <ul>
        {found.values.map(({ value, count }) => (
          <li key={value}>
            <label className="facet-row" title={value}>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span className="cut mono">{value || "(empty)"}</span>
              <span className="count" title={formatCount(count)}>
                {formatShortCount(count)}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p className="muted side-none">
        {found.others > 0 &&
          `${plural(found.others, "other value")}, ${formatCount(found.others_records)} lines. `}
        {formatCount(found.without)} lines without it.
      </p>
    </>
  );
}
