import { useQuery } from "@tanstack/react-query";
import Search from "lucide-react/icons/search";
import X from "lucide-react/icons/x";
import { type RefObject, useEffect, useState } from "react";
import { filesQuery, sourcesQuery, templatesQuery } from "../api/queries.ts";
import type { Bundle, LineFilter } from "../api/types.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { runCommand } from "../keys/registry.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount } from "../time/number.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Keys } from "../ui/Keys.tsx";
import type { LinePages } from "./linePages.ts";

interface Props {
  bundle: Bundle;
  pages: LinePages;
  input: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ bundle, pages, input }: Props) {
  const chips = useChips(bundle);
  return (
    <div className="filter-bar">
      <div className="bar" role="toolbar" aria-label="Filter the lines">
        <FilterInput input={input} />
        <span className="bar-count tabular" role="status">
          {pages.total !== null && (
            <>
              <b>{formatCount(pages.total)}</b>
              {pages.hidden > 0 && ` of ${formatCount(pages.total + pages.hidden)}`} lines
            </>
          )}
        </span>
        <CommandButton command="lines.error.next" kind="quiet">
          Next error
        </CommandButton>
        <CommandButton command="lines.open" kind="quiet">
          Details
        </CommandButton>
      </div>
      {chips.length > 0 && (
        <div className="chip-row">
          {chips.map(({ label, clear }) => (
            <FilterChip key={label} label={label} clear={clear} />
          ))}
          <button type="button" className="link" onClick={() => runCommand("lines.clear")}>
            Clear all
          </button>
        </div>
      )}
    </div>
  );
}

function FilterChip({ label, clear }: { label: string; clear: Partial<LineFilter> | null }) {
  const { set } = useCase();
  return (
    <button
      type="button"
      className="chip"
      aria-label={`Remove: ${label}`}
      onClick={() => (clear ? set({ filter: clear }) : set({ find: "" }))}
    >
      <span className="cut">{label}</span>
      <X size={12} aria-hidden />
    </button>
  );
}

/** What narrows the rows, in words, each with the part of the filter that removing it clears. */
function useChips(bundle: Bundle): { label: string; clear: Partial<LineFilter> | null }[] {
  const { state } = useCase();
  const { filter } = state;
  const { zone } = useZone();
  const sources = useQuery(sourcesQuery(bundle.id)).data ?? [];
  const files = useQuery({ ...filesQuery(bundle.id), enabled: filter.file.length > 0 }).data ?? [];
  const templates = useQuery({
    ...templatesQuery(bundle.id, NO_FILTER),
    enabled: filter.template !== null,
  }).data;
  const names = (ids: number[], of: (id: number) => string | undefined) =>
    ids.length > 3 ? `${ids.length} chosen` : ids.map((id) => of(id) ?? id).join(", ");
  const chips: { label: string; clear: Partial<LineFilter> | null }[] = [];
  if (filter.level.length) chips.push({ label: `level ${filter.level.join(", ")}`, clear: { level: [] } });
  if (filter.source.length) {
    const text = names(filter.source, (id) => sources.find((source) => source.id === id)?.name);
    chips.push({ label: `source ${text}`, clear: { source: [] } });
  }
  if (filter.file.length) {
    const text = names(filter.file, (id) => files.find((file) => file.id === id)?.path);
    chips.push({ label: `file ${text}`, clear: { file: [] } });
  }
  if (filter.template) {
    const text = templates?.items.find(({ id }) => id === filter.template)?.text ?? filter.template;
    chips.push({ label: `template ${text}`, clear: { template: null } });
  }
  if (filter.text) chips.push({ label: `text “${filter.text}”`, clear: { text: "" } });
  if (state.find) chips.push({ label: `find “${state.find}”`, clear: null });
  if (filter.from || filter.to) {
    const clock = (text: string | null) => (text ? formatClock(parseMicros(text), zone, "s") : "…");
    chips.push({ label: `time ${clock(filter.from)}–${clock(filter.to)}`, clear: { from: null, to: null } });
  }
  return chips;
}

function FilterInput({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { state, set } = useCase();
  const [text, setText] = useState(state.filter.text);
  useEffect(() => setText(state.filter.text || state.find), [state.filter.text, state.find]);
  const onKey = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.currentTarget.blur();
    if (!event.shiftKey) {
      set({ filter: { text }, find: "" });
      return;
    }
    set({ filter: { text: "" }, find: text });
    // The command reads the term of the address, which is there after the next render.
    setTimeout(() => runCommand("lines.hit.next"), 50);
  };
  return (
    <div className="filter-box">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        value={text}
        placeholder="Filter lines by text. Shift+Enter finds without hiding"
        aria-label="Filter the lines by text; Shift and Enter finds without hiding"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <Keys of="filter.focus" />
    </div>
  );
}
