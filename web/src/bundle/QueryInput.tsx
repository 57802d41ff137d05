// The query as text, with names and values offered while it is typed. The list of offers is a listbox of a
// combobox: the arrows move in it, Enter or Tab takes an offer, Escape closes it.
import { useQuery } from "@tanstack/react-query";
import Search from "lucide-react/icons/search";
import { type RefObject, useEffect, useId, useState } from "react";
import { facetsQuery, fieldFacetQuery, queryFieldsQuery } from "../api/queries.ts";
import type { Bundle } from "../api/types.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { runCommand } from "../keys/registry.ts";
import { Keys } from "../ui/Keys.tsx";
import { type Completable, completableAt, quoted } from "./query.ts";

const OFFERS_MAX = 8;
const LEVELS = ["fatal", "error..", "error", "warn", "info", "debug", "none"];
const PROPERTIES = ["multi-line", "unmatched", "mentions-error", "error", "timed", "head-cut", "oversize"];
/** Values nobody picks from a list. */
const WITHOUT_VALUES = ["time", "line", "lines", "text", "trace", "span", "request"];

interface Offer {
  insert: string;
  label: string;
  hint: string;
}

export function QueryInput({ bundle, input }: { bundle: Bundle; input: RefObject<HTMLInputElement | null> }) {
  const { state, set } = useCase();
  const { query } = state.filter;
  const [text, setText] = useState(query || state.find);
  const [place, setPlace] = useState<Completable | null>(null);
  const [active, setActive] = useState(-1);
  const list = useId();
  useEffect(() => setText(query || state.find), [query, state.find]);
  const offers = useOffers(bundle, place);
  const open = place !== null && offers.length > 0;

  const look = (element: HTMLInputElement) => {
    setPlace(completableAt(element.value, element.selectionStart ?? element.value.length));
    setActive(-1);
  };
  const take = (offer: Offer) => {
    const element = input.current;
    if (!place || !element) return;
    const cursor = element.selectionStart ?? text.length;
    const next = text.slice(0, place.start) + offer.insert + text.slice(cursor);
    setText(next);
    const at = place.start + offer.insert.length;
    setPlace(offer.insert.endsWith(":") ? completableAt(next, at) : null);
    setActive(-1);
    requestAnimationFrame(() => element.setSelectionRange(at, at));
  };
  const submit = (element: HTMLInputElement, find: boolean) => {
    setPlace(null);
    element.blur();
    if (!find) {
      set({ filter: { query: text.trim() }, find: "" });
      return;
    }
    set({ filter: NO_FILTER, find: text });
    // The command reads the term of the address, which is there after the next render.
    setTimeout(() => runCommand("lines.hit.next"), 50);
  };
  const onKey = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const offer = open ? offers[active] : undefined;
    if (event.key === "Enter") {
      event.preventDefault();
      if (offer && !event.shiftKey) take(offer);
      else submit(event.currentTarget, event.shiftKey);
    } else if (open && event.key === "Tab" && !event.shiftKey && offer) {
      event.preventDefault();
      take(offer);
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + by + offers.length + (active < 0 && by < 0 ? 1 : 0)) % offers.length);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      setPlace(null);
    }
  };
  return (
    <div className="filter-box query-box">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={'level:error.. "pool exhausted" -source:ingress*'}
        aria-label="Filter the lines; Shift and Enter finds words without hiding"
        onChange={(event) => {
          setText(event.target.value);
          look(event.target);
        }}
        onBlur={() => setPlace(null)}
        onKeyDown={onKey}
      />
      <Keys of="filter.focus" />
      <div id={list} role="listbox" aria-label="Offers" className="offers" hidden={!open}>
        {open &&
          offers.map((offer, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
            <div
              key={offer.insert}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              className="offer"
              // the input keeps the focus
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(offer)}
            >
              <span className="mono cut">{offer.label}</span>
              <span className="muted cut">{offer.hint}</span>
            </div>
          ))}
      </div>
    </div>
  );
}

/** What could stand at the place: names of fields, or values of the field. */
function useOffers(bundle: Bundle, place: Completable | null): Offer[] {
  const field = place?.field?.toLowerCase() ?? null;
  const fields = useQuery({ ...queryFieldsQuery(bundle.id), enabled: place !== null }).data ?? [];
  const ofBundle = useQuery({
    ...facetsQuery(bundle.id, NO_FILTER),
    enabled: field === "source" || field === "file",
  }).data;
  const asked =
    field !== null && !["level", "is", "has", "source", "file", ...WITHOUT_VALUES].includes(field);
  const named = useQuery({
    ...fieldFacetQuery(bundle.id, place?.field ?? "", NO_FILTER, 50),
    enabled: asked,
  }).data;
  if (!place) return [];
  const fits = (name: string) => name.toLowerCase().includes(place.typed.toLowerCase());
  const values = (list: readonly string[], hint = ""): Offer[] =>
    list.filter(fits).map((value) => ({ insert: value, label: value, hint }));
  const counted = (list: readonly { label: string; count: number }[]): Offer[] =>
    list
      .filter(({ label }) => fits(label))
      .map(({ label, count }) => ({ insert: quoted(label), label, hint: String(count) }));
  let offers: Offer[];
  if (field === null) {
    if (place.typed === "") return [];
    const names = fields.filter(({ name }) => name.toLowerCase().startsWith(place.typed.toLowerCase()));
    offers = names.map(({ name, explains, records }) => ({
      insert: `${name}:`,
      label: `${name}:`,
      hint: explains ?? `${records ?? 0} records`,
    }));
  } else if (field === "level") offers = values(LEVELS);
  else if (field === "is") offers = values(PROPERTIES);
  else if (field === "has")
    offers = values(fields.map(({ name }) => name).filter((name) => name !== "has" && name !== "is"));
  else if (field === "source") offers = counted(ofBundle?.sources ?? []);
  else if (field === "file") offers = counted(ofBundle?.files ?? []);
  else offers = counted(named?.values ?? []);
  return offers.filter(({ insert }) => insert !== place.typed).slice(0, OFFERS_MAX);
}
