import Bookmark from "lucide-react/icons/bookmark";
import X from "lucide-react/icons/x";
import type { RefObject } from "react";
import type { Bundle } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { runCommand } from "../keys/registry.ts";
import { formatCount } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import type { LinePages } from "./linePages.ts";
import { QueryInput } from "./QueryInput.tsx";
import { isQueryError, QueryMistake } from "./QueryMistake.tsx";
import { conditionsOf, without } from "./query.ts";
import { SavedQueries } from "./SavedQueries.tsx";
import { saveQuery } from "./savedQueries.ts";

interface Props {
  bundle: Bundle;
  pages: LinePages;
  input: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ bundle, pages, input }: Props) {
  const { state, set } = useCase();
  const { query } = state.filter;
  return (
    <div className="filter-bar">
      <div className="bar" role="toolbar" aria-label="Filter the lines">
        <QueryInput bundle={bundle} input={input} />
        <SavedQueries />
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
      {isQueryError(pages.error) && (
        <QueryMistake
          query={query}
          error={pages.error}
          onTake={(taken) => set({ filter: { query: taken } })}
        />
      )}
      <Chips />
    </div>
  );
}

/** What narrows the rows, one chip for a condition; each takes itself out. */
function Chips() {
  const { state, set } = useCase();
  const { query } = state.filter;
  const all = conditionsOf(query);
  const alternatives = all.some(({ text }) => text === "OR");
  const conditions = alternatives ? [] : all.filter(({ text }) => text !== "AND");
  if (query.trim() === "" && !state.find) return null;
  return (
    <div className="chip-row">
      {conditions.map(({ text, start }) => (
        <Chip
          key={start}
          label={text}
          onRemove={() => set({ filter: { query: without(query, (one) => one.start === start) } })}
        />
      ))}
      {state.find && <Chip label={`find “${state.find}”`} onRemove={() => set({ find: "" })} />}
      {query.trim() !== "" && (
        <button type="button" className="link" onClick={() => saveQuery(query)}>
          <Bookmark size={12} aria-hidden /> Save
        </button>
      )}
      <button type="button" className="link" onClick={() => runCommand("lines.clear")}>
        Clear all
      </button>
    </div>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" className="chip" aria-label={`Remove: ${label}`} onClick={onRemove}>
      <span className="cut">{label}</span>
      <X size={12} aria-hidden />
    </button>
  );
}
