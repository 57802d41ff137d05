import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findingsQuery } from "../api/queries.ts";
import type { Bundle, Finding } from "../api/types.ts";
import { useZone } from "../shell/zone.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { Clamp } from "../ui/Clamp.tsx";
import { ErrorState } from "../ui/states.tsx";
import { useGoToLine } from "./goTo.ts";
import { useCase } from "./useCase.ts";

/** The notes come after them and must stay in reach. */
const SHOWN_FIRST = 5;
const RANK = { high: 0, medium: 1, low: 2, info: 3 };

export function FindingList({ bundle }: { bundle: Bundle }) {
  const found = useQuery(findingsQuery(bundle.id));
  const findings = [...(found.data ?? [])].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  const [all, setAll] = useState(false);
  const shown = all ? findings : findings.slice(0, SHOWN_FIRST);
  return (
    <section className="side-section" aria-labelledby="findings-title">
      <header>
        <h2 className="column-title" id="findings-title">
          Findings <span className="count">{findings.length || ""}</span>
        </h2>
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ul className="finding-list">
        {shown.map((finding) => (
          <FindingItem key={finding.id} finding={finding} bundle={bundle} />
        ))}
      </ul>
      {findings.length > SHOWN_FIRST && (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${findings.length - SHOWN_FIRST} more findings`}
        </button>
      )}
      {found.data && findings.length === 0 && (
        <p className="muted side-none">Nothing stands out by itself. Templates show what is frequent.</p>
      )}
    </section>
  );
}

/** A finding may be about a whole file, which has no line to name. */
const placeText = (path: string, line: number) => (line > 0 ? `${path}:${line}` : path);

function FindingItem({ finding, bundle }: { finding: Finding; bundle: Bundle }) {
  const { zone } = useZone();
  const go = useGoToLine();
  const { set } = useCase();
  return (
    <li className="finding" data-severity={finding.severity}>
      <p className="finding-head">
        <span className="finding-severity">{finding.severity}</span>
        {finding.at && (
          <span className="tabular muted">{formatClock(parseMicros(finding.at), zone, "s")}</span>
        )}
      </p>
      <p className="finding-title" title={finding.title}>
        {finding.title}
      </p>
      {finding.detail && <Clamp text={finding.detail} className="muted finding-detail" />}
      {finding.cites.length > 0 && (
        <p className="finding-cites">
          {finding.cites.slice(0, 4).map((place) => (
            <button
              key={`${place.file}:${place.line}`}
              type="button"
              className="link mono"
              title={placeText(place.path, place.line)}
              onClick={() =>
                place.line > 0 ? go(bundle.id, place.file, place.line) : set({ view: "files" })
              }
            >
              {placeText(place.path.split("/").at(-1)!, place.line)}
            </button>
          ))}
          {finding.cites.length > 4 && <span className="muted">+{finding.cites.length - 4}</span>}
        </p>
      )}
    </li>
  );
}
