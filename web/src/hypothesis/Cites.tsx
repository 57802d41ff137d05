import type { Cite } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { type CiteHint, useGoToCite } from "./goToCite.ts";

const SHOWN = 3;

/** The file without its folders, and the line. */
const nameOf = ({ path, line }: Cite) => `${path.split("/").at(-1)}:${line}`;

const keyOf = ({ bundle_id, file, line }: Cite) => `${bundle_id} ${file}:${line}`;

interface Props {
  cites: readonly Cite[];
  hint?: CiteHint;
}

/** Where a claim can be seen: every place leads to the line, the span or the point itself. */
export function Cites({ cites, hint }: Props) {
  const { bundle } = useCase();
  const go = useGoToCite();
  if (cites.length === 0) return null;
  // Spans of one line are one place.
  const places = [...new Map(cites.map((cite) => [keyOf(cite), cite])).values()];
  return (
    <span className="cites">
      {places.slice(0, SHOWN).map((cite, index, all) => (
        <button
          key={keyOf(cite)}
          type="button"
          className="link mono"
          title={`${cite.path}:${cite.line}`}
          aria-label={nameOf(cite)}
          onClick={() => void go(cite, hint)}
        >
          {cite.bundle_id !== bundle?.id && <span className="muted">good: </span>}
          {all[index - 1]?.path === cite.path ? `:${cite.line}` : nameOf(cite)}
        </button>
      ))}
      {places.length > SHOWN && <span className="muted">+{places.length - SHOWN}</span>}
    </span>
  );
}
