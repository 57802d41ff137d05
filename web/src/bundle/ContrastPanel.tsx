// What the brushed time has more of than the rest: the strongest differences at once, all on demand.
import "../styles/contrast.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reasonOf } from "../api/client.ts";
import { contrastQuery } from "../api/queries.ts";
import type { Bundle, Contrast, FieldContrast, ValueContrast } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { formatCount, plural } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { useSettled } from "../ui/useSettled.ts";
import { quoted, valuesOf, withCondition, withValues } from "./query.ts";

const STRONGEST = 3;

export function ContrastPanel({ bundle }: { bundle: Bundle }) {
  const { state } = useCase();
  const [open, setOpen] = useState(false);
  const { query } = state.filter;
  const settled = useSettled(query);
  const found = useQuery(contrastQuery(bundle.id, { query: settled }));
  const contrast = found.data;
  useCommands({ "brush.compare": () => setOpen(!open) });
  return (
    <section className="contrast" aria-label="What differs in the chosen time" aria-busy={found.isFetching}>
      <div className="contrast-strip">
        {found.error ? (
          <p className="muted">Could not compare: {reasonOf(found.error)}</p>
        ) : !contrast ? (
          <p className="muted">Comparing the chosen time with the rest…</p>
        ) : contrast.fields.length === 0 ? (
          <p className="muted">
            Nothing in the {plural(contrast.inside, "line")} chosen differs from the other{" "}
            {formatCount(contrast.outside)} beyond chance.
          </p>
        ) : (
          <>
            <span className="muted nowrap">More in it:</span>
            {strongest(contrast).map(({ field, value }) => (
              <ValueButton key={`${field} ${value.value}`} field={field} value={value} short />
            ))}
          </>
        )}
        <span className="bar-space" />
        {contrast && contrast.fields.length > 0 && (
          <CommandButton command="brush.compare">
            {open ? "Fewer" : `All ${plural(contrast.fields.length, "field")}`}
          </CommandButton>
        )}
      </div>
      {open && contrast && <AllFields contrast={contrast} />}
    </section>
  );
}

/** The value that stands out most of each field; a file says what its source says already. */
function strongest({ fields }: Contrast): { field: string; value: ValueContrast }[] {
  const sourced = fields.some(({ field }) => field === "source");
  return fields
    .filter(({ field }) => field !== "file" || !sourced)
    .flatMap(({ field, values }) => {
      const value = values.find(({ effect }) => effect > 0);
      return value ? [{ field, value }] : [];
    })
    .slice(0, STRONGEST);
}

function AllFields({ contrast }: { contrast: Contrast }) {
  return (
    <div className="contrast-fields" role="region" aria-label="Fields that differ" tabIndex={0}>
      {contrast.fields.map((field) => (
        <FieldSection key={field.field} contrast={field} />
      ))}
      <p className="muted">
        {plural(contrast.compared, "field")} compared, {formatCount(contrast.inside)} lines chosen beside{" "}
        {formatCount(contrast.outside)}
        {contrast.untimed > 0 && `, ${formatCount(contrast.untimed)} without a time left out`}
        {contrast.sampled !== null && `; values in texts on ${formatCount(contrast.sampled)} of either side`}.
      </p>
    </div>
  );
}

function FieldSection({ contrast }: { contrast: FieldContrast }) {
  return (
    <section>
      <h3 className="column-title">
        {contrast.field}{" "}
        <span className="count" title="0: the same values, 1: nothing in common">
          {contrast.distance.toFixed(2)}
        </span>
      </h3>
      <ul>
        {contrast.values.map((value) => (
          <li key={value.value}>
            <ValueButton field={contrast.field} value={value} />
          </li>
        ))}
      </ul>
      {contrast.others > 0 && (
        <p className="muted">{plural(contrast.others, "other value")} differ as well</p>
      )}
    </section>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
const size = (effect: number) =>
  Math.abs(effect) >= 0.8 ? "large" : Math.abs(effect) >= 0.5 ? "medium" : "small";

/** One value with its two shares; pressing it narrows the lines to it, or takes it out again. */
function ValueButton({ field, value, short }: { field: string; value: ValueContrast; short?: boolean }) {
  const { state, set } = useCase();
  const { query } = state.filter;
  const name = field.toLowerCase();
  const on = valuesOf(query, name).includes(value.value);
  const narrow = () => {
    const others = valuesOf(query, name).filter((other) => other !== value.value);
    const next = on ? withValues(query, name, others) : withOnly(query, name, value.value);
    set({ filter: { query: next } });
  };
  const title = `${value.label}\n${percent(value.inside_share)} in the chosen time (${formatCount(
    value.inside,
  )} lines), ${percent(value.outside_share)} beside it (${formatCount(value.outside)}); effect ${value.effect.toFixed(2)}, ${size(value.effect)}`;
  return (
    <button
      type="button"
      className={short ? "chip contrast-chip" : "contrast-value"}
      aria-pressed={on}
      title={title}
      onClick={narrow}
    >
      {short && <span className="muted">{field}</span>}
      <span className="cut mono contrast-label">{value.label || "(empty)"}</span>
      {!short && <Shares value={value} />}
      <span className="tabular nowrap">
        {percent(value.inside_share)} <span className="muted">was {percent(value.outside_share)}</span>
      </span>
    </button>
  );
}

/** A query that holds alternatives keeps them and gets the value beside them. */
function withOnly(query: string, field: string, value: string): string {
  const plain = withValues(query, field, [value]);
  return plain.includes(`${field}:`) ? plain : withCondition(query, `${field}:${quoted(value)}`);
}

function Shares({ value }: { value: ValueContrast }) {
  const width = (share: number) => ({ width: `${Math.max(1, share * 100)}%` });
  return (
    <span className="contrast-bars" data-size={size(value.effect)} aria-hidden="true">
      <span data-of="inside" style={width(value.inside_share)} />
      <span data-of="outside" style={width(value.outside_share)} />
    </span>
  );
}
